"""Promise: MaskView follows keyboard and mouse in both engines, and each row shares out again."""

import pytest
from lab import changes, drag, expect, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "import torch\nfrom course_utils.model.masks import masked_attention\nfrom course_utils.widgets import MaskView",
    f"Q, K = torch.randn(2, 4, 8, generator=torch.manual_seed(0))\ntokens = ['the', 'cat', {EVIL!r}, 'sat']",
    "browser = MaskView(Q, K, tokens=tokens)\nbrowser",
    "kernel = MaskView(Q, K, tokens=tokens, compute=masked_attention)\nkernel",
)
NAMES = ["browser", "kernel"]


@pytest.fixture(params=NAMES)
def view(lesson, request):
    """The widget, with nothing forbidden."""
    lesson.python(f"{request.param}.set_trait('forbidden', [])")
    widget = lesson.widget("mask-view", NAMES.index(request.param))
    widget.python = lambda attribute: lesson.python(f"{request.param}.{attribute}")
    expect(widget.locator(".mask-yours")).to_have_count(0)
    return widget


def cell(view, row, column):
    return view.locator("tbody tr").nth(row).locator("[role=gridcell]").nth(column)


def test_click_forbids_and_allows_again(view):
    row = [float(cell(view, 2, column).inner_text()) for column in range(4)]
    best, second = sorted(range(4), key=row.__getitem__)[:1:-1]
    with changes(view):
        cell(view, 2, best).click()
    soon(lambda: view.python("forbidden") == f"[[2, {best}]]")
    expect(cell(view, 2, best)).to_have_text("0")
    soon(lambda: float(cell(view, 2, second).inner_text()) > row[second])
    expect(view.locator("tbody .mask-sum")).to_have_text(["1.00"] * 4)
    cell(view, 2, best).click()
    soon(lambda: view.python("forbidden") == "[]")


def test_row_that_sees_nothing_is_nan(view):
    for column in range(4):
        cell(view, 1, column).click()
    expect(view.locator("tbody tr").nth(1).locator(".mask-nan")).to_have_count(4)
    expect(view.locator(".course-status")).to_contain_text("may look at nobody")
    view.get_by_role("button").click()
    expect(view.locator(".mask-nan")).to_have_count(0)


def test_keys_move_forbid_and_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    press(cell(view, 0, 0), "ArrowDown", "ArrowRight", "b", "Space")
    expect(cell(view, 1, 1)).to_be_focused()
    soon(lambda: view.python("forbidden") == "[[1, 1]]")
    expect(view.locator(".course-status")).to_contain_text("you have forbidden it")
    assert lesson.panel.locator(".jp-Cell").count() == cells, "b inserts a cell in JupyterLab, not from inside a widget"


def test_causal_and_length(view):
    box = view.get_by_role("checkbox")
    with changes(view):
        box.check()
    soon(lambda: view.python("facts()['allowed']") == "10")
    cell(view, 0, 3).click()
    expect(view.locator(".course-status")).to_contain_text("comes later")
    assert view.python("forbidden") == "[]", "what the causal mask forbids cannot be clicked"
    box.uncheck()
    with changes(view):
        drag(view.get_by_role("slider"), (0.98, 0.5), (0.4, 0.5))
    soon(lambda: view.python("length") == "2")
    expect(view.locator("thead .mask-padding")).to_have_count(2)
    with changes(view):
        press(view.get_by_role("slider"), "ArrowRight", times=2)
    soon(lambda: view.python("length") == "4")


def test_python_moves_the_picture(view):
    with changes(view):
        view.python("set_trait('causal', True)")
    expect(view.get_by_role("checkbox")).to_be_checked()
    with changes(view):
        view.python("set_trait('causal', False)")


def test_token_is_text(lesson, lab):
    view = lesson.widget("mask-view")
    cell(view, 2, 2).hover()
    expect(view.locator(".course-status")).to_contain_text(EVIL)
    assert view.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None
