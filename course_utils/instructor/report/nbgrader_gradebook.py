"""Points into nbgrader's own gradebook, by its own interface, where the lessons were released with nbgrader.

What a person has typed in nbgrader's formgrader is left as it is, and goes before what stands here: it is nbgrader's
manual score, and ours is the automatic one. Only texts that were read here get a manual score.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from ...errors import InputError
from ...exercises.engine.cells import marked_cells
from .. import lessons
from ..results import Graded, Mark
from ..submissions.submission import SUBMITTED

FILE = "gradebook.db"


def found(course: Path) -> Path:
    """The gradebook in a folder of nbgrader's. InputError if there is none, or no nbgrader."""
    file = course / FILE
    if not file.is_file():
        raise InputError(f"There is no {file}: `nbgrader generate_assignment LESSON` makes it, in the course's folder.")
    if importlib.util.find_spec("nbgrader") is None:
        raise InputError("--nbgrader needs nbgrader: `pip install nbgrader`.")
    return file


def write(file: Path, results: Iterable[Graded]) -> tuple[int, list[str]]:
    """Put the points of all results into the gradebook.

    Returns (how many submissions were written, lessons that nbgrader has not released, sorted).
    """
    from nbgrader.api import Gradebook, MissingEntry

    written, unknown = 0, set()
    with Gradebook(f"sqlite:///{file.resolve()}", course_id="") as gradebook:
        for one in results:
            try:
                gradebook.find_notebook(one.lesson, one.lesson)
            except MissingEntry:
                unknown |= {one.lesson} if one.exercises else set()
                continue
            _write_one(gradebook, one)
            written += 1
    return written, sorted(unknown)


def _write_one(gradebook, one):
    from nbgrader.api import MissingEntry

    student = _student_id(one)
    try:
        gradebook.find_submission(one.lesson, student)
    except MissingEntry:
        gradebook.update_or_create_student(student)
        when = {"timestamp": datetime.fromtimestamp(one.handed_in, UTC)} if one.handed_in else {}
        with gradebook.db.no_autoflush:  # without it SQLAlchemy warns of what nbgrader does
            gradebook.add_submission(one.lesson, student, **when)
    cells = _cells(one.lesson)
    for mark in one.exercises:
        place = (cells[mark.name], one.lesson, one.lesson, student)
        try:
            _give(gradebook.find_grade(*place), mark)
            if mark.kind == "essay" and _is_read(mark):
                gradebook.find_comment(*place).manual_comment = mark.message
        except MissingEntry:  # it did not count when it was released
            continue
    gradebook.db.commit()


def _give(grade, mark: Mark):
    """nbgrader's points may be others, if the plan has changed: the share of them is what counts."""
    share = None if mark.score is None else mark.score / mark.points
    score = None if share is None else share * grade.max_score
    if mark.kind == "essay" and _is_read(mark):
        grade.manual_score = score
    else:
        grade.auto_score = score
    grade.needs_manual_grade = score is None and grade.manual_score is None


def _is_read(mark):
    """A text that waits, and one that is empty, have the status "todo"."""
    return mark.status != "todo"


def _cells(lesson):
    """{exercise: name of the cell that nbgrader scores}, as release/nbgrader_source.py marks them."""
    marked = marked_cells(lessons.read(lesson))
    return {asked.name: cell.id for cell, kind, asked in marked if kind in ("check", "essay")}


def _student_id(one: Graded) -> str:
    """The name of the student's folder in submitted/, by which nbgrader knows them."""
    folders = Path(one.place).relative_to(one.root).parts if Path(one.place).is_relative_to(one.root) else ()
    return folders[0] if Path(one.root).name == SUBMITTED and len(folders) == 3 else one.student
