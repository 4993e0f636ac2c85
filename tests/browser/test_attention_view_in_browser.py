"""Promise: AttentionView follows keyboard and mouse in both engines, and shows a token as the text it is."""

import pytest
from lab import changes, click, drag, expect, hover, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "import torch\nfrom course_utils.model.attention import attention\nfrom course_utils.widgets import AttentionView",
    f"Q, K = torch.randn(2, 4, 8, generator=torch.manual_seed(0))\ntokens = ['the', 'cat', {EVIL!r}, 'sat']",
    "browser = AttentionView(Q, K, tokens=tokens)\nbrowser",
    "kernel = AttentionView(Q, K, torch.eye(4), tokens=tokens, compute=attention)\nkernel",
    "heads = AttentionView(Q.expand(8, 4, 8), K.expand(8, 4, 8))\nheads",
)
NAMES = ["browser", "kernel", "heads"]


@pytest.fixture(params=NAMES)
def view(lesson, request):
    widget = lesson.widget("attention-view", NAMES.index(request.param))
    widget.python = lambda attribute: lesson.python(f"{request.param}.{attribute}")
    return widget


def said(view):
    """The line that says what is pointed at."""
    return view.locator(".course-status")


def test_slider_by_keyboard(view):
    with changes(view):
        press(view.get_by_role("slider"), "ArrowRight", times=20)
    expect(view.locator(".course-value")).to_have_text("1.58")
    soon(lambda: view.python("temperature") == "1.585")


def test_slider_by_mouse(view):
    with changes(view):
        drag(view.get_by_role("slider"), (0.5, 0.5), (0.1, 0.5))
    soon(lambda: float(view.python("temperature")) < 0.3)


def test_pointing_says_what_is_there(view):
    with changes(view):
        hover(view.get_by_role("application"), 0.9, 0.9)
    status = said(view).inner_text()
    assert "looks at" in status and "weight 0." in status
    with changes(said(view), lambda line: line.inner_text()):
        press(view.get_by_role("application"), "ArrowLeft")


def test_click_holds_a_row_and_keys_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    click(view.get_by_role("application"), 0.9, 0.9)
    soon(lambda: view.python("query") in "0123")
    press(view.get_by_role("application"), "Escape", "b")
    soon(lambda: view.python("query") == "None")
    assert lesson.panel.locator(".jp-Cell").count() == cells, "b inserts a cell in JupyterLab, not from inside a widget"


def test_token_is_text(lesson, lab):
    view = lesson.widget("attention-view")
    press(view.get_by_role("application"), "Home", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown")
    expect(said(view)).to_contain_text(EVIL)
    assert view.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None
