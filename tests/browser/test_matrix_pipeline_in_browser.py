"""Promise: in MatrixPipeline every number can be touched, and every later matrix follows."""

import pytest
from lab import changes, drag, expect, picture, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "from course_utils.model.attention import attention\nfrom course_utils.widgets import MatrixPipeline",
    "X = [[1, 0], [0, 1], [1, 1]]\nW_Q = [[1, 0, 2], [0, 1, 0]]\nW_K = [[0, 1, 1], [1, 0, 0]]\nW_V = [[1, 2, 3, 4], [4, 3, 2, 1]]",
    f"browser = MatrixPipeline(X, W_Q, W_K, W_V, tokens=['cat', {EVIL!r}, 'sat'])\nbrowser",
    f"kernel = MatrixPipeline(X, W_Q, W_K, W_V, tokens=['cat', {EVIL!r}, 'sat'], compute=attention)\nkernel",
)
NAMES = ["browser", "kernel"]


@pytest.fixture(scope="module")
def lesson(lab):
    lesson = lab.open_cells("matrix-pipeline", *CELLS)
    yield lesson
    assert lesson.errors() == [] and lab.problems == []
    lesson.close()


@pytest.fixture(params=NAMES)
def view(lesson, request):
    widget = lesson.widget("pipeline", NAMES.index(request.param))
    widget.get_by_role("button", name="reset").click()
    widget.python = lambda expression: lesson.python(f"{request.param}.{expression}")
    return widget


def number(view, name="X, row cat, column 0"):
    return view.get_by_role("textbox", name=name)


def result(view, matrix, i=0):
    """The i-th number of a matrix that is computed."""
    return view.locator(f".of-{matrix} button").nth(i)


@pytest.mark.parametrize("matrix", ["Q", "K", "V", "scores", "scaled", "weights", "out"])
def test_typing_a_number_moves_every_later_matrix(view, matrix):
    with changes(view.locator(f".of-{matrix}"), lambda grid: grid.inner_text()):
        number(view).fill("0.5")
    soon(lambda: result(view, matrix).inner_text() == f"{float(view.python(f'{matrix}.item(0)')):.2f}")


def test_dragging_and_arrow_keys_move_a_number(view):
    with changes(view):
        drag(number(view), (0.5, 0.5), (0.5, -3))
    soon(lambda: float(view.python("X.item(0)")) > 1)
    with changes(view):
        press(number(view), "ArrowDown", times=3)


def test_what_is_no_number_is_told_and_changes_nothing(view):
    number(view).fill("two")
    expect(view.locator(".course-problem")).to_contain_text("“two” is not a number")
    press(number(view), "Tab")
    expect(number(view)).to_have_value("1.00")
    assert view.python("X.item(0)") == "1.0"


def test_a_result_shows_the_sum_that_made_it(view):
    result(view, "scores", 1).click()
    expect(view.locator(".course-status").first).to_contain_text("scores[0, 1]")
    soon(lambda: view.python("selected") == "('scores', 0, 1)")


def test_masked_and_unscaled(lesson):
    view = lesson.widget("pipeline")
    for label in ("causal mask", "÷"):
        with changes(view):
            view.get_by_label(label).click()
    expect(result(view, "weights", 1)).to_have_text("0.00")


def test_token_is_text(view, lab):
    assert EVIL in view.inner_text()
    assert view.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None


def test_dark_theme(lesson, lab):
    before = picture(lesson.widget("pipeline"))
    with changes(lesson.widget("pipeline")):
        lab.theme("Dark")
    lesson.screenshot("dark")
    with changes(lesson.widget("pipeline")):
        lab.theme("Light")
    lesson.screenshot("light")
    assert picture(lesson.widget("pipeline")) == before
