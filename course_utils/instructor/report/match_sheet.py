"""The sheet for files of nobody on the list: a person says in it whose they are, and `grade --matches` reads that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...errors import InputError
from ..results import Graded
from ..tables import records
from .gradebook import plain, write_csv

HEADER = ["file", "seen as", "student"]


def write(strangers: Iterable[Graded], path: Path) -> None:
    """A line for each of these results, after those that a person has filled in; no sheet if there is no line.

    A sheet that cannot be read may be somebody's work and is left alone.
    """
    try:
        written = records(path, HEADER, "The sheet of matches") if path.exists() else []
    except InputError:
        return
    filled_in = {row["file"]: [row[heading] for heading in HEADER] for row in written if row["student"]}
    new = [[one.place, plain(one.student), ""] for one in strangers if one.place not in filled_in]
    if filled_in or new:
        write_csv([HEADER, *filled_in.values(), *new], path)
    else:
        path.unlink(missing_ok=True)
