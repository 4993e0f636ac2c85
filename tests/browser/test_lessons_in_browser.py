"""Promise: a learner who opens a lesson can run it, work its widgets, and be told that an answer is right."""

import pytest
from axe import serious
from lab import changes, drag, expect, picture, press
from solved_lessons import LESSONS

import notebooks
from course_utils.exercises.engine.cells import marked_cells, solution

OUTPUTS = ".jp-OutputArea-output"


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request, lab):
    lesson = lab.open(request.param.name)
    lesson.run_all()
    yield lesson
    lesson.close()


def test_runs_without_a_complaint(lesson, lab):
    views = lesson.panel.locator("[data-mime-type='application/vnd.jupyter.widget-view+json']")
    for view in views.all():
        expect(view.locator(".course-widget, .jupyter-widgets").first).to_be_visible()
    lesson.screenshot("light")
    assert lesson.errors() == [] and lab.problems == []
    assert lab.asked == [], "a lesson fetches nothing"
    assert serious(lesson.page, OUTPUTS) == []


def test_every_control_moves_its_picture(lesson):
    """Sliders by keyboard and by mouse, tick boxes by mouse, pictures that can be walked through by keyboard."""
    widgets = lesson.panel.locator(".course-widget").all()
    assert widgets
    for widget in widgets:
        for slider in widget.locator("input[type=range]:visible").all():
            at_its_end = slider.evaluate("slider => slider.value === slider.min")
            with changes(widget):
                press(slider, "ArrowRight" if at_its_end else "ArrowLeft", times=5)
            share = slider.evaluate("slider => (slider.value - slider.min) / (slider.max - slider.min)")
            with changes(widget):
                drag(slider, (0.5, 0.5), (0.3 if share > 0.6 else 0.7, 0.5))  # far off: near values may look alike
        for box in widget.locator("input[type=checkbox]:visible").all():
            with changes(widget):
                box.click()
        for drawing in widget.locator("[role=application]:visible").all():
            with changes(widget):
                press(drawing, "ArrowDown", "ArrowRight")


def test_answers_can_be_typed(lesson, lab):
    for _, kind, asked in marked_cells(notebooks.read(notebooks.LESSONS / f"{lesson.name}.ipynb")):
        if kind == "answer":
            answer, check = lesson.cell("answer", asked.name), lesson.cell("check", asked.name)
            lesson.write(answer, solution(asked))
            lesson.run(answer)
            lesson.run(check)
            expect(check.locator(".course-check")).to_have_attribute("data-status", "pass")
    assert lesson.errors() == [] and lab.problems == []


def test_dark(lesson, lab):
    widgets = lesson.panel.locator(".course-widget").all()
    before = [picture(widget) for widget in widgets]
    lab.theme("Dark")
    lesson.screenshot("dark")
    after = [picture(widget) for widget in widgets]
    found = serious(lesson.page, OUTPUTS)
    lab.theme("Light")
    assert found == []
    assert all(a != b for a, b in zip(before, after, strict=True)), "every picture takes the theme's colours"
