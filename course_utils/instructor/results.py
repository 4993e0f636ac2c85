"""What grading one submission found, and how it is kept: one JSON file for each submission."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .standing import standing
from .submissions.roster import Roster


@dataclass
class Mark:
    """What one exercise of one submission got.

    kind: "exercise", "prediction", "choice" or "essay".  score: None for an essay that nobody has read yet.
    status: "todo" (nothing handed in), "pass" or "fail"; an essay that waits for its reader is "todo" with score None.
    mistake: the name of the known mistake, or None.  answer: the student's code, value or text.
    question: as the student had it, if their figures are not the lesson's own.
    """

    name: str
    kind: str
    points: int
    score: float | None
    status: str
    message: str
    mistake: str | None = None
    answer: str = ""
    question: str = ""


@dataclass
class Graded:
    """One submission.

    submission: its path as given.  digest: changes when the file, the seed or the course changes.
    modified: when the file was last changed, in seconds since 1970; of two submissions of one student the later counts.
    sandbox: "bubblewrap" or "limits only".  flags: sentences for the instructor.
    problem: why the whole file cannot be graded, in one sentence, or None.
    owner: the student named inside the notebook.  origin, known_by, copies: see identity.py.
    handed_in: when, in seconds since 1970, if the platform says so, or 0.
    missing: modules that were not there where it was graded.  content: a digest of the file alone.  place, root: the
    absolute path of the file, and of the folder of them all.
    """

    student: str
    submission: str
    digest: str
    lesson: str
    seconds: float = 0.0
    sandbox: str = ""
    modified: float = 0.0
    handed_in: float = 0.0
    flags: list[str] = field(default_factory=list)
    exercises: list[Mark] = field(default_factory=list)
    problem: str | None = None
    owner: str = ""
    origin: str = ""
    known_by: str = "path"
    copies: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    content: str = ""
    place: str = ""
    root: str = ""


def write(graded: Graded, path: Path) -> None:
    """Keep it: whole or not at all, so that a run that is stopped leaves no half file."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    text = json.dumps(asdict(graded), indent=1, ensure_ascii=False) + "\n"
    # Half a letter, as "\ud800" in a notebook, has no bytes in UTF-8; with a backslash it is JSON for the same.
    half.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    half.replace(path)


def read(path: Path) -> Graded:
    """The Graded in a file. ValueError if the file holds something else."""
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Graded(**{**fields, "exercises": [Mark(**mark) for mark in fields["exercises"]]})
    except (TypeError, KeyError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no result of `grade`: {error}") from None


def read_all(folder: Path) -> list[Graded]:
    """All results in a folder, in the order of their file names; files that are no results are passed over."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(read(path))
        except ValueError:
            continue
    return found


def counting(graded: list[Graded], roster: Roster | None = None) -> list[Graded]:
    """One result for each student and lesson: that of the latest file."""
    return standing(graded, roster).counting
