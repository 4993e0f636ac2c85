"""The notebooks that were handed in, whose they are and of which lesson; `grade --help` has the rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from ...errors import InputError
from .file_names import file_part, folder_part, readable
from .folder_walk import Collected, collect
from .identity import Identity, NamePath, identify
from .roster import Roster
from .sections import sections

SUBMITTED = "submitted"  # the folder of a course in which nbgrader collects


@dataclass(frozen=True)
class Submission:
    """A file that was handed in.

    root: the folder that all were collected in.  names: in its path, those that may tell whose it is.  lesson: what the
    path says, None if it says nothing.  roster: the class, or None.
    """

    file: Path
    root: Path
    names: NamePath
    lesson: str | None = None
    roster: Roster | None = None

    def identity(self, owner="") -> Identity:
        """Whose it is. owner: the student named inside the notebook, once somebody has looked."""
        found = identify(self.names, self.roster, owner)
        return found if found.student else replace(found, student=readable(self.root.resolve().name))

    @property
    def student(self) -> str:
        """Whose it is, as far as the path can tell."""
        return self.identity().student

    @property
    def place(self) -> Path:
        """Where it lies, whatever folder the command was given in."""
        return place(self.file)


@dataclass
class HandedIn:
    """What was handed in. others: (path, what it is) of what is no notebook.  sections: folders of several students."""

    submissions: list[Submission] = field(default_factory=list)
    others: list[tuple[Path, str]] = field(default_factory=list)
    sections: set[tuple[str, ...]] = field(default_factory=set)


def find(paths, within=None, roster=None) -> list[Submission]:
    """All notebooks among these files and in these folders, each once. InputError if a path does not exist."""
    return handed_in(paths, within, roster).submissions


def handed_in(paths, within=None, roster=None, but=None) -> HandedIn:
    """The same, and what else lies there.

    within: the folder that all were collected in, if files are named one by one and their folders say whose they are.
    but: a folder that holds no submissions.
    """
    found = HandedIn()
    around = _Collection(_root(within), roster, but) if within else None
    for path in paths:
        if path.is_dir():
            collection = _Collection(_root(path), roster, but)
            files, found.others = collection.contents.notebooks, found.others + collection.contents.others
        elif path.is_file() or path.is_symlink():
            inside = around and place(path).is_relative_to(around.root.resolve())
            collection, files = around if inside else _Collection(path.parent, roster, alone=path), [path]
        else:
            raise InputError(f"There is no {path}.")
        found.sections |= collection.sections
        found.submissions += map(collection.submission, files)
    found.submissions = list({one.place: one for one in reversed(found.submissions)}.values())[::-1]
    found.others = list({place(path): (path, kind) for path, kind in found.others}.values())
    return found


class _Collection:
    """A folder in which submissions were collected. alone: the only one of its files that counts."""

    def __init__(self, root, roster=None, but=None, alone=None):
        self.root, self.roster = root, roster
        self.contents = Collected([alone]) if alone else collect(root, but)
        parts = [self._parts(file) for file in self.contents.notebooks]
        self.sections = sections([_telling(each) for each in parts], roster)

    def _parts(self, file):
        folders = place(file).relative_to(self.root.resolve()).parent.parts
        return (*map(folder_part, folders), file_part(file.stem))

    def submission(self, file):
        parts = self._parts(file)
        names, depth = _telling(parts), 0
        while depth < len(names) - 1 and tuple(part.text for part in names[: depth + 1]) in self.sections:
            depth += 1
        said = [part.lesson for part in parts if part.lesson]
        return Submission(file, self.root, NamePath(names[depth:]), said[-1] if said else None, self.roster)


def _telling(parts):
    """Without the folders that are named like a lesson, and nothing else."""
    return (*(part for part in parts[:-1] if part.usual.person or part.platform), parts[-1])


def _root(folder):
    return folder / SUBMITTED if (folder / SUBMITTED).is_dir() else folder


def place(file: Path) -> Path:
    """A file's absolute path. If it is a link, where the link lies."""
    return file.parent.resolve() / file.name
