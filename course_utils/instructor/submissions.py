"""Finds the notebooks that were handed in, whose they are and of which lesson; `grade --help` has the rules."""

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

    @property
    def place(self) -> Path:
        """Where it lies, whatever folder the command was given in. If it is a link, where the link lies."""
        return self.file.parent.resolve() / self.file.name


def find(paths, within=None) -> list[Submission]:
    """All notebooks among these files and in these folders, each once. InputError if a path does not exist.

    within: the folder that all were collected in, if files are named one by one and their folders say whose they are.
    """
    found = {}
    for path in paths:
        if path.is_dir():
            root = _root(path)
            new = [_submission(file, root) for file in sorted(root.rglob("*")) if _is_notebook(file, root)]
        elif path.is_file():
            inside = within and path.parent.resolve().is_relative_to(_root(within).resolve())
            new = [_submission(path, _root(within) if inside else None)]
        else:
            raise InputError(f"There is no {path}.")
        for submission in new:
            found.setdefault(submission.place, submission)
    return list(found.values())


def _root(folder):
    return folder / "submitted" if (folder / "submitted").is_dir() else folder


def _is_notebook(file, root):
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)  # .ipynb_checkpoints, for one
    return file.suffix.lower() == ".ipynb" and not hidden and (file.is_file() or file.is_symlink())


def _submission(file, root):
    """root: the folder in which it was found, None for a file that was named itself."""
    folder = file.parent.resolve()
    home = root.resolve() if root else folder
    parts = [_without_lesson(_plain(part)) for part in (*folder.relative_to(home).parts, file.stem)]
    students = [student for student, _ in parts if student]
    said = [lesson for _, lesson in parts if lesson]
    return Submission(file, students[0] if students else _plain(home.name), said[-1] if said else None)


def _plain(name):
    """One spelling for each letter, and a question mark for each byte that is no letter in UTF-8."""
    return unicodedata.normalize("NFC", name).encode(errors="replace").decode()


def _without_lesson(text):
    """(what is left, lesson): takes the name of a lesson out of a file's name, and the marks of a second download."""
    text = COPY.sub("", text)
    for lesson in lessons():
        found = re.search(re.escape(lesson), text, re.IGNORECASE)
        if found:
            rest = text[: found.start()].rstrip(EDGES) + " " + text[found.end() :].lstrip(EDGES)
            return re.sub(r"^\s*-?\d{1,2}$", "", COPY.sub("", rest)).strip(EDGES), lesson
    return text.strip(EDGES), None
