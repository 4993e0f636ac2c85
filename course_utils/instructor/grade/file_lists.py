"""Lists of what was handed in, a few files each: for programs that start `grade` once for each list, as Snakemake."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ...errors import InputError
from ..submissions.submission import HandedIn
from .submission_grader import version

FOLDER = "batches"  # in the folder of the results


def write(found: HandedIn, out: Path, size: int) -> None:
    """Write lists of so many files as out/batches/0.json and so on, each only if it is another one now.

    A list changes when one of its files does, or the course, or an exercise.
    """
    folder, files = out / FOLDER, sorted(found.submissions, key=lambda one: str(one.file))
    folder.mkdir(parents=True, exist_ok=True)
    lists = [files[start : start + size] for start in range(0, len(files), size)]
    for number, ones in enumerate(lists):
        text = json.dumps({"version": version().hex(), "files": [_told(one) for one in ones]}, indent=1)
        path = folder / f"{number}.json"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in folder.glob("*.*"):
        if path.stem.isdecimal() and int(path.stem) >= len(lists):
            path.unlink()


def _told(one):
    seen = one.file.lstat()
    return {"file": str(one.file), "root": str(one.root), "seen": [seen.st_mtime_ns, seen.st_size]}


def read(file: Path) -> tuple[list[Path], list[Path]]:
    """(the files in a list, without those that are gone; the folders in which they were collected)."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))["files"]
        there = [one for one in told if os.path.lexists(one["file"])]
        return [Path(one["file"]) for one in there], list(dict.fromkeys(Path(one["root"]) for one in there))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(f"The list of files {file} cannot be read: {error}.") from None
