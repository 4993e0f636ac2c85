"""The notebooks that were handed in, whose they are and of which lesson; `grade --help` has the rules."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ...errors import InputError
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
            return Identity(self.said, BY_PERSON, self.said)
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


def handed_in(paths, within=None, roster=None, but=None, unpacked=None, matches=None) -> HandedIn:
    """The same, and what else lies there.

    within: the folder that all were collected in, if files are named one by one and their folders say whose they are.
    but: a folder that holds no submissions.  unpacked: a folder for what is in zips; they stay closed without one.
    matches: {place of a file: whose it is}, as a person says.
    """
    found = HandedIn()
    paths = [*paths]
    around = _Collection(_root(within), roster, but) if within else None
    for path in paths:
        if unpacked and path.is_file() and is_archive(path):
            folder = unpacked / f"{path.stem}.{_mark(path)}"
            _unpack(path, folder, found)
            paths.append(folder)
        elif path.is_dir():
            collection = _Collection(_root(path), roster, but)
            if unpacked and (inner := _unpack_all(collection, unpacked, found)):
                paths.append(inner)
            files, found.others = collection.contents.notebooks, found.others + collection.contents.others
        elif path.is_file() or path.is_symlink():
            inside = around and place(path).is_relative_to(around.root.resolve())
            collection, files = around if inside else _Collection(path.parent, roster, alone=path), [path]
        else:
            raise InputError(f"There is no {path}.")
        found.sections |= collection.sections
        found.submissions += map(collection.submission, files)
    found.submissions = list({one.place: one for one in reversed(found.submissions)}.values())[::-1]
    if matches:
        found.submissions = [replace(one, said=matches.get(str(one.place), "")) for one in found.submissions]
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


def _unpack_all(collection, unpacked, found):
    """The zips in a folder, each into a folder called like it, where it lay. Returns the folder of them all or None."""
    zips = [path for path, kind in collection.contents.others if is_archive(path) and not kind]
    collection.contents.others = [other for other in collection.contents.others if other[0] not in zips]
    root = collection.root.resolve()
    mirror = unpacked / f"{root.name}.{_mark(root)}"
    for path in zips:
        _unpack(path, mirror / place(path).relative_to(root).with_suffix(""), found)
    return mirror if zips and mirror.is_dir() else None


def _unpack(path, folder, found):
    folder.mkdir(parents=True, exist_ok=True)
    found.others += unpack(path, folder)


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
