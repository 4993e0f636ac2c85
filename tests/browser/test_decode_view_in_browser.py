"""Promise: DecodeView is walked through with mouse and keyboard, and the reader's function writes what is typed."""

import re

import pytest
from lab import changes, click, expect, hover, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "import torch\n"
    "from course_utils.data.alphabet import END, LETTERS, PHONES, START\n"
    "from course_utils.model.decoding import watch\n"
    "from course_utils.model.transformer import Transformer\n"
    "from course_utils.widgets import DecodeView",
    "torch.manual_seed(12)\nmodel = Transformer(len(LETTERS), len(PHONES), 32, 4, 64, 3).eval()\n"
    "for parameter in model.decoder.parameters():\n    parameter.data *= 2  # so that it writes more than one symbol\n"
    "def write(text, width):\n"
    "    return watch(model, torch.tensor(LETTERS.encode(text)), START, END, 7, width)\n"
    "view = DecodeView(write, 'knight', LETTERS.symbols, PHONES.symbols, widths=(1, 3))\nview",
    "def evil(text, width):\n"
    "    return write('ab', 1)\n"
    f"other = DecodeView(evil, {EVIL[:24]!r}, ['', '', 'end', {EVIL!r}, {EVIL!r}], [{EVIL!r}] * len(PHONES))\nother",
)
FIRST = [("text", "a"), ("width", 1), ("text", "knight"), ("layer", 0), ("head", 0)]  # a new text begins at step 1


@pytest.fixture
def view(lesson):
    lesson.python(f"[view.set_trait(*pair) for pair in {FIRST}]")
    widget = lesson.widget("decode-view")
    expect(widget.get_by_role("textbox")).to_have_value("knight")
    expect(status(widget)).to_contain_text("Step 1 of 7:")
    expect(status(widget)).to_contain_text("Layer 0, head 0")
    return widget


def status(view):
    return view.locator(".course-status")


def headline(view):
    return view.locator(".decode-headline")


def named(view, name):
    return view.get_by_role("button", name=name, exact=True)


def stage(view):
    return view.get_by_role("application")


def test_steps_forward_and_back_by_buttons(view, lesson):
    for name, step in [("next", 1), ("next", 2), ("back", 1), ("last", 6), ("next", 6), ("first", 0), ("back", 0)]:
        named(view, name).click()
        expect(status(view)).to_contain_text(f"Step {step + 1} of 7:")
        expect(view.locator(".decode-now")).to_have_count(2)
        expect(view.locator(".decode-past")).to_have_count(2 * step)
        soon(lambda step=step: lesson.python("view.step") == str(step))


def test_steps_and_heads_by_keys(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    with changes(view):
        press(stage(view), "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", times=5)
    soon(lambda: lesson.python("view.step, view.layer, view.head") == "(5, 1, 1)")
    expect(status(view)).to_contain_text("Layer 1, head 1 looks most at")
    press(stage(view), "ArrowUp", "ArrowUp", "Home", "b", "d", "d")
    soon(lambda: lesson.python("view.step, view.layer, view.head") == "(0, 0, 3)")
    press(stage(view), "End")
    expect(status(view)).to_contain_text("Step 7 of 7:")
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_heads_and_steps_by_click(view, lesson):
    heads, steps = view.locator("canvas").all()
    with changes(view):
        click(heads, 0.6, 0.99)
    soon(lambda: lesson.python("view.layer, view.head") == "(2, 3)")
    with changes(view):
        click(steps, 0.6, 0.97)
    soon(lambda: lesson.python("view.step") == "6")
    view.locator("td.decode-writes").nth(2).click()
    soon(lambda: lesson.python("view.step") == "2")


def test_a_weight_is_told_under_the_pointer(view, lesson):
    hover(view.locator("canvas").first, 0.5, 0.99)
    expect(status(view)).to_contain_text("Step 1, writing “")
    expect(status(view)).to_contain_text("layer 2, head 3 looks at “")
    lesson.page.mouse.move(0, 0)
    expect(status(view)).to_contain_text("Step 1 of 7:")


def test_what_is_typed_is_written(view, lesson):
    named(view, "last").click()
    field = view.get_by_role("textbox")
    press(field, "End", "s")
    expect(headline(view)).to_contain_text("“knights” →")
    expect(status(view)).to_contain_text("Step 1 of 7:")
    soon(lambda: lesson.python("view.source") == repr([*"knights", "<end>"]))
    press(field, "ControlOrMeta+a", "c", "a", "t")
    soon(lambda: lesson.python("view.result['text'], view.problem") == "('cat', '')")


BAD = {"": "type at least one letter", EVIL[:20]: "'<' is not one of", "e" * 25: "that is 25 characters"}


@pytest.mark.parametrize("typed, sentence", BAD.items())
def test_a_bad_input_is_told_and_the_picture_stays(view, lesson, typed, sentence):
    field = view.get_by_role("textbox")
    before = headline(view).inner_text()
    field.fill(typed)
    expect(view.locator(".course-problem")).to_contain_text(sentence)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert headline(view).inner_text() == before
    field.fill("night")
    expect(status(view)).to_contain_text("Step 1 of 7:")
    expect(field).to_have_attribute("aria-invalid", "false")


def test_greedy_and_beam_and_a_draft(view, lesson):
    drafts = view.get_by_role("group", name="drafts")
    expect(drafts).to_be_hidden()
    with changes(view):
        named(view, "beam of 3").click()
    expect(drafts.get_by_role("button")).to_have_count(3)
    expect(named(view, "beam of 3")).to_have_attribute("aria-pressed", "true")
    with changes(view):
        press(drafts.get_by_role("button").nth(2), "Enter")
    expect(drafts.get_by_role("button").nth(2)).to_have_attribute("aria-pressed", "true")
    expect(drafts.get_by_role("button").nth(2)).to_be_focused()
    soon(lambda: lesson.python("view.draft") == "2")
    expect(headline(view)).to_contain_text(lesson.python("' '.join(view.written)").strip("'"))
    with changes(view):
        named(view, "greedy").click()
    expect(drafts).to_be_hidden()
    soon(lambda: lesson.python("view.draft, len(view.result['drafts'])") == "(0, 1)")


def test_keyboard_alone(view, lesson):
    def go(*keys):
        for key in keys:
            lesson.page.keyboard.press(key)

    press(view.get_by_role("textbox"), "ControlOrMeta+a", "s", "e", "a", "Tab", "Tab", "Enter")
    expect(headline(view)).to_contain_text(re.compile("^“sea” → .* beam of 3"))
    go(*["Tab"] * 4, "Space")
    expect(status(view)).to_contain_text("Step 7 of 7:")
    go("Tab", "Tab", "Enter")
    soon(lambda: lesson.python("view.draft") == "1")
    go("Tab", "Tab", "Home", "ArrowRight", "ArrowDown")
    soon(lambda: lesson.python("view.step, view.layer, view.head") == "(1, 0, 1)")


def test_python_moves_the_picture(view, lesson):
    with changes(view):
        lesson.python("[view.set_trait('step', 3), view.set_trait('layer', 2)]")
    expect(status(view)).to_contain_text("Step 4 of 7:")
    lesson.python("view.set_trait('text', 'river')")
    expect(view.get_by_role("textbox")).to_have_value("river")
    expect(headline(view)).to_contain_text("“river” →")


def test_the_present_step_stays_in_sight_in_a_narrow_window(view, lesson):
    scroller = view.locator(".course-scroller").first
    scroller.evaluate("place => place.style.width = '200px'")
    named(view, "last").click()
    soon(lambda: scroller.evaluate("place => place.scrollLeft") > 0)
    now, place = view.locator("td.decode-now").first.bounding_box(), scroller.bounding_box()
    assert place["x"] <= now["x"] and now["x"] + now["width"] <= place["x"] + place["width"] + 1
    scroller.evaluate("place => place.style.width = ''")


def test_text_is_never_html(view, lesson):
    other = lesson.widget("decode-view", 1)
    expect(headline(other)).to_contain_text(f"“{EVIL[:24]}” → {EVIL}")
    expect(other.get_by_role("textbox")).to_have_value(EVIL[:24])
    expect(status(other)).to_contain_text("looks most at “")
    assert lesson.panel.locator(".decode-view img").count() == 0 and lesson.page.evaluate("window.hurt") is None
