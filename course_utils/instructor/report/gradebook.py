"""The class as one table for a gradebook: a row for each student, a column for each exercise, the totals."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from ..other_files import Noted
from ..results import Graded
from ..submissions.class_list import ClassList
from ..variants import same_name
from ..wording import points as points_text

KEPT = ("number", "email", "section")  # of a student in the list
# A cell that starts so is run as a formula by spreadsheets; the wide forms are read as the narrow ones.
STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def plain(text: object) -> str:
    """A text that no spreadsheet takes for a formula, on one line: with an apostrophe in front where it could be."""
    text = " ".join(str(text).split("\0"))
    kept = f"'{text}" if text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA) else text
    return " ".join(kept.splitlines())


def columns(results: Iterable[Graded]) -> dict[tuple[str, str], float]:
    """(lesson, exercise) -> the most points for it, in the order of the lessons."""
    found = {}
    for one in sorted(results, key=lambda one: one.lesson):
        for mark in one.exercises:
            found[one.lesson, mark.name] = mark.points
    return found


def lessons_of(results: Iterable[Graded]) -> dict[str, float]:
    """{lesson: the most points for it}, in order."""
    found = Counter()
    for (lesson, _), points in columns(results).items():
        found[lesson] += points
    return dict(found)


def total(results: Iterable[Graded], lesson: str | None = None) -> float:
    """The points that these have, of one lesson or of all."""
    marks = (mark for one in results if lesson in (None, one.lesson) for mark in one.exercises)
    return tidy(sum(mark.score or 0 for mark in marks))


def tidy(number: float) -> float:
    """With two decimals at most, and none of a whole number."""
    return int(number) if number == int(number) else round(number, 2)


def table(
    results: list[Graded], absent: Iterable[str] = (), students: ClassList | None = None, others: Iterable[Noted] = ()
) -> list[list]:
    """Rows of the gradebook, the first with the names of the columns. results: one for each student and lesson.

    absent: names of those who have handed in no notebook.  students: the list, for numbers, addresses and sections.
    others: files that are no notebooks.  What was not handed in and what nobody has read yet is an empty cell, and
    counts nothing in the total.
    """
    most, of_lessons = columns(results), lessons_of(results)
    kept = [name for name in KEPT if any(getattr(one, name) for one in students.students)] if students else []
    listed = {one.name: [plain(getattr(one, name)) for name in kept] for one in students.students} if students else {}
    names = [f"{lesson} {name} (of {points_text(points)})" for (lesson, name), points in most.items()]
    lessons = [f"{lesson} (of {points_text(points)})" for lesson, points in of_lessons.items()]
    header = ["student", *kept, *names, *lessons, "total", "out of", "still to read", "notes"]
    rows, strange = [header], defaultdict(list)
    for one in others:
        strange[same_name(one.student)].append(one.sentence)
    for student in sorted({*absent, *(one.student for one in results)}, key=str.casefold):
        theirs = [one for one in results if one.student == student]
        sums = [total(theirs, lesson) for lesson in of_lessons]
        first = [plain(student), *listed.get(student, [""] * len(kept))]
        sums += [total(theirs), tidy(sum(most.values()))]
        rows.append([*first, *_scores(theirs, most), *sums, *_remarks(theirs, strange[same_name(student)])])
    return rows


def _scores(theirs, most):
    marks = {(one.lesson, mark.name): mark.score for one in theirs for mark in one.exercises}
    return ["" if (score := marks.get(column)) is None else tidy(score) for column in most]


def _remarks(theirs, strange):
    """How many texts wait for a reader, and all that is to be noted."""
    unread = sum(mark.score is None for one in theirs for mark in one.exercises)
    notes = [f"{one.submission}: {note}" for one in theirs for note in [one.problem, *one.flags] if note]
    return [unread, plain(" | ".join([*notes, *strange] if theirs or strange else ["nothing handed in"]))]


def write_csv(rows: Iterable[Iterable], path: Path) -> None:
    """Comma-separated, in UTF-8 with the mark by which spreadsheets know it."""
    with open(path, "w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
