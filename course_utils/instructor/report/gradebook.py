"""The class as one table for a gradebook: a row for each student, a column for each exercise, the totals."""

from __future__ import annotations

import csv

# A cell that starts so is run as a formula by spreadsheets; the wide forms are read as the narrow ones.
STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def plain(text):
    """A text that no spreadsheet takes for a formula, on one line: with an apostrophe in front where it could be."""
    text = " ".join(str(text).split("\0"))
    kept = f"'{text}" if text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA) else text
    return " ".join(kept.splitlines())


def columns(results):
    """(lesson, exercise) -> the most points for it, in the order of the lessons."""
    found = {}
    for one in sorted(results, key=lambda one: one.lesson):
        for mark in one.exercises:
            found[one.lesson, mark.name] = mark.points
    return found


def table(results, absent=()):
    """Rows of the gradebook, the first with the names of the columns. results: one for each student and lesson.

    absent: names of those who have handed in nothing.  What was not handed in and what nobody has read yet is an empty
    cell, and counts nothing in the total.
    """
    most = columns(results)
    names = [f"{lesson} {name} (of {points})" for (lesson, name), points in most.items()]
    header = ["student", *names, "total", "out of", "still to read", "notes"]
    students = sorted({*absent, *(one.student for one in results)}, key=str.casefold)
    return [header, *(_row(student, [one for one in results if one.student == student], most) for student in students)]


def _row(student, theirs, most):
    marks = {(one.lesson, mark.name): mark.score for one in theirs for mark in one.exercises}
    scores = [marks.get(column) for column in most]
    unread = sum(score is None for score in marks.values())
    notes = [f"{one.submission}: {note}" for one in theirs for note in [one.problem, *one.flags] if note]
    notes += [] if theirs else ["nothing handed in"]
    cells = ["" if score is None else round(score, 2) for score in scores]
    total = round(sum(score for score in scores if score is not None), 2)
    return [plain(student), *cells, total, sum(most.values()), unread, plain(" | ".join(notes))]


def write_csv(rows, path):
    """Comma-separated, in UTF-8 with the mark by which spreadsheets know it."""
    with open(path, "w", encoding="utf-8-sig", errors="replace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
