"""Promise: every number of MatrixPipeline can be typed, dragged and stepped; nothing typed can spoil it."""

import pytest
from lab import changes, click, expect, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "import torch\nfrom course_utils.model.attention import attention\nfrom course_utils.widgets import MatrixPipeline",
    "M = [torch.randn(4, 4, generator=torch.manual_seed(i)).round(decimals=1)[:, :4 - (i > 0)] for i in range(4)]",
    f"browser = MatrixPipeline(*M, tokens=['the', {EVIL!r}, 'sat', 'down'])\nbrowser",
    "kernel = MatrixPipeline(*M, tokens='the cat sat down', compute=attention)\nkernel",
)
NAMES = ["browser", "kernel"]


@pytest.fixture(params=NAMES)
def pipe(lesson, request):
    widget = lesson.widget("pipeline", NAMES.index(request.param))
    widget.python = lambda expression: lesson.python(f"{request.param}.{expression}")
    click(widget.get_by_role("button", name="reset"))
    soon(lambda: widget.python("inputs == " + f"{request.param}.first['inputs']") == "True")
    return widget


def cell(pipe, name, row=0, column=0):
    return pipe.locator(f".of-{name} [role=row]").nth(row + 1).locator("[role=gridcell] > *").nth(column)


def numbers(pipe, name):
    return pipe.locator(f".of-{name} .matrix-result").all_inner_texts()


def type_into(place, text):
    place.click()
    place.fill(text)
    place.page.keyboard.press("Enter")


def test_typing_changes_every_later_matrix(pipe):
    before = {name: numbers(pipe, name) for name in ("Q", "K", "V", "scores", "scaled", "weights", "out")}
    type_into(cell(pipe, "X"), "2,5")
    expect(cell(pipe, "X")).to_have_value("2.50")
    for name, old in before.items():
        soon(lambda name=name, old=old: numbers(pipe, name) != old)
    soon(lambda: pipe.python("X[0, 0]") == "np.float64(2.5)")
    shown = numbers(pipe, "out")[0].replace("−", "-").removesuffix("0")
    soon(lambda: pipe.python("out[0, 0].round(2).item()") == shown)


def test_dragging_up_makes_it_larger(pipe):
    place = cell(pipe, "W_V", 1, 1)
    old = float(pipe.python("W_V[1, 1].item()"))
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    mouse = place.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 10)
    with changes(pipe.locator(".of-out"), lambda out: out.inner_text()):
        mouse.down()
        mouse.move(box["x"] + 20, box["y"] - 40, steps=8)
        mouse.up()
    soon(lambda: abs(float(pipe.python("W_V[1, 1].item()")) - old - 1) < 0.02)


def test_arrow_keys_step_and_enter_goes_down(pipe):
    old = float(pipe.python("X[0, 1].item()"))
    press(cell(pipe, "X", 0, 1), "ArrowUp", "ArrowUp", "ArrowDown", "Shift+ArrowUp", "Enter")
    soon(lambda: abs(float(pipe.python("X[0, 1].item()")) - old - 1.1) < 1e-6)
    expect(cell(pipe, "X", 1, 1)).to_be_focused()


@pytest.mark.parametrize("text", ["", "abc", "NaN", "-", "1e9", "2x", EVIL])
def test_what_is_no_number_is_told_and_the_old_one_stays(pipe, text):
    place = cell(pipe, "X")
    old, before = place.input_value(), pipe.python("inputs")
    type_into(place, text)
    expect(pipe.locator(".course-problem")).to_contain_text(f"the cell keeps {old}")
    expect(place).to_have_value(old)
    assert pipe.python("inputs") == before
    type_into(place, "1")
    expect(pipe.locator(".course-problem")).to_have_count(0)


def test_a_result_shows_the_sum_that_made_it(pipe):
    click(cell(pipe, "scores", 2, 0))
    said = pipe.locator(".course-status").first
    expect(said).to_contain_text("scores[2, 0] = q(sat)·k(the) = ")
    assert pipe.locator(".of-Q .source-a, .of-K .source-b, .of-scores .selected").count() == 3
    press(cell(pipe, "weights", 1, 0), "Enter")
    expect(said).to_contain_text("weights[1, 0] = e")
    press(cell(pipe, "weights", 1, 0), "ArrowRight")
    expect(said).to_contain_text("weights[1, 1] = e")


def test_keys_stay_in_the_widget(pipe, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    press(cell(pipe, "out"), "b", "d", "d")
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_causal_mask_and_scale(lesson):
    pipe = lesson.widget("pipeline")
    expect(pipe.locator(".of-masked")).to_be_hidden()
    pipe.get_by_role("checkbox").nth(1).check()
    expect(pipe.locator(".of-masked")).to_be_visible()
    expect(cell(pipe, "weights")).to_have_text("1.00")
    with changes(pipe.locator(".of-weights"), lambda weights: weights.inner_text()):
        pipe.get_by_role("checkbox").first.uncheck()
    soon(lambda: lesson.python("browser.causal, browser.scale") == "(True, False)")
    click(pipe.get_by_role("button", name="reset"))
    expect(pipe.locator(".of-masked")).to_be_hidden()


def test_python_moves_the_picture(lesson):
    pipe = lesson.widget("pipeline", 1)
    with changes(pipe):
        lesson.python("kernel.set_trait('scale', False)")
    remark = "The weights of attention differ from softmax(scaled)"
    expect(pipe.locator(".course-notice")).to_contain_text(remark)
    lesson.python("kernel.set_trait('scale', True)")


def test_token_is_text_and_fits_the_page(lesson, lab):
    pipe = lesson.widget("pipeline")
    expect(pipe).to_contain_text(EVIL)
    assert pipe.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None
    assert pipe.evaluate("e => [...e.children].every(part => part.scrollWidth <= part.clientWidth)")
