"""Drives a real JupyterLab in a headless Chromium, as a learner would: for the browser tests, the screenshot of the
README and the benchmark. A lesson is opened, run, typed into and looked at in a few lines:

    with open_lab(folder) as lab:
        lesson = lab.open("01_queries_keys_values.ipynb")
        lesson.run_all()
        view = lesson.widget("attention-view")
        with changes(view):
            press(view.get_by_role("slider"), "ArrowRight", times=5)
"""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from page import MS_PER_STEP, Lab
from playwright.sync_api import expect, sync_playwright
from server import CHROMIUM_FLAGS, find_chromium, serve

SECONDS_TO_SETTLE = 10
expect.set_options(timeout=MS_PER_STEP)


@contextmanager
def open_browser():
    """A headless Chromium, ended afterwards. One at a time: playwright allows no second beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def lab_in(browser, folder):
    """A Lab over the notebooks in `folder`, with a server and settings of its own, ended afterwards."""
    with tempfile.TemporaryDirectory(prefix="lab", ignore_cleanup_errors=True) as home:
        with serve(Path(folder), Path(home)) as address:
            yield Lab(browser, address, Path(folder))


@contextmanager
def open_lab(folder):
    """The same with a browser of its own."""
    with open_browser() as browser, lab_in(browser, folder) as lab:
        yield lab


def soon(holds):
    """Wait until it holds: browser and kernel tell each other of a change a moment later."""
    end, pause = time.monotonic() + SECONDS_TO_SETTLE, 0.01
    while not holds():
        assert time.monotonic() < end, f"waited {SECONDS_TO_SETTLE} seconds for it in vain"
        time.sleep(pause)
        pause = min(2 * pause, 0.1)  # most changes come within a frame; who waits for a busy kernel asks seldom


PICTURE = """root => {
    const canvases = [...root.querySelectorAll("canvas")].map(canvas => canvas.toDataURL());
    const drawings = [...root.querySelectorAll("svg, table, [role=grid]")]
        .map(drawing => drawing.outerHTML + getComputedStyle(drawing).color);
    return [...canvases, ...drawings].join();
}"""


def picture(widget):
    """What a widget shows, as a string to compare: pixels of its canvases, its drawings and tables, and their ink."""
    return widget.evaluate(PICTURE)


@contextmanager
def changes(widget, shows=picture):
    """Do something inside; afterwards the widget must soon show something else."""
    before = shows(widget)
    yield
    soon(lambda: shows(widget) != before)


def press(place, *keys, times=1):
    """Focus a place and press keys."""
    place.focus()
    for key in keys * times:
        place.page.keyboard.press(key)


def at(place, x=0.5, y=0.5):
    """The point of the page at these fractions of a place's width and height."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def hover(place, x=0.5, y=0.5):
    """Point at it."""
    place.page.mouse.move(*at(place, x, y))


def click(place, x=0.5, y=0.5):
    """Click there."""
    place.page.mouse.click(*at(place, x, y))


def drag(place, start=(0.3, 0.5), end=(0.7, 0.5)):
    """Pull with the mouse from one point of a place to another, both in fractions of its size."""
    mouse, (x, y), (to_x, to_y) = place.page.mouse, at(place, *start), at(place, *end)
    mouse.move(x, y)
    mouse.down()
    mouse.move(to_x, to_y, steps=8)
    mouse.up()
