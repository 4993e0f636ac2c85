"""Reads tables that people and spreadsheets write as CSV, in whatever encoding and with whatever separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from ..errors import InputError

WORKBOOK = b"PK\x03\x04"  # the first bytes of an .xlsx
MOST_BYTES = 20_000_000


def rows_of(file: Path, what: str) -> list[list[str]]:
    """The cells of each line that has something in it, without spaces around them.

    what: the table is, to say that it cannot be read: "The list of students".
    """
    try:
        rows = [[cell.strip() for cell in row] for row in _cells(_text(file, what))]
    except csv.Error as error:
        raise InputError(f"{what} {file} cannot be read: {error}.") from None
    return [row for row in rows if any(row)]


def records(file: Path, columns: Iterable[str], what: str) -> list[dict[str, str]]:
    """Each line below the first as {heading in small letters: cell}. InputError if one of these columns is missing."""
    head, *rows = rows_of(file, what) or [[]]
    headings = [heading.casefold() for heading in head]
    missing = [column for column in columns if column not in headings]
    if missing:
        raise InputError(f"{what} {file} needs in its first line: {', '.join(columns)}.")
    return [dict(zip(headings, [*row, *[""] * (len(headings) - len(row))])) for row in rows]


def decimal(text: str) -> float | None:
    """A number with a decimal point or comma, and perhaps a spreadsheet's apostrophe in front; None if it is none."""
    try:
        return float(text.strip().lstrip("'").replace(",", "."))
    except ValueError:
        return None


def _text(file, what):
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_BYTES)
    except OSError as error:
        raise InputError(f"{what} {file} cannot be read: {error.strerror}.") from None
    if data.startswith(WORKBOOK):
        raise InputError(f"{what} {file} is a workbook: save it as CSV, and give that.")
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(f"{what} {file} cannot be read: it is neither UTF-8 text nor a usual CSV.")


def _cells(text):
    """The separator is the one that is most often in the first line, outside of quotes; or what `sep=` says there."""
    text = text.lstrip("\r\n")
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep="):  # Excel's own way
        separator, text = first[4:5].strip() or ",", rest
    else:
        outside = "".join(first.split('"')[::2])
        separator = max(",;\t", key=outside.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
