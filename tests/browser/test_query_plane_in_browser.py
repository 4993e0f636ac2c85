"""Promise: the arrows of QueryPlane follow mouse and keyboard, and weights and blend follow the arrows."""

import pytest
from lab import at, changes, click, expect, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "from course_utils.model.attention import soft_lookup\nfrom course_utils.widgets import QueryPlane",
    "K = [[1.6, 0.4], [1.3, 0.9], [-0.6, 1.5], [-1.2, -0.4]]",
    f"points = QueryPlane(K, ['cat', 'dog', {EVIL!r}, 'bank'])\npoints",
    "numbers = QueryPlane(K, 'cat dog river bank', [4, 4.5, 9, 1], movable_keys=True, compute=soft_lookup)\nnumbers",
)
NAMES = ["points", "numbers"]


@pytest.fixture(scope="module")
def lesson(lab):
    lesson = lab.open_cells("query-plane", *CELLS)
    yield lesson
    assert lesson.errors() == [] and lab.problems == []
    lesson.close()


@pytest.fixture(params=NAMES)
def plane(lesson, request):
    widget = lesson.widget("query-plane", NAMES.index(request.param))
    widget.python = lambda attribute: lesson.python(f"{request.param}.{attribute}")
    click(widget.get_by_role("button", name="reset"))
    soon(lambda: widget.python("query") == "[1.0, 0.5]")
    return widget


def pull(place, right, down):
    """Drag from the middle of a place by so many pixels."""
    mouse, (x, y) = place.page.mouse, at(place)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=8)
    mouse.up()


def handle(plane, name):
    return plane.locator(f"circle[aria-label^='{name}']")


def test_dragging_the_query(plane):
    said = plane.get_by_role("status").inner_text()
    with changes(plane):
        pull(handle(plane, "query"), -60, -30)
    expect(plane.get_by_role("status")).not_to_have_text(said)
    soon(lambda: plane.python("q[0] < 0.6") == plane.python("q[1] > 0.7") == "np.True_")


def test_arrow_keys_move_the_query(plane):
    press(handle(plane, "query"), "ArrowRight", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowDown")
    soon(lambda: plane.python("query") == "[1.05, 1.45]")
    expect(plane.get_by_role("status")).to_contain_text("q = (1.05, 1.45).")


def test_numbers_on_the_page_are_those_of_python(plane):
    press(handle(plane, "query"), "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft")
    soon(lambda: plane.python("query") == "[-0.5, 0.5]")
    shown = [row.locator("td").nth(1).inner_text() for row in plane.locator("tbody tr").all()]
    assert plane.python("weights.round(2).tolist()") == str([float(weight) for weight in shown])


def test_the_query_stays_in_the_plane(plane):
    pull(handle(plane, "query"), 0, -900)
    expect(plane.get_by_role("status")).to_contain_text("2.00).")
    expect(handle(plane, "query")).to_be_visible()


def test_temperature_by_keyboard(plane):
    with changes(plane.locator("table")):
        press(plane.get_by_role("slider"), "ArrowLeft", times=30)
    soon(lambda: plane.python("temperature") == "0.501")


def test_a_word_shows_its_sum(plane):
    click(plane.get_by_role("button", name="bank"))
    expect(plane.locator(".plane-sums")).to_contain_text("score = q·k(bank) = 1.00·(−1.20) + 0.50·(−0.40) = −1.40")


def test_keys_move_where_allowed(lesson):
    plane = lesson.widget("query-plane", 1)
    with changes(plane):
        press(handle(plane, "key bank"), "Shift+ArrowRight")
    soon(lambda: lesson.python("numbers.key_vectors[3]") == "[-0.7, -0.4]")
    with changes(plane):
        pull(handle(plane, "key bank"), 0, 40)
    soon(lambda: lesson.python("numbers.key_vectors[3][1] < -0.7") == "True")
    assert lesson.widget("query-plane").locator("circle.of-key").count() == 0


def test_blend_comes_from_the_own_function(lesson):
    plane = lesson.widget("query-plane", 1)
    lesson.python("setattr(numbers, '_compute', lambda q, K, V: V[2])")
    with changes(plane, lambda widget: widget.locator(".plane-blend-text").text_content()):
        press(handle(plane, "query"), "ArrowUp")
    expect(plane.locator(".plane-blend-text")).to_have_text("9.00")
    lesson.python("setattr(numbers, '_compute', lambda q, K, V: 1 / 0)")
    press(handle(plane, "query"), "ArrowUp")
    expect(plane.locator(".course-problem")).to_contain_text("raised ZeroDivisionError")
    lesson.python("setattr(numbers, '_compute', soft_lookup)")
    press(handle(plane, "query"), "ArrowUp")
    expect(plane.locator(".course-problem")).to_have_count(0)


def test_keys_of_the_keyboard_stay_in_the_widget(plane, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    press(handle(plane, "query"), "b", "d", "d")
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_token_is_text(lesson, lab):
    plane = lesson.widget("query-plane")
    expect(plane.locator("table")).to_contain_text(EVIL)
    assert plane.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None


def test_dark_theme(lesson, lab):
    with changes(lesson.widget("query-plane")):
        lab.theme("Dark")
    lesson.screenshot("dark")
    with changes(lesson.widget("query-plane")):
        lab.theme("Light")
    lesson.screenshot("light")
