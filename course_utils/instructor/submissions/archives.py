"""Unpacks the zips that were handed in, or that a platform gives out, where nothing in them can do harm.

Only plain notebooks come out, below a folder made for them, and no more than a class can have. What else is in a zip
is told by name, as it is of a folder.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import zipfile
from binascii import crc32
from datetime import datetime
from pathlib import Path

from .folder_walk import SUFFIX, is_passed_over

MOST_FILES, MOST_BYTES, LARGEST = 20_000, 4 * 10**9, 500 * 10**6  # of a zip; bytes of one notebook
ROOM = 10**9  # bytes that have to stay free on the disk
ODD = re.compile(r'[\\:*?"<>|\x00-\x1f]')
ENDING = re.compile(r"(\.ipynb)*\.zip$", re.I)  # left out of a folder's name: beside it there may be a notebook
FAILURES = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)


def is_archive(path: Path) -> bool:
    """Is it called a zip?"""
    return path.suffix.lower() == ".zip"


def unpack(archive: Path, into: Path) -> list[tuple[Path, str]]:
    """Write its notebooks below `into`, where nothing else stays; what is there as it is packed is left alone.

    A zip in it, as a student hands one in and a platform packs it, becomes a folder called like it; one in that stays
    out. Returns what stays out: (name, why, or "" for a file of another kind).
    """
    unpacking = _Unpacking(min(MOST_BYTES, shutil.disk_usage(into.parent).free - ROOM))
    if unpacking.take_out(archive, archive, into):
        for path in into.rglob("*"):
            if path.is_file() and path not in unpacking.kept:
                path.unlink()
    return unpacking.left_out


class _Unpacking:
    """room: bytes that may still be written.  files: how many may still be looked at.  kept: what was written."""

    def __init__(self, room):
        self.room, self.files, self.kept, self.left_out = room, MOST_FILES, set(), []

    def take_out(self, source, archive, into, within=False):
        """True if it could be read. source: a path or a file.  archive: what to call it.  within: it was in a zip."""
        try:
            with zipfile.ZipFile(source) as opened:
                members = [member for member in opened.infolist() if not member.is_dir()]
                if len(members) > self.files:
                    self._leave(archive, f"a zip of {len(members):,} files, more than a class hands in")
                    return False
                self.files -= len(members)
                for member in members:
                    self._take(opened, member, archive, into, within)
            return True
        except FAILURES as error:
            self._leave(archive, f"a zip that cannot be read: {error}")
            return False

    def _take(self, opened, member, archive, into, within):
        place = _place(member.filename)
        if place is None or stat.S_ISLNK(member.external_attr >> 16):
            name = member.filename.replace("\\", "/").rpartition("/")[2]
            self._leave(archive / ODD.sub("_", name), "leads out of its zip")
        elif any(map(is_passed_over, place.parts)):
            return
        elif place.suffix.lower() != SUFFIX and (within or not is_archive(place)):
            self._leave(archive / place, "")
        elif member.file_size > min(LARGEST, self.room):
            self._leave(archive / place, "too large to unpack")
        elif place.suffix.lower() != SUFFIX:
            with tempfile.TemporaryFile() as file, opened.open(member) as source:
                shutil.copyfileobj(source, file)
                self.room -= member.file_size
                folder = into / place.with_name(ENDING.sub("", place.name))
                self.take_out(file, archive / place, folder, within=True)
        else:
            self.room -= _write(opened, member, into / place)
            self.kept.add(into / place)

    def _leave(self, file, why):
        self.left_out.append((file, why))


def _place(name):
    """The path of a member below the folder; None if it would lie elsewhere."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        return None
    return Path(*(ODD.sub("_", part) for part in parts if part not in ("", ".")))


def _write(opened, member, path):
    """Its bytes, never more than it says that it has, with the time at which it was packed. Returns their number."""
    if path.is_file() and path.stat().st_size == member.file_size and crc32(path.read_bytes()) == member.CRC:
        return member.file_size
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(member) as source, open(path, "wb") as target:
        shutil.copyfileobj(source, target)
    try:
        packed = datetime(*member.date_time).timestamp()
        os.utime(path, (packed, packed))
    except (ValueError, OverflowError):
        pass
    return member.file_size
