"""Points that a person gives instead of the grader's: a sheet with student, exercise, points and comment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from ...errors import InputError
from ..results import Graded
from ..tables import decimal, records
from ..variants import same_name
from ..wording import points as written

COLUMNS = ("student", "exercise", "points")  # and comment


@dataclass(frozen=True)
class Override:
    """points: instead of what was given.  comment: what the student reads instead of the grader's sentence, or ""."""

    student: str
    exercise: str
    points: float
    comment: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return same_name(self.student), self.exercise


def read_overrides(file: Path) -> list[Override]:
    """InputError if a line cannot be read, or two lines are about the same and do not agree."""
    found = {}
    for number, row in enumerate(records(file, COLUMNS, "The sheet of overrides"), 2):
        student, exercise, given = (row[column] for column in COLUMNS)
        points = decimal(given)
        if not student or not exercise or points is None or not 0 <= points < inf:
            raise InputError(f"{file}, line {number}: it needs a student, an exercise and points of 0 or more.")
        new = Override(student, exercise, points, row.get("comment", ""))
        if found.setdefault(new.key, new) != new:
            raise InputError(f"{file}, line {number}: {student} has other points for {exercise} in a line before.")
    return list(found.values())


def overridden(results: list[Graded], overrides: Iterable[Override]) -> tuple[list[Graded], list[Override]]:
    """(the results with these points, each marked by a flag; the overrides that nobody's answer belongs to)."""
    waiting = {one.key: one for one in overrides}
    changed = [_with(one, waiting) for one in results]
    return changed, list(waiting.values())


def _with(one, waiting):
    marks, flags = [], []
    for mark in one.exercises:
        given = waiting.pop((same_name(one.student), mark.name), None)
        if given and given.points > mark.points:
            most, more = written(mark.points), written(given.points)
            raise InputError(f"{given.student}: {mark.name} has {most} points; {more} are more.")
        if given:
            before = "not read" if mark.score is None else written(mark.score)
            reason = f": {given.comment}" if given.comment else "."
            flags.append(f"{mark.name}: {written(given.points)} by hand, not {before}{reason}")
            status = "pass" if given.points == mark.points else "fail"
            mark = replace(mark, score=given.points, status=status, message=given.comment or mark.message)
        marks.append(mark)
    return replace(one, exercises=marks, flags=[*one.flags, *flags])
