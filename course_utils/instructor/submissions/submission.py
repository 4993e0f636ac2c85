"""The notebooks that were handed in, whose they are and of which lesson; `grade --help` has the rules."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ...errors import InputError
from ..variants import same_name
from .archives import is_archive, unpack
from .file_names import file_part, folder_part, readable
from .folder_walk import Collected, collect
from .identity import BY_PERSON, Identity, NamePath, identify
from .roster import Roster
from .sections import sections

SUBMITTED = "submitted"  # the folder of a course in which nbgrader collects


@dataclass(frozen=True)
class Submission:
    """A file that was handed in.

    root: the folder that all were collected in.  names: in its path, those that may tell whose it is.  lesson: what the
    path says, None if it says nothing.  roster: the class, or None.  said: whose it is, if a person has said so.
    """

    file: Path
    root: Path
    names: NamePath
    lesson: str | None = None
    roster: Roster | None = None
    said: str = ""

    def identity(self, owner: str = "") -> Identity:
        """Whose it is. owner: the student named inside the notebook, once somebody has looked."""
        if self.said:
            note = f"{self.file.name} was matched with {self.said} by hand."
            return Identity(self.said, BY_PERSON, self.said, notes=(note,))
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


@dataclass(frozen=True)
class Other:
    """A file that is no notebook. kind: what it is, "" for a plain file.  student: whose it is, as its path says.

    root: the folder, or the zip, that it was collected in.
    """

    file: Path
    kind: str
    student: str
    root: Path


@dataclass
class HandedIn:
    """What was handed in. others: what is no notebook.  sections: folders of several students.

    roots: the folders and zips that were looked through.
    """

    submissions: list[Submission] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    sections: set[tuple[str, ...]] = field(default_factory=set)
    roots: list[Path] = field(default_factory=list)


def find(paths: Iterable[Path], within: Iterable[Path] = (), roster: Roster | None = None) -> list[Submission]:
    """All notebooks among these files and in these folders, each once. InputError if a path does not exist."""
    return handed_in(paths, within, roster).submissions


def handed_in(
    paths: Iterable[Path],
    within: Iterable[Path] = (),
    roster: Roster | None = None,
    but: Path | None = None,
    unpacked: Path | None = None,
    matches: Mapping[str, str] | None = None,
    named: Iterable[str] = (),
) -> HandedIn:
    """The same, and what else lies there.

    within: the folders that all were collected in, if files are named one by one and their folders say whose they are.
    but: a folder that holds no submissions.  unpacked: a folder for what is in zips; they stay closed without one.
    matches: {place of a file: whose it is}, as a person says.  named: folders of several students, as a person says.
    """
    found = HandedIn()
    known = _Known(roster, frozenset(map(same_name, named)))
    around = [_Collection(_root(folder), known, but) for folder in within]
    for path in paths:
        if unpacked and path.is_file() and is_archive(path):
            folder = unpacked / f"{path.stem}.{_mark(path)}"
            found.roots.append(path)
            _add_zips(found, {path: folder}, folder, path, known)
        elif path.is_dir():
            _add_folder(found, _Collection(_root(path), known, but), unpacked)
        elif path.is_file() or path.is_symlink():
            fitting = (one for one in around if place(path).is_relative_to(one.root.resolve()))
            collection = next(fitting, None) or _Collection(path.parent, known, alone=path)
            found.submissions.append(collection.submission(path))
            found.sections |= collection.sections
        else:
            raise InputError(f"There is no {path}.")
    found.submissions = list({one.place: one for one in reversed(found.submissions)}.values())[::-1]
    if matches:
        found.submissions = [replace(one, said=matches.get(str(one.place), "")) for one in found.submissions]
    found.others = list({place(one.file): one for one in reversed(found.others)}.values())[::-1]
    return found


def _add_folder(found, collection, unpacked):
    """unpacked: where the zips in it are opened, each as a folder called like it where it lay, or None."""
    zips = [path for path, kind in collection.contents.others if unpacked and is_archive(path) and not kind]
    others = [(path, kind) for path, kind in collection.contents.others if path not in zips]
    found.roots.append(collection.root)
    found.submissions += map(collection.submission, collection.contents.notebooks)
    found.sections |= collection.sections
    found.others += [Other(path, kind, collection.whose(path), collection.root) for path, kind in others]
    if zips:
        root = collection.root.resolve()
        mirror = unpacked / f"{root.name}.{_mark(root)}"
        inner = {path: mirror / place(path).relative_to(root).with_suffix("") for path in zips}
        _add_zips(found, inner, mirror, collection.root, collection.known)


def _add_zips(found, zips, mirror, root, known):
    """zips: {zip: the folder for what is in it}.  mirror: the folder of all these.  root: where the zips lie."""
    left_out = []
    for archive, folder in zips.items():
        folder.mkdir(parents=True, exist_ok=True)
        left_out += [(file, kind, folder / file.relative_to(archive)) for file, kind in unpack(archive, folder)]
    for path in mirror.rglob("*"):
        if path.is_file() and not any(path.is_relative_to(folder) for folder in zips.values()):
            path.unlink()  # it was in a zip that has gone
    collection = _Collection(mirror, known)
    found.submissions += map(collection.submission, collection.contents.notebooks)
    found.sections |= collection.sections
    found.others += [Other(file, kind, collection.whose(inside), root) for file, kind, inside in left_out]


@dataclass(frozen=True)
class _Known:
    """What a person has told: the class, or None, and the names of folders of several students."""

    roster: Roster | None
    named: frozenset[str]


class _Collection:
    """A folder in which submissions were collected. alone: the only one of its files that counts."""

    def __init__(self, root, known, but=None, alone=None):
        self.root, self.known = root, known
        self.contents = Collected([alone]) if alone else collect(root, but)
        parts = [self._parts(file) for file in self.contents.notebooks]
        self.sections = sections([_telling(each) for each in parts], known.roster, known.named)

    def whose(self, path):
        """The student in whose place a file lies; "" of the folder itself."""
        return "" if place(path) == self.root.resolve() else self.submission(path).student

    def _parts(self, file):
        folders = place(file).relative_to(self.root.resolve()).parent.parts
        return (*map(folder_part, folders), file_part(file.stem))

    def submission(self, file):
        parts = self._parts(file)
        names, depth = _telling(parts), 0
        while depth < len(names) - 1 and tuple(part.text for part in names[: depth + 1]) in self.sections:
            depth += 1
        said = [part.lesson for part in parts if part.lesson]
        return Submission(file, self.root, NamePath(names[depth:]), said[-1] if said else None, self.known.roster)


def _telling(parts):
    """Without the folders that are named like a lesson, and nothing else."""
    return (*(part for part in parts[:-1] if part.usual.person or part.platform), parts[-1])


def _root(folder):
    return folder / SUBMITTED if (folder / SUBMITTED).is_dir() else folder


def place(file: Path) -> Path:
    """A file's absolute path. If it is a link, where the link lies."""
    return file.parent.resolve() / file.name


def _mark(path):
    """Two zips of one name in different places stay two."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]


def collected_by_nbgrader(file: Path) -> float:
    """When it was handed in, in seconds since 1970, as nbgrader writes it into timestamp.txt beside it; or 0."""
    try:
        day, time, *zone = (file.parent / "timestamp.txt").read_text(encoding="utf-8")[:100].split()
        when = datetime.fromisoformat(f"{day} {time}")
        return when.replace(tzinfo=when.tzinfo or (ZoneInfo(zone[0]) if zone else None)).timestamp()
    except (OSError, ValueError, KeyError):
        return 0.0
