"""Promise: QueryPlane's keys move where they may, values may be numbers, and a function that fails is told."""

import pytest
from lab import at, changes, expect, press, soon

CELLS = (
    "from course_utils.model.attention import soft_lookup\nfrom course_utils.widgets import QueryPlane",
    "K = [[1.6, 0.4], [1.3, 0.9], [-0.6, 1.5], [-1.2, -0.4]]",
    "view = QueryPlane(K, 'cat dog river bank', [4, 4.5, 9, 1], movable_keys=True, compute=soft_lookup)\nview",
)


@pytest.fixture
def view(lesson):
    widget = lesson.widget("query-plane")
    widget.get_by_role("button", name="reset").click()
    soon(lambda: lesson.python("view.q_vector == [1, 0.5] and view.key_vectors == K") == "True")
    shows_blend_of(lesson, widget)  # Python's answer to the reset comes to the picture a moment after it is known
    return widget


def shows_blend_of(lesson, view):
    expect(view.locator(".plane-blend-text")).to_have_text(lesson.python("f'{view.blend:.2f}'").strip("'"))


def handle(view, name):
    return view.locator(f"[role=application][aria-label^='{name}']")


def pull(place, right, down):
    """Drag from the middle of a place by so many pixels."""
    mouse, (x, y) = place.page.mouse, at(place)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=8)
    mouse.up()


def test_a_key_moves_by_keyboard_and_by_mouse(view, lesson):
    with changes(view):
        press(handle(view, "key bank"), "Shift+ArrowRight")
    soon(lambda: lesson.python("view.key_vectors[3]") == "[-0.7, -0.4]")
    with changes(view):
        pull(handle(view, "key bank"), 0, 40)
    soon(lambda: lesson.python("view.key_vectors[3][1] < -0.7 and view.q_vector == [1, 0.5]") == "True")


def test_the_query_stays_in_the_plane(view, lesson):
    pull(handle(view, "query"), 0, -900)
    expect(view.locator(".course-status")).to_contain_text("2.00).")
    expect(handle(view, "query")).to_be_visible()


def test_the_blend_lies_on_the_number_line(view, lesson):
    shows_blend_of(lesson, view)
    lesson.python("setattr(view, '_compute', lambda q, K, V: V[2])")
    press(handle(view, "query"), "ArrowUp")
    expect(view.locator(".plane-blend-text")).to_have_text("9.00")
    expect(view.locator(".course-notice")).to_contain_text("differs from softmax(K q) V")
    lesson.python("setattr(view, '_compute', soft_lookup)")


def test_a_function_that_fails_is_told_and_the_last_blend_stays(view, lesson):
    blend = view.locator(".plane-blend-text").text_content()
    lesson.python("setattr(view, '_compute', lambda q, K, V: 1 / 0)")
    press(handle(view, "query"), "ArrowUp")
    expect(view.locator(".course-problem")).to_contain_text("raised ZeroDivisionError: division by zero")
    expect(view.locator(".plane-blend-text")).to_have_text(blend)
    lesson.python("setattr(view, '_compute', soft_lookup)")
    press(handle(view, "query"), "ArrowUp")
    expect(view.locator(".course-problem")).to_have_count(0)


def test_keys_of_the_keyboard_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    press(handle(view, "query"), "b", "d", "d")
    assert lesson.panel.locator(".jp-Cell").count() == cells
