"""Promise: HeadsView cuts anew at a click or a key, and tells what each head does."""

import pytest
from lab import changes, click, expect, hover, press, soon

CELLS = (
    "from course_utils.data.who_holds_what import two_wishes\n"
    "from course_utils.model.multi_head import multi_head_attention\n"
    "from course_utils.widgets import HeadsView",
    "tokens, X, *Ws = two_wishes()\ntokens[7] = '<img src=x onerror=window.hurt=1>'\n"
    "view = HeadsView(multi_head_attention, X, *Ws, tokens=tokens, n_heads=2, query=2)\nview",
)


@pytest.fixture
def view(lesson):
    widget = lesson.widget("heads-view")
    cut(widget, 2).click()
    soon(lambda: lesson.python("view.result['n_heads']") == "2")
    return widget


def cut(view, n_heads):
    return view.get_by_role("button", name="1 head" if n_heads == 1 else f"{n_heads} heads", exact=True)


def test_a_button_cuts_anew_by_mouse(view, lesson):
    with changes(view):
        cut(view, 8).click()
    expect(cut(view, 8)).to_have_attribute("aria-pressed", "true")
    expect(view.get_by_text("8 heads, 2 numbers each")).to_be_visible()
    soon(lambda: lesson.python("view.weights.shape") == "(8, 9, 9)")


def test_a_button_cuts_anew_by_keyboard(view, lesson):
    with changes(view):
        press(cut(view, 1), "Enter")
    soon(lambda: lesson.python("view.weights.shape") == "(1, 9, 9)")


def test_python_moves_the_picture(view, lesson):
    with changes(view):
        lesson.python("view.set_trait('n_heads', 16)")
    expect(cut(view, 16)).to_have_attribute("aria-pressed", "true")


def test_pointing_and_keys_tell_a_weight_and_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    maps, status = view.get_by_role("application"), view.locator(".course-status")
    hover(maps, 0.16, 0.5)
    expect(status).to_contain_text("weight 0.")
    maps.focus()
    lesson.page.mouse.move(0, 0)
    press(maps, "PageDown", "b", "d", "d", "End")
    expect(status).to_contain_text("head 1: “sat” looks at “river”: weight 0.00")
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_a_click_or_a_key_chooses_the_word(view, lesson):
    maps = view.get_by_role("application")
    with changes(view):
        click(maps, 0.16, 0.62)
    soon(lambda: lesson.python("view.query") == "5")
    with changes(view):
        press(maps, "ArrowUp", "Enter")
    soon(lambda: lesson.python("view.query") == "4")
    with changes(view):
        press(view.get_by_role("slider"), "ArrowRight")
    soon(lambda: lesson.python("view.query") == "5")


def test_a_word_is_shown_as_text(view, lesson):
    with changes(view):
        press(view.get_by_role("slider"), "End", "ArrowLeft")
    expect(view.get_by_text("<img src=x").first).to_be_visible()
    assert lesson.page.evaluate("window.hurt") is None
