"""Written answers, read by a person: which there are, and the points that come back in a CSV file."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ...exercises import exercise
from ..results import Graded
from ..submissions.class_list import ClassList
from ..tables import decimal, records
from ..variants import same_name
from ..wording import points
from .anonymous import author_of, covered
from .gradebook import STARTS_A_FORMULA, plain, write_csv

SECRET = "essay_keys.secret"
HEADER = ["essay", "exercise", "points", "of", "comment", "text"]  # the first, third and fifth are read again


@dataclass
class Written:
    """One text. key: stands for student and text, so that whoever reads it sees no name; mark: where its points go.

    text: as its reader sees it, without what leads to its author.
    """

    key: str
    lesson: str
    mark: object
    text: str

    @property
    def row(self) -> list[object]:
        """As a line of the CSV file."""
        mark = self.mark
        read = ["", ""] if mark.score is None else [points(mark.score), plain(mark.message)]
        return [self.key, mark.name, read[0], mark.points, read[1], plain(self.text)]


def written(results: Iterable[Graded], students: ClassList | None = None, secret: str = "") -> list[Written]:
    """Every text that was handed in, by exercise and then in the order of the keys, which says nothing of the names.

    students: the list, for numbers and addresses that may stand in a text.  secret: without it nobody can try which
    name of the class gives a key.
    """
    found = [
        Written(_key(one, mark, secret), one.lesson, mark, _covered(one, mark, students))
        for one in results
        for mark in one.exercises
        if mark.kind == "essay" and mark.score is None
    ]
    return sorted(found, key=lambda text: (text.lesson, text.mark.name, text.key))


def _key(one, mark, secret):
    parts = "\0".join([same_name(one.student), one.lesson, mark.name, mark.answer])
    return hmac.digest(secret.encode(), parts.encode(errors="replace"), "sha256").hex()[:12]


def _covered(one, mark, students):
    asked = exercise(mark.name)
    return covered(mark.answer, author_of(one, students), (asked.text(), *asked.rubric))


def kept_secret(folder: Path) -> str:
    """The secret of the keys: made once, and kept beside the results, so that a sheet fits the next report too."""
    file = folder / SECRET
    if not file.exists():
        file.write_text(secrets.token_hex(), encoding="utf-8")
    return file.read_text(encoding="utf-8")


def write_sheet(texts: Iterable[Written], path: Path) -> None:
    """The CSV file to fill in, for who likes a spreadsheet better than the page."""
    write_csv([HEADER, *(text.row for text in texts)], path)


def holds_points(path: Path) -> bool:
    """True if there is a file that somebody has filled in, or that cannot be read and may be somebody's."""
    try:
        return path.exists() and bool(read_sheet(path))
    except InputError:
        return True


def read_sheet(path: Path) -> dict[str, tuple[float, str]]:
    """{key: (points, comment)} from a filled-in file; lines without points are left out. InputError says what is wrong.

    Commas, semicolons or tabs between the cells, and a decimal point or comma, as spreadsheets write them.
    """
    rows = records(path, ("essay", "points"), "The sheet of essays")
    return {row["essay"]: (_number(row, path), _comment(row)) for row in rows if row["essay"] and row["points"]}


def read_sheets(paths: Iterable[Path]) -> dict[str, tuple[float, str]]:
    """The same from several files, of people who have shared the reading. InputError if two of them do not agree."""
    given = {}
    for path in paths:
        for key, new in read_sheet(path).items():
            if given.setdefault(key, new) != new:
                raise InputError(f"Essay {key} stands in {path} with other points or another comment than before.")
    return given


def _number(row, path):
    points = decimal(row["points"])
    if points is None:
        raise InputError(f"{path}: {row['points']!r} is no number of points, for essay {row['essay']}.")
    return points


def _comment(row):
    """The comment as it was meant: without the apostrophe that keeps a spreadsheet from running it."""
    comment = row.get("comment", "")
    return comment[1:] if comment.startswith("'") and comment[1:].startswith(STARTS_A_FORMULA) else comment


def give(texts: Iterable[Written], points_given: Mapping[str, tuple[float, str]]) -> set[str]:
    """Put points and comments into the results. Returns the keys that belong to no text.

    points_given: {key: (points, comment)}. InputError if there are more points than the essay has, or less than 0.
    """
    for text in texts:
        if text.key in points_given:
            mark, (score, comment) = text.mark, points_given[text.key]
            if not 0 <= score <= mark.points:  # nan too
                raise InputError(f"Essay {text.key} ({mark.name}) has 0 to {mark.points} points, not {score:g}.")
            mark.score, mark.message = score, comment
            mark.status = "pass" if score == mark.points else "fail"
    return set(points_given) - {text.key for text in texts}
