"""Walks a folder of what was handed in: which files are notebooks, and which are not. Needs nothing but Python."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".ipynb"
# What systems and tools leave behind, and nobody hands in. What begins with a dot is passed over too.
LEFT_BEHIND = frozenset({"__macosx", "thumbs.db", "desktop.ini", "timestamp.txt", "__pycache__"})


@dataclass
class Collected:
    """What lies in a folder. notebooks: files, and links to files.  others: (path, what it is, "" for a plain file)."""

    notebooks: list[Path] = field(default_factory=list)
    others: list[tuple[Path, str]] = field(default_factory=list)


def collect(root: Path, but: Path | None = None) -> Collected:
    """Everything below a folder, in the order of the alphabet. Links to folders are not followed; nothing is opened.

    but: a folder that holds no submissions, such as the one for the results.
    """
    found, waiting = Collected(), [root]
    but = but and but.resolve()
    while waiting:
        folder = waiting.pop()
        entries = _entries(folder)
        if entries is None:
            found.others.append((folder, "a folder that cannot be read"))
            continue
        if not entries and folder.suffix.lower() == SUFFIX:
            found.others.append((folder, "an empty folder"))
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                if path.resolve() != but:
                    waiting.append(path)
            else:
                _sort_in(found, path, entry)
    found.notebooks.sort()
    found.others.sort()
    return found


def _entries(folder):
    """What a folder holds, without what nobody has handed in; None if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not is_passed_over(entry.name)]
    except OSError:
        return None


def is_passed_over(name: str) -> bool:
    """Is it a name that nothing has that was handed in?"""
    return name.startswith(".") or name.casefold() in LEFT_BEHIND


def _sort_in(found, path, entry):
    link = entry.is_symlink()
    if link and path.is_dir():
        found.others.append((path, "a link to a folder"))
    elif path.suffix.lower() == SUFFIX and (link or entry.is_file()):
        found.notebooks.append(path)
    else:
        found.others.append((path, "" if link or entry.is_file() else "no plain file"))
