"""Promise: a learner who opens a lesson can run it, work its widgets, and be told that an answer is right."""

import pytest
from axe import COLOURS, serious
from lab import changes, drag, expect, picture, press, soon
from lessons import shows_widget
from needed import needed_for
from solved_lessons import LESSONS

import notebooks
from course_utils.exercises.engine import Exercise
from course_utils.exercises.engine.cells import marked_cells, solution

OUTPUTS = ".jp-OutputArea-output"
FIRST, *OTHERS = LESSONS
RUNS = [  # nbval runs every cell of every lesson; in JupyterLab that, and each kind of answer, is tried with the first
    pytest.param((FIRST, True), id=FIRST.stem),
    *(pytest.param((path, False), id=path.stem) for path in OTHERS),
    *(pytest.param((path, True), id=f"{path.stem} whole", marks=pytest.mark.exhaustive) for path in OTHERS),
]


@pytest.fixture(scope="module", params=RUNS)
def lesson(request, lab):
    """A lesson that was run: whole, or what its widgets and its first function need, over the stored outputs."""
    path, whole = request.param
    lesson, notebook = lab.open(path.name), notebooks.read(lab.folder / path.name)
    lesson.shown = [place for place, cell in enumerate(notebook.cells) if shows_widget(cell)]
    lesson.asked = [asked for _, kind, asked in marked_cells(notebook) if kind == "answer"]
    if whole:
        lesson.run_all()
    else:
        lesson.asked = [next(asked for asked in lesson.asked if isinstance(asked, Exercise))]
        needed = needed_for(notebook.cells, places_shown(notebook, lesson.asked))
        lesson.run_these([0, *needed])  # the first makes training quick
    yield lesson
    lesson.close()


def places_shown(notebook, exercises):
    """Places of the cells that show a widget, or belong to one of these exercises."""
    ours = [cell for cell, kind, asked in marked_cells(notebook) if asked in exercises and kind in ("answer", "check")]
    return [i for i, cell in enumerate(notebook.cells) if shows_widget(cell) or any(cell is one for one in ours)]


def test_runs_without_a_complaint(lesson, lab):
    for place in lesson.shown:
        expect(lesson.scroll_to(place).locator(".course-widget")).to_be_visible()
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
    for asked in lesson.asked:
        answer, check = lesson.cell("answer", asked.name), lesson.cell("check", asked.name)
        lesson.write(answer, solution(asked))
        lesson.run(answer)
        lesson.run(check)
        expect(check.locator(".course-check")).to_have_attribute("data-status", "pass")
    assert lesson.errors() == [] and lab.problems == []


def test_dark_and_light_again(lesson, lab):
    widgets = lesson.panel.locator(".course-widget").all()
    light = [picture(widget) for widget in widgets]
    lab.theme("Dark")
    try:
        for widget, before in zip(widgets, light, strict=True):
            soon(lambda: picture(widget) != before)  # noqa: B023
        dark = [picture(widget) for widget in widgets]
        lesson.screenshot("dark")
        assert serious(lesson.page, OUTPUTS, COLOURS) == []
    finally:
        lab.theme("Light")
    for widget, before in zip(widgets, dark, strict=True):
        soon(lambda: picture(widget) != before)  # noqa: B023
