"""Promise: a widget needs no Jupyter: a host that knows anywidget's contract and exact event names is enough."""

import pytest
from host import as_json, hosted
from lab import changes, expect, soon
from widget_examples import EXAMPLES

SETTINGS = {  # of each class, one that Python acts on, if there is any, and one that only the page shows
    "AttentionView": [("temperature", 5.0), ("query", 2)],
    "BlockView": [("off", ["attention"]), ("position", 3)],
    "ClockView": [("position", 20), ("distance", 9)],
    "DecodeView": [("text", "add"), ("head", 2)],
    "HeadsMap": [("sentence", "the red car passed the blue car"), ("head", 4)],
    "HeadsView": [("n_heads", 8), ("query", 5)],
    "MaskView": [("causal", True), ("forbidden", [[2, 1]])],
    "MatrixPipeline": [("scale", False), ("selected", ["out", 1, 1])],
    "QueryPlane": [("q_vector", [-1, 1]), ("selected", 2)],
    "SampleView": [("written", [5, 3]), ("top_k", 3)],
    "ShuffleView": [("order", [8, 7, 6, 5, 4, 3, 2, 1, 0]), ("with_positions", True)],
    "TurnView": [("pair", 0), ("distance", 12)],
    "VanishingView": [("radius", 2.0), ("back", 3)],
    "WaitingView": [("step", 4), ("target", 5)],
}
CHANGED_BY_PAGE = "([name, value]) => { model.set(name, value); model.save_changes(); }"


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_shows_what_python_sets(browser, name):
    widget = EXAMPLES[name]()
    with hosted(browser, widget) as root:
        for trait, value in SETTINGS[name]:
            with changes(root):
                root.page.evaluate(CHANGED_BY_PAGE, [trait, value])
        soon(lambda: all(as_json(getattr(widget, trait)) == value for trait, value in SETTINGS[name]))
        expect(root.locator(".course-problem")).to_have_count(0)


@pytest.mark.parametrize("name", [name for name, make in EXAMPLES.items() if getattr(make(), "compute_name", "")])
def test_it_says_so_when_no_kernel_answers_for_a_second(browser, name):
    widget, (trait, value) = EXAMPLES[name](), SETTINGS[name][0]
    with hosted(browser, widget, kernel=False) as root:
        problem, clock = root.locator(".course-problem"), root.page.clock
        clock.install(time=0)
        clock.pause_at(1000)
        root.page.evaluate(CHANGED_BY_PAGE, [trait, value])
        clock.run_for(900)
        expect(problem).to_have_count(0)
        clock.run_for(200)
        expect(problem).to_contain_text("Python has not answered")
        root.page.evaluate(CHANGED_BY_PAGE, [trait, widget.answered[trait]])
        clock.run_for(1100)
        expect(problem).to_have_count(0)


def test_a_blend_that_is_not_known_is_not_shown(browser):
    with hosted(browser, EXAMPLES["QueryPlane"](), kernel=False) as root:
        expect(root.locator(".plane-blend")).to_have_count(1)
        root.page.evaluate(CHANGED_BY_PAGE, ["q_vector", [-1, 1]])
        expect(root.locator(".plane-sums")).to_contain_text("= …")
        expect(root.locator(".plane-blend")).to_have_count(0)
        expect(root.locator(".course-status")).not_to_contain_text("blend")


def test_what_python_refuses_does_not_stay_in_the_page(browser):
    widget = EXAMPLES["AttentionView"]()
    with hosted(browser, widget) as root:
        root.page.evaluate(CHANGED_BY_PAGE, ["temperature", 99])
        expect(root.locator(".course-value")).to_have_text("1.00")
    assert widget.temperature == 1


def test_after_it_has_been_left_it_listens_no_more(browser):
    with hosted(browser, EXAMPLES["ClockView"]()) as root:
        root.page.evaluate("leave()")
        before = root.inner_text()
        root.page.evaluate(CHANGED_BY_PAGE, ["position", 20])
        root.page.wait_for_timeout(200)
        assert root.inner_text() == before
