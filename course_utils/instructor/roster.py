"""The list of a class."""

from __future__ import annotations

import csv

from ..errors import InputError
from .variants import same_name

HEADINGS = ("student", "students", "name", "names", "id", "user", "username", "login")


def roster(file) -> list[str]:
    """The names in the first column of a CSV file, or one on each line; a heading such as "student" is left out."""
    try:
        with open(file, newline="", encoding="utf-8-sig") as lines:
            names = [row[0].strip() for row in csv.reader(lines) if row and row[0].strip()]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"The list of students {file} cannot be read: {error}.") from None
    names = names[1:] if names and same_name(names[0]) in HEADINGS else names
    if not names:
        raise InputError(f"There is no name in the list of students {file}.")
    return names
