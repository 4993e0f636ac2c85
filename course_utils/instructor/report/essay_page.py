"""The page on which a person reads the written answers and gives points: no names, the rubric beside each text."""

from __future__ import annotations

from itertools import groupby

from ...exercises import exercise
from .essay_sheet import HEADER, Written
from .pages import page


def essay_page(texts: list[Written]) -> str:
    """The HTML page. texts: from essay_sheet.written, by exercise."""
    groups = groupby(texts, key=lambda text: (text.lesson, text.mark.name))
    exercises = [(exercise(name), list(group)) for (_, name), group in groups]
    return page("essays.html", "Essays", "essays.js", columns=HEADER, count=len(texts), exercises=exercises)
