"""Promise: in QueryPlane the query follows the mouse and the arrow keys, and weights and blend follow the query."""

import json

import pytest
from lab import changes, drag, expect, press, soon

EVIL = "<img src=x onerror=window.hurt=1>"
CELLS = (
    "from course_utils.model.attention import soft_lookup\nfrom course_utils.widgets import QueryPlane",
    f"K, words = [[1, 0], [0, 1], [-1, -0.5]], ['cat', {EVIL!r}, 'sat']",
    "browser = QueryPlane(K, words)\nbrowser",
    "kernel = QueryPlane(K, words, V=[[0, 0], [1, 1], [0, 2]], compute=soft_lookup)\nkernel",
)
NAMES = ["browser", "kernel"]


@pytest.fixture(params=NAMES)
def view(lesson, request):
    widget = lesson.widget("query-plane", NAMES.index(request.param))
    widget.get_by_role("button", name="reset").click()
    widget.python = lambda expression: json.loads(lesson.python(f"{request.param}.{expression}.tolist()"))
    return widget


def test_dragging_the_arrow(view):
    before = view.python("blend")
    with changes(view.get_by_role("table"), lambda table: table.inner_text()):
        drag(view.locator(".plane"), (0.5, 0.5), (0.2, 0.3))
    soon(lambda: view.python("q")[0] < 0 < view.python("q")[1] and view.python("blend") != before)


def test_arrow_keys(view):
    with changes(view):
        press(view.get_by_role("application"), "ArrowUp", times=3)
    soon(lambda: view.python("q")[0] == 1 and view.python("q")[1] > 0.5)


def test_the_numbers_shown_are_the_numbers_in_python(view):
    press(view.get_by_role("application"), "Shift+ArrowRight")
    soon(lambda: view.python("q")[0] > 1)
    for n, weight in enumerate(view.python("weights")):
        expect(view.locator("tbody tr").nth(n)).to_contain_text(f"{weight:.2f}")


def test_slider(view):
    weights, slider = view.get_by_role("table"), view.get_by_role("slider")
    with changes(weights, lambda table: table.inner_text()):
        press(slider, "ArrowRight", times=20)
    with changes(weights, lambda table: table.inner_text()):
        drag(slider, (0.5, 0.5), (0.1, 0.5))


def test_choosing_a_word_shows_its_sum(view):
    with changes(view.locator(".plane-sums"), lambda sums: sums.inner_text()):
        view.get_by_role("button", name="sat").click()


def test_word_is_text(view, lab):
    assert EVIL in view.inner_text()
    assert view.locator("img").count() == 0 and lab.page.evaluate("window.hurt") is None
