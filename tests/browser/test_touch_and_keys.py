"""Promise: each widget is worked with a finger and with keys alone, and a finger that scrolls changes nothing."""

from contextlib import contextmanager

import pytest
from host import hosted
from lab import at, changes, press, soon
from widget_examples import EXAMPLES

MOST_STOPS = 20  # of Tab through the largest widget
KEYS = {  # where the focus goes, and keys that change what is seen
    "QueryPlane": ("[role=application]", ["ArrowUp", "ArrowLeft"]),
    "MatrixPipeline": (".of-X input[tabindex='0']", ["ArrowRight", "ArrowUp"]),
    "AttentionView": ("[role=application]", ["ArrowDown", "Enter"]),
    "HeadsMap": (".heads-map-wall", ["ArrowDown", "ArrowRight"]),
    "HeadsView": ("[role=application]", ["ArrowDown", "Enter"]),
    "ShuffleView": (".shuffle-word", ["ArrowRight"]),
    "ClockView": ("input", ["ArrowRight"]),
    "TurnView": ("[role=application]", ["ArrowUp"]),
    "MaskView": ("[role=gridcell][tabindex='0']", ["ArrowRight", "Space"]),
    "WaitingView": ("button", ["Enter"]),
    "VanishingView": ("input", ["ArrowRight"]),
    "BlockView": (".block-part", ["Enter"]),
    "DecodeView": ("[role=application]", ["ArrowRight"]),
    "SampleView": ("[role=application]", ["ArrowDown", "ArrowLeft"]),
}
TAPS = {  # what a tap changes
    "AttentionView": (".attention-stage", (0.6, 0.6)),
    "HeadsMap": (".heads-map-wall", (0.5, 0.5)),
    "HeadsView": (".heads-stage", (0.4, 0.7)),
    "MaskView": ("[role=gridcell]", (0.5, 0.5)),
    "ClockView": (".clock-stage", (0.5, 0.3)),
    "BlockView": (".block-part", (0.5, 0.5)),
    "DecodeView": (".decode-table tr:last-child td:last-child", (0.5, 0.5)),
    "QueryPlane": (".plane", (0.2, 0.2)),
    "SampleView": (".sample-bars tr:nth-child(3)", (0.1, 0.5)),
    "WaitingView": ("button", (0.5, 0.5)),
    "ShuffleView": ("button", (0.5, 0.5)),
}


@contextmanager
def touched(browser, name, width=700):
    """The widget on a page higher than the window, so that a finger can scroll it."""
    screen = {"viewport": {"width": width, "height": 600}, "has_touch": True, "style": "height: 3000px"}
    widget = EXAMPLES[name]()
    with hosted(browser, widget, **screen) as root:
        yield widget, root


def swipe(page, start, by, steps=12):
    """A finger goes down at a point of the page, moves, and is lifted."""
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        given = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    touch("touchStart", start)
    for step in range(1, steps + 1):
        touch("touchMove", (start[0] + by[0] * step / steps, start[1] + by[1] * step / steps))
    touch("touchEnd")


@pytest.mark.parametrize("name", KEYS)
def test_keys(browser, name):
    place, keys = KEYS[name]
    with hosted(browser, EXAMPLES[name]()) as root, changes(root):
        press(root.locator(place).first, *keys)


def test_tab_soon_leaves_the_largest_widget(browser):
    with hosted(browser, EXAMPLES["MatrixPipeline"]()) as root:
        stops = "root => [...root.querySelectorAll('*')].filter(node => node.tabIndex === 0 && node.offsetWidth).length"
        assert root.evaluate(stops) <= MOST_STOPS


@pytest.mark.parametrize("name", TAPS)
def test_a_tap(browser, name):
    place, spot = TAPS[name]
    with touched(browser, name) as (_, root), changes(root):
        root.page.touchscreen.tap(*at(root.locator(place).first, *spot))


def test_a_finger_that_scrolls_changes_no_number_until_its_cell_is_chosen(browser):
    with touched(browser, "MatrixPipeline") as (widget, root):
        cell, before = root.locator(".of-X input").first, widget.X
        swipe(root.page, at(cell), (0, -120))
        soon(lambda: root.page.evaluate("scrollY") > 0)
        assert (widget.X == before).all()
        root.page.touchscreen.tap(*at(cell))
        swipe(root.page, at(cell), (0, -50))
        soon(lambda: abs(widget.X[0, 0] - before[0, 0] - 1) < 0.1)


@pytest.mark.parametrize("name, trait", [("QueryPlane", "q_vector"), ("TurnView", "q")])
@pytest.mark.parametrize("width", [360, 600, 1100])
def test_an_arrow_stays_under_the_finger(browser, name, trait, width):
    with touched(browser, name, width) as (widget, root):
        handle = root.locator(".course-handle").last
        x, y = at(handle)
        swipe(root.page, (x, y), (-40, 30))
        soon(lambda: max(abs(a - b) for a, b in zip(at(handle), (x - 40, y + 30))) < 4)
        assert getattr(widget, trait) != EXAMPLES[name]().get_state([trait])[trait]


def test_a_finger_that_scrolls_over_the_plane_leaves_the_query(browser):
    with touched(browser, "QueryPlane") as (widget, root):
        before = list(widget.q_vector)
        swipe(root.page, at(root.locator(".plane"), 0.2, 0.8), (0, -120))
        soon(lambda: root.page.evaluate("scrollY") > 0)
        assert widget.q_vector == before


SCROLLED = """root => [...root.querySelectorAll('*')]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === 'auto')
    .map(node => node.className)"""
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_narrow_window_is_never_too_narrow_for_the_controls(browser, name):
    """Pictures may scroll in a place of their own, but not yet at twice the size; controls and sentences must not."""
    with touched(browser, name, 640) as (_, root):  # a laptop's 1280 pixels at 200 %
        assert root.evaluate(SCROLLED) == []
        for width in (600, 390):
            root.page.set_viewport_size({"width": width, "height": 600})
            soon(lambda: root.page.evaluate(FITS))
    with touched(browser, name, 390) as (_, root):
        assert root.page.evaluate(FITS)
