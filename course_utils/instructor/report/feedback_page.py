"""A student's feedback as one page: score and sentence of each answer, beside the answer itself, and nobody else's."""

from __future__ import annotations

from html import escape

from ...exercises import exercise
from ...exercises.engine.display import MARKS, fold, rich_text
from ..wording import counted, lesson_title, points, sentence
from .pages import bullets, code, page

WAITING, PART = "waiting", "part"  # how a text is shown that nobody has read yet, or that has some of its points
SIGNS = {**MARKS, WAITING: "…", PART: "◐"}


def feedback(student, results):
    """The HTML page. results: this student's own, one for each lesson."""
    body = [f"<h1>{escape(student)}</h1>", _total([mark for one in results for mark in one.exercises])]
    for one in results:
        body.append(f"<h2>{escape(lesson_title(one.lesson))}</h2>")
        if one.problem:
            body.append(f'<p class="answer fail">{rich_text(sentence(one.problem))}</p>')
        body += map(_answer, one.exercises)
    return page(f"Feedback for {student}", "\n".join(body))


def _total(marks):
    """The sum so far, and what it leaves out."""
    got, most = sum(mark.score or 0 for mark in marks), sum(mark.points for mark in marks)
    unread = [mark for mark in marks if mark.score is None]
    later = f" {counted(len(unread), 'text')} will be read by a person." if unread else ""
    return f'<p class="total"><b>{points(got)}</b> of {points(most)} points.<span class="quiet">{later}</span></p>'


def _answer(mark):
    status = WAITING if mark.score is None else PART if 0 < mark.score < mark.points else mark.status
    score = "not read yet" if mark.score is None else f"{points(mark.score)} of {mark.points}"
    title = f'<span class="mark" aria-hidden="true">{SIGNS[status]}</span> {escape(mark.name)}'
    heading = f'<div class="heading"><h3>{title}</h3><span class="points">{score}</span></div>'
    parts = [heading, f"<p>{rich_text(sentence(mark.message))}</p>", _theirs(mark), *_help(mark)]
    return f'<section class="answer {status}">\n' + "\n".join(filter(None, parts)) + "\n</section>"


def _theirs(mark):
    """What the student wrote."""
    if not mark.answer.strip():
        return ""
    return f"<blockquote>{escape(mark.answer)}</blockquote>" if mark.kind == "essay" else code(mark.answer)


def _help(mark):
    """Folded: the hints, as in the notebook, where an answer is not right; what a full text says, once it was read."""
    asked = exercise(mark.name)
    if mark.kind == "essay" and mark.status in ("pass", "fail"):
        yield fold("What a full answer says", bullets(asked.rubric))
    elif mark.kind != "essay" and mark.status != "pass":
        for number, hint in enumerate(asked.hints, 1):
            yield fold(f"Hint {number}", rich_text(hint))
