"""Reads the list of a class as platforms and spreadsheets export it: which columns hold names, numbers, addresses.

Moodle:      First name, Last name or Surname, ID number, Email address, Groups; or Identifier, Full name, ...
Canvas:      Student, ID, SIS User ID, SIS Login ID, Section, and a line "Points Possible"
Blackboard:  Last Name, First Name, Username, Student ID
Others:      one name a line, or a CSV whose first line says which column is which, in one of a few languages
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import InputError
from ..tables import rows_of
from ..variants import same_name
from ..wording import counted, printable, some
from .file_names import readable
from .roster import Roster

# What a column may be called, as `same_name` writes it. The first that is there is meant.
NAME = (
    "student", "students", "name", "names", "full name", "student name", "display name", "vollständiger name",
    "nom complet", "nombre completo", "姓名", "user", "login",
)  # fmt: skip
FIRST = ("first name", "firstname", "given name", "forename", "vorname", "prénom", "prenom", "nombre", "nome", "名")
SURNAME = (
    "last name", "lastname", "surname", "family name", "nachname", "nom", "apellido", "apellido(s)", "cognome", "姓",
)  # fmt: skip
NUMBER = (
    "id number", "student id", "sis user id", "id", "matrikelnummer", "orgdefinedid", "identifier", "学号", "username",
    "sis login id",
)  # fmt: skip
EMAIL = ("email address", "email", "e-mail", "e-mail address", "mail", "e-mail-adresse", "邮箱")
SECTION = ("section", "sections", "group", "groups", "gruppe", "gruppen")
NO_STUDENTS = ("points possible", "student, test", "test, student", "test student")  # Canvas' lines of its own
MOST_NAMED = 3


@dataclass(frozen=True)
class Student:
    """One of the class. number: the platform's or university's.  row: the whole line of the list, by heading."""

    name: str
    number: str = ""
    email: str = ""
    section: str = ""
    row: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ClassList:
    """students: each with a name of their own.  said: what was understood, in a sentence.

    headings: of all columns, nothing if the list has none.  possible: Canvas' line "Points Possible", if it is there.
    """

    students: tuple[Student, ...]
    said: str
    headings: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [student.name for student in self.students]

    @property
    def roster(self) -> Roster:
        """The names and all numbers, to find whose a file is."""
        return Roster(self.names, {one.name: _numbers(one) for one in self.students})


def read_class_list(file: Path, columns: tuple[str, ...] = ()) -> ClassList:
    """The class in a file. columns: headings of the one or more that the name is in; else they are found out.

    InputError if the file cannot be read, or which columns are meant cannot be told; it says what it would need.
    """
    rows = [[readable(cell) for cell in row] for row in rows_of(file, "The list of students")]
    if not rows:
        raise InputError(f"There is no name in the list of students {file}.")
    found = _Columns(rows[0], columns, file)
    students = [student for row in rows[found.has_headings :] if (student := found.student(row))]
    if not students:
        raise InputError(f"There is no name in the list of students {file}.")
    students = tuple(_told_apart(students))
    named = some([one.name for one in students], MOST_NAMED)
    said = f"{counted(len(students), 'student')}: {named}{found.said}."
    possible = next((row for row in rows if same_name(row[0]) == "points possible"), ())
    return ClassList(students, said, tuple(rows[0]) if found.has_headings else (), tuple(possible))


class _Columns:
    """Which column is which. said: what the instructor is told of it."""

    def __init__(self, headings, wanted, file):
        self.headings, keys = headings, [same_name(heading) for heading in headings]
        self.names = self._wanted(keys, wanted, file) if wanted else _name_columns(keys)
        self.has_headings = bool(wanted or self.names)
        self.number, self.email, self.section = (
            _first(keys, known, self.names) if self.has_headings else None for known in (NUMBER, EMAIL, SECTION)
        )
        if not self.names:  # a list of names, or of names and what nobody said
            self.names = self._of_numbers(keys, file)
        self.said = self._what_was_understood()

    def _wanted(self, keys, wanted, file):
        missing = [column for column in wanted if same_name(column) not in keys]
        if missing:
            there = ", ".join(filter(None, self.headings))
            raise InputError(f"{file} has no column {missing[0]!r}; its first line says: {there}.")
        return [keys.index(same_name(column)) for column in wanted]

    def _of_numbers(self, keys, file):
        """The first column, or that of numbers if the headings know no other."""
        if (number := _first(keys, NUMBER, [])) is not None:
            self.has_headings = True
            return [number]
        known = [key for key in keys if key in {*EMAIL, *SECTION, *FIRST, *SURNAME}]
        if known:
            there = ", ".join(filter(None, self.headings))
            raise InputError(f"Which column of {file} holds the names? Say --column; there are: {there}.")
        return [0]

    def _what_was_understood(self):
        if not self.has_headings:
            return ""
        carried = [self.headings[at] for at in (self.number, self.email, self.section) if at is not None]
        names = " and ".join(self.headings[at] for at in self.names)
        return f" (names from {names}" + (f"; kept beside them: {', '.join(carried)}" if carried else "") + ")"

    def student(self, row):
        """The student in a line, None if it is none's."""

        def cell(at):
            return row[at] if at is not None and at < len(row) else ""

        name = " ".join(filter(None, map(cell, self.names)))
        if not name or same_name(name) in NO_STUDENTS:
            return None
        kept = tuple(zip(self.headings, row)) if self.has_headings else ()
        return Student(name, cell(self.number), cell(self.email), cell(self.section), kept)


def _numbers(student):
    """Moodle's "Participant 12" is the 12 in the names of its folders."""
    cells = [cell for heading, cell in student.row if same_name(heading) in NUMBER]
    return frozenset(cell.removeprefix("Participant ") for cell in cells if cell)


def _name_columns(keys):
    first, surname = _first(keys, FIRST, []), _first(keys, SURNAME, [])
    if first is not None and surname is not None:
        return [first, surname]
    name = _first(keys, NAME, [])
    return [] if name is None else [name]


def _first(keys, known, taken):
    """Where the likeliest of these headings stands; None if none is there."""
    return next((keys.index(key) for key in known if key in keys and keys.index(key) not in taken), None)


def _told_apart(students):
    """Two of one name get their numbers behind it, as "Smith, John (10004)"."""
    counts = Counter(same_name(student.name) for student in students)
    for student in students:
        twice = counts[same_name(student.name)] > 1 and student.number
        yield replace(student, name=f"{student.name} ({student.number})") if twice else student


def add_list_arguments(parser: argparse.ArgumentParser, use: str) -> None:
    """What every command asks about the list. use: what it is good for there."""
    add = parser.add_argument
    add("--students", type=Path, metavar="FILE", help=f"list of the class, one name a line or a CSV: {use}")
    add("--column", nargs="+", default=(), metavar="HEADING", help="the columns of names in it, if they are not found")


def asked_for(options: argparse.Namespace) -> ClassList | None:
    """The list that was named on the command line, and what was understood of it is said; None if there is none."""
    if options.students is None:
        if options.column:
            raise InputError("--column goes with --students FILE, the list that it is a column of.")
        return None
    found = read_class_list(options.students, tuple(options.column))
    print(printable(found.said), file=sys.stderr)
    return found
