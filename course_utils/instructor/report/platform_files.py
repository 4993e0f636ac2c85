"""What goes back to the learning platform: its own list with points behind it, and feedback where it looks for it.

Canvas takes its gradebook export with new columns (the line "Points Possible" says how many there are). Moodle's grade
import takes any list whose rows it can tell by number or address, its assignments a worksheet with the columns Grade
and Feedback comments, and a zip of feedback files in the folders that its own download has.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..results import Graded
from ..submissions.class_list import ClassList
from ..submissions.file_names import folder_part
from ..variants import same_name
from ..wording import lesson_title
from .gradebook import lessons_of, plain, total, write_csv


def write(out: Path, results: list[Graded], students: ClassList | None, pages: Mapping[str, Path]) -> None:
    """All of it, as far as the list has what it takes. pages: {student: their feedback page}."""
    by_student: dict[str, list[Graded]] = {}
    for one in results:
        by_student.setdefault(same_name(one.student), []).append(one)
    lessons = lessons_of(results)
    write_csv(_mail(by_student, students, pages, lessons), out / "mail.csv")
    if students and students.headings:
        write_csv(_totals(by_student, students, lessons), out / "totals.csv")
        if _is_worksheet(students):
            for lesson, most in lessons.items():
                write_csv(_worksheet(by_student, students, lesson, most), out / f"worksheet_{lesson[:2]}.csv")
    for lesson in lessons:
        _write_moodle_zip(out / f"moodle_{lesson[:2]}.zip", [one for one in results if one.lesson == lesson], pages)


def _mail(by_student, students, pages, lessons):
    """For a mail merge: one line for each student who has a page."""
    address = {same_name(one.name): one.email for one in students.students} if students else {}
    rows = [["student", "email", *lessons, "total", "page"]]
    for student, page in sorted(pages.items(), key=lambda pair: pair[0].casefold()):
        theirs = by_student.get(same_name(student), [])
        sums = [total(theirs, lesson) for lesson in lessons]
        rows.append([plain(student), plain(address.get(same_name(student), "")), *sums, total(theirs), page.name])
    return rows


def _totals(by_student, students, lessons):
    """The list as it came, cell by cell, and a column for each lesson; an empty cell where nothing was handed in."""
    rows = [[*students.headings, *map(lesson_title, lessons)]]
    if students.possible:
        rows.append([*students.possible, *lessons.values()])
    for student in students.students:
        theirs = by_student.get(same_name(student.name), [])
        cells = [cell for _, cell in student.row]
        cells += [""] * (len(students.headings) - len(cells))
        there = {one.lesson for one in theirs}
        rows.append([*cells, *(total(theirs, lesson) if lesson in there else "" for lesson in lessons)])
    return rows


def _is_worksheet(students):
    return {"identifier", "grade"} <= {same_name(heading) for heading in students.headings}


def _worksheet(by_student, students, lesson, most):
    """Moodle's worksheet with the columns Grade, Maximum Grade and Feedback comments filled in."""
    rows = [list(students.headings)]
    for student in students.students:
        row = dict(student.row)
        theirs = [one for one in by_student.get(same_name(student.name), []) if one.lesson == lesson]
        comments = " ".join(f"{mark.name}: {mark.message}" for one in theirs for mark in one.exercises)
        filled = {"grade": total(theirs) if theirs else "", "maximum grade": most, "feedback comments": plain(comments)}
        rows.append([filled.get(same_name(heading), row.get(heading, "")) for heading in students.headings])
    return rows


def _write_moodle_zip(path, results, pages):
    """The feedback of those whose submission lies in a folder of Moodle's; nothing if there are none."""
    places = {folder: pages[one.student] for one in results if (folder := _moodle_folder(one))}
    if places:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for folder, page in sorted(places.items()):
                archive.write(page, f"{folder}/feedback.html")


def _moodle_folder(one):
    return next((name for name in Path(one.place).parts if folder_part(name).platform == "Moodle"), None)
