"""Finds the notebooks that were handed in, and whose they are.

    anna.ipynb, anna_02_softmax_attention.ipynb       the file's name, without the lesson's
    anna/02_softmax_attention.ipynb, anna/x.ipynb     the folder's name
    submitted/anna/02_softmax_attention/x.ipynb       nbgrader's folders
    02_softmax_attention/anna.ipynb                   a folder that is named like a lesson is no student

Which lesson it is says the name of the file or of a folder, if it holds a lesson's whole name; else the contents say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from .lessons import lessons

# What browsers, systems and learning platforms add to a second file of one name: " (1)", "-Copy1", " - Copy".
COPY = re.compile(r"([ _-]*(\(\d+\)|-\s*copy(\s*\(?\d*\)?)|copy ?\d*))+$", re.IGNORECASE)
EDGES = " _-.–"


@dataclass(frozen=True)
class Submission:
    """A file that was handed in. lesson: what its name says, None if it says nothing."""

    file: Path
    student: str
    lesson: str | None


def find(paths) -> list[Submission]:
    """All notebooks among these files and in these folders, each once. InputError if a path does not exist."""
    found = {}
    for path in paths:
        if path.is_dir():
            root = path / "submitted" if (path / "submitted").is_dir() else path
            files = [(file, root) for file in sorted(root.rglob("*")) if _is_notebook(file, root)]
        elif path.exists():
            files = [(path, None)]
        else:
            raise InputError(f"There is no {path}.")
        for file, root in files:
            found.setdefault(file.resolve(), _submission(file, root))
    return list(found.values())


def _is_notebook(file, root):
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)  # .ipynb_checkpoints, for one
    return file.suffix.lower() == ".ipynb" and not hidden and file.is_file()


def _submission(file, root):
    """root: the folder in which it was found, None for a file that was named itself."""
    stem = unicodedata.normalize("NFC", file.stem)
    folders = [unicodedata.normalize("NFC", part) for part in file.relative_to(root).parts[:-1]] if root else []
    rest, lesson = _without_lesson(stem)
    if lesson is None:
        lesson = next((_without_lesson(part)[1] for part in reversed(folders) if _without_lesson(part)[1]), None)
    students = [part for part in folders if part not in lessons()]
    home = file.resolve().parent if root is None else root.resolve()
    return Submission(file, students[0] if students else rest or home.name, lesson)


def _without_lesson(text):
    """(what is left, lesson): takes the name of a lesson out of a file's name, and the marks of a second download."""
    text = COPY.sub("", text)
    for lesson in lessons():
        start = text.casefold().find(lesson)
        if start >= 0:
            rest = text[:start].rstrip(EDGES) + " " + text[start + len(lesson) :].lstrip(EDGES)
            return re.sub(r"^\s*-?\d{1,2}$", "", COPY.sub("", rest)).strip(EDGES), lesson
    return text.strip(EDGES), None
