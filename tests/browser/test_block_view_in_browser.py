"""Promise: BlockView's parts are switches for mouse and keyboard, and the reader's own functions run at each change."""

import pytest
from lab import changes, expect, hover, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "import torch\n"
    "from course_utils.model.attention import attention\n"
    "from course_utils.model.feed_forward import feed_forward\n"
    "from course_utils.model.layer_norm import layer_norm\n"
    "from course_utils.widgets import BlockView",
    "torch.manual_seed(0)\nX, W_1, W_2 = torch.randn(4, 16), torch.randn(16, 64) / 4, torch.randn(64, 16) / 8\n"
    "ones, zeros, wide = torch.ones(16), torch.zeros(16), torch.zeros(64)\n"
    f"view = BlockView(\n    lambda X: attention(X, X, X)[0],\n    lambda X: feed_forward(X, W_1, wide, W_2, zeros),\n"
    f"    lambda X: layer_norm(X, ones, zeros),\n    X,\n    tokens=['the', 'cat', {EVIL!r}, 'sat'],\n)\nview",
)


FIRST = [("order", "pre-LN"), ("off", []), ("blocks", 1), ("position", 0)]


@pytest.fixture
def view(lesson):
    lesson.python(f"[view.set_trait(*pair) for pair in {FIRST}]")
    widget = lesson.widget("block-view")
    expect(switch(widget, "attention")).to_have_attribute("aria-pressed", "true")
    expect(widget.get_by_text("One block.")).to_be_visible()
    return widget


def switch(view, name):
    return view.get_by_role("button", name=name, exact=True)


def test_a_part_is_switched_off_by_mouse(view, lesson):
    with changes(view):
        switch(view, "attention").click()
    expect(switch(view, "attention")).to_have_attribute("aria-pressed", "false")
    soon(lambda: lesson.python("bool(view.stations['attention'].any())") == "False")


def test_a_part_is_switched_off_and_on_by_keyboard(view, lesson):
    with changes(view):
        press(switch(view, "first +"), "Enter")
    expect(view.locator(".course-status")).to_contain_text("(off): the residual")
    soon(lambda: lesson.python("view.off") == "['add_1']")
    with changes(view):
        press(switch(view, "everything on"), "Enter")
    soon(lambda: lesson.python("view.off") == "[]")


def test_norms_move_onto_the_stream_in_post_ln(view, lesson):
    norm, plus = switch(view, "first layer norm"), switch(view, "first +")
    middle = "made => made.getBoundingClientRect().x + made.getBoundingClientRect().width / 2"
    assert norm.evaluate(middle) > plus.evaluate(middle) + 50
    with changes(view):
        press(switch(view, "post-LN"), "Enter")
    soon(lambda: abs(norm.evaluate(middle) - plus.evaluate(middle)) < 1)
    soon(lambda: lesson.python("view.result['order']") == "'post-LN'")


def test_many_blocks_and_another_word(view, lesson):
    with changes(view):
        press(view.get_by_role("slider"), "End")
    expect(view.get_by_text("The last of 24 equal blocks")).to_be_visible()
    with changes(view):
        switch(view, "sat").click()
    soon(lambda: lesson.python("view.position, view.blocks") == "(3, 24)")


def test_python_moves_the_picture(view, lesson):
    with changes(view):
        lesson.python("view.set_trait('off', ['norm_1', 'norm_2'])")
    expect(switch(view, "second layer norm")).to_have_attribute("aria-pressed", "false")


def test_numbers_are_told_and_keys_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    strips, status = view.get_by_role("application"), view.locator(".course-status")
    hover(strips, 0.5, 0.5)
    expect(status).to_contain_text("“the” after")
    strips.focus()
    lesson.page.mouse.move(0, 0)
    press(strips, "End", "ArrowUp", "ArrowUp", "b", "d", "d")
    expect(status).to_contain_text("“the” after attention, number 15:")
    press(strips, "Escape")
    expect(status).to_contain_text("Click a part")
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_a_word_is_shown_as_text(view, lesson):
    with changes(view):
        switch(view, EVIL).click()
    assert view.locator("img").count() == 0 and lesson.page.evaluate("window.hurt") is None
