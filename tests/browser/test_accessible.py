"""Promise: no widget and no page of a lesson keeps words, names or controls from anybody, on light and on dark."""

import re
from functools import cache

import nbformat
import pytest
from axe import ALL, COLOURS, serious
from host import DARK, hosted
from nbconvert import HTMLExporter
from widget_examples import EXAMPLES

import notebooks
from course_utils.exercises.engine import Result
from course_utils.exercises.engine.display import MARKS, _box

SMALLEST = 24  # pixels of what is clicked or touched
TARGETS = "button, select, input, summary, .course-handle, .matrix-result"
OUTPUT = ".jp-OutputArea-output"
DARKEN = """async style => {
    document.body.style = style;
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    await Promise.all(document.getAnimations().map(({ finished }) => finished));
}"""
TOO_SMALL = f"""root => [...root.querySelectorAll("{TARGETS}")]
    .map(node => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < {SMALLEST} || box.height < {SMALLEST})).map(([html]) => html)"""


@pytest.fixture(scope="module")
def page(browser):
    """An empty page that asks for nothing outside the machine."""
    page = browser.new_page()
    page.route(re.compile("^http"), lambda route: route.abort())
    yield page
    page.close()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_widget(browser, name):
    with hosted(browser, EXAMPLES[name]()) as root:
        for summary in root.locator("summary").all():
            summary.click()
        assert serious(root.page, ".course-widget") == []
        assert root.evaluate(TOO_SMALL) == []
        root.page.evaluate(DARKEN, DARK)
        assert serious(root.page, ".course-widget", COLOURS) == []


def test_the_boxes_of_checks(page):
    boxes = [_box("softmax", Result(status, "A `sentence`.", ""), ["A hint."], "A note.") for status in MARKS]
    page.set_content(f"<!doctype html><html lang=en><title>boxes</title><body><main>{''.join(boxes)}</main>")
    assert serious(page, ".course-check") == []
    page.evaluate(DARKEN, DARK)
    assert serious(page, ".course-check", COLOURS) == []


@cache
def exporter(theme):
    """It compiles its templates once. What is the lesson's own lies in the outputs."""
    return HTMLExporter(theme=theme, exclude_input=True, exclude_markdown=True)


@pytest.mark.slow
@pytest.mark.parametrize("lesson", sorted(notebooks.LESSONS.glob("*.ipynb")), ids=lambda path: path.stem[:2])
def test_the_outputs_of_a_lesson_as_a_page(page, lesson, tmp_path):
    for theme, looked_at in ("light", ALL), ("dark", COLOURS):
        html, _ = exporter(theme).from_notebook_node(nbformat.read(lesson, as_version=4))
        file = tmp_path / f"{theme}.html"
        file.write_text(re.sub(r'<script src="http[^>]*></script>', "", html), encoding="utf-8")
        page.goto(file.as_uri())
        assert page.locator(OUTPUT).count()
        assert serious(page, OUTPUT, looked_at) == []
