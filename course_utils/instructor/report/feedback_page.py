"""A student's feedback as one page: score and sentence of each answer, beside the answer itself, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable

from ...exercises import exercise
from ...exercises.engine import Exercise
from ...exercises.engine.display import MARKS
from ..results import Graded, Mark
from ..wording import points
from .pages import lines_of, page

WAITING, PART = "waiting", "part"  # how a text is shown that nobody has read yet, or that has some of its points
SIGNS = {**MARKS, WAITING: "…", PART: "◐"}


def feedback_page(student: str, results: Iterable[Graded]) -> str:
    """The HTML page. results: this student's own, one for each lesson."""
    results = list(results)
    marks = [mark for one in results for mark in one.exercises]
    lessons = [
        {"name": one.lesson, "problem": one.problem, "answers": list(map(_answer, one.exercises))} for one in results
    ]
    return page(
        "feedback.html", f"Feedback for {student}", student=student, lessons=lessons,
        got=sum(mark.score or 0 for mark in marks), most=sum(mark.points for mark in marks),
        unread=sum(mark.score is None for mark in marks),
    )  # fmt: skip


def _answer(mark: Mark):
    """What the page says of one answer."""
    kind = WAITING if mark.score is None else PART if 0 < mark.score < mark.points else mark.status
    asked, essay, theirs = exercise(mark.name), mark.kind == "essay", mark.answer if mark.answer.strip() else ""
    read = essay and mark.status in ("pass", "fail")
    return {
        "kind": kind,
        "sign": SIGNS[kind],
        "name": mark.name,
        "score": "not read yet" if mark.score is None else f"{points(mark.score)} of {mark.points}",
        "question": [] if isinstance(asked, Exercise) else lines_of(mark.question or asked.text()),
        "message": mark.message,
        "text": theirs if essay else "",
        "code": "" if essay else theirs,
        # As in the notebook, where an answer is not right; and what a full text says, once it was read.
        "hints": asked.hints if not essay and mark.status != "pass" else (),
        "rubric": asked.rubric if read else (),
    }
