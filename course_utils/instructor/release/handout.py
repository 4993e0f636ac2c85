"""A lesson as it is handed out: blank, with points, a line about the course, and perhaps a student's own figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import nbformat

from ...exercises.engine import Choice, Essay, Exercise, Prediction
from ...exercises.engine.cells import heading, marked_cells, sync
from .. import lessons
from ..variants import figures_seed
from ..wording import counted, points

LINK_TO_LESSON = re.compile(r"\[([^\]]*)\]\(\w+\.ipynb\)")
# Instead of what a full answer says. It begins as that does, by which `grade` knows where the student's text ends.
READ_BY_A_PERSON = (
    "<details><summary>Compare with this when you have your points</summary>\n\n"
    "A person reads your text. What a full answer says comes with the points.\n\n</details>"
)
HAND_IN = "Write where the cells ask for it, save, and hand in this file."
OWN_FIGURES = "The numbers in the questions are not the same for everybody."


@dataclass(frozen=True)
class Course:
    """What stands at the top of every notebook, each "" if it is not said. due: in the instructor's own words.

    points: {exercise: points} of those that count; None: all of the lesson, with their own.
    """

    name: str = ""
    due: str = ""
    points: Mapping[str, float] | None = None

    def worth(self, asked: Exercise | Choice | Prediction | Essay) -> float:
        """The points of an exercise; 0 if it does not count."""
        return asked.points if self.points is None else self.points.get(asked.name, 0)


def handout(
    lesson: str, course: Course = Course(), student: str | None = None, variant: int | str | None = None
) -> nbformat.NotebookNode:
    """The notebook of a lesson for one student, or for everybody.

    student: their name, kept in the notebook's metadata.  variant: secret, of the figures in the student's questions;
    None: the lesson's own figures.
    """
    notebook = lessons.read(lesson)
    sync(notebook, lambda name: figures_seed(variant, student, name))
    _take_out(notebook)
    _show_points(notebook, lesson, course)
    top = nbformat.v4.new_markdown_cell(_top(lesson, course, variant), id="handed-out")
    notebook.cells.insert(1, top)
    if student is not None:
        notebook.metadata["course"] = {"student": student} | ({} if variant is None else {"own_numbers": True})
    return notebook


def points_of(lesson: str, course: Course = Course()) -> float:
    """All points there are for it."""
    return sum(map(course.worth, lessons.asked_in(lesson)))


def _take_out(notebook):
    """Outputs, links to lessons that may not lie beside this one, and what a full answer to a written question says."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        else:
            cell.source = LINK_TO_LESSON.sub(r"\1", cell.source)
    for cell, kind, _ in marked_cells(notebook):
        if kind == "rubric":
            cell.source = READ_BY_A_PERSON


def _show_points(notebook, lesson, course):
    """In every heading of an exercise or question, behind the minutes."""
    for cell, kind, asked in marked_cells(notebook):
        if kind == "question":
            title, rest = cell.source.split("\n", 1)
            cell.source = f"{title} · {_points(course.worth(asked))}\n{rest}"
    functions = [asked for asked in lessons.asked_in(lesson) if isinstance(asked, Exercise)]
    for cell in notebook.cells:
        for asked in functions if cell.cell_type == "markdown" else ():
            line = re.compile(rf"^#.*{re.escape(heading(asked))}.*$", re.MULTILINE)
            cell.source = line.sub(rf"\g<0> · {_points(course.worth(asked))}", cell.source)


def _points(number):
    return counted(points(number), "point") if number else "does not count"


def _top(lesson, course, variant):
    """What a student has to know, in Markdown."""
    due = f"hand in by **{course.due}**" if course.due else ""
    about = " · ".join(filter(None, [f"**{course.name}**" if course.name else "", due]))
    counts = [asked for asked in lessons.asked_in(lesson) if course.worth(asked)]
    each = ", ".join(f"`{asked.name}` {points(course.worth(asked))}" for asked in counts)
    how = f"{HAND_IN} {OWN_FIGURES}" if variant is not None else HAND_IN
    return "\n\n".join(filter(None, [about, f"**{_points(points_of(lesson, course))}**: {each}.", how]))
