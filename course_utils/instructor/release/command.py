"""Write the notebooks to hand out: blank, with points, from the same lessons and exercises that learners use.

    assign 02 03 --out handout --course "NLP 101" --due "Friday 4 December, 18:00"
        handout/02_softmax_attention.ipynb, handout/03_multi_head.ipynb: the same for everybody

    assign 02 --out handout --students class.csv --variant SECRET
        handout/NAME/02_softmax_attention.ipynb: each student's own, with other numbers in the questions that ask for
        one. `grade --variant SECRET` computes the same numbers again from the name, so the names must stay as they are.

    assign 02 --out course --nbgrader --seed N
        course/source/…, course/nbgrader_config.py: what `nbgrader generate_assignment` takes. Its hidden tests are the
        course's own checks on the numbers of the seed; written answers are marked for grading by hand. With --plan, the
        points are the plan's.

    assign --print-plan >plan.toml
    assign --plan plan.toml --out handout
        the plan's lessons, with its points and dates; `grade` and `report` read the same file.

What a full answer to a written question says is left out, and so are all outputs. The solutions of a public course are
public all the same: `show_solution` shows them. The report says whose longer answers are the same code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from ...errors import InputError
from .. import lessons
from ..plan import add_plan_argument, default_plan, plan_asked_for
from ..submissions.class_list import add_list_arguments, asked_for
from ..submissions.file_names import folder_part, is_reserved
from ..submissions.folder_walk import is_passed_over
from ..submissions.submission import SUBMITTED
from ..variants import same_name
from ..wording import counted, points
from . import nbgrader_source, own_exercises
from .handout import Course, handout, points_of

NOT_IN_A_FILE_NAME = frozenset('/\\:*?"<>|') | frozenset(map(chr, range(32)))
LONGEST_NAME = 200  # bytes of a folder's name, which may have 255


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("lessons", nargs="*", metavar="LESSON", help="for example 02, or 02_softmax_attention; else those of the plan")
    add("--out", type=Path, metavar="DIR", help="where to write them; no file is written over")
    add_plan_argument(parser, "lessons, exercises, points, dates and name of the course")
    add("--print-plan", action="store_true", help="print a plan with all that there is, to cut down")
    add("--course", default="", metavar="NAME", help="stands at the top of each notebook")
    add("--due", default="", metavar="WHEN", help="so does this, in your own words")
    add_list_arguments(parser, "a copy for each")
    add("--variant", metavar="SEED", help="secret: gives each student their own numbers in the questions")
    add("--nbgrader", action="store_true", help="write a source tree for nbgrader")
    add("--seed", type=int, metavar="N", help="with --nbgrader, secret: the numbers its hidden tests try answers on")


def run(options: argparse.Namespace) -> int:
    """Write them. Exit status 0, or 2 if it cannot be done; after a wrong use nothing has been written."""
    if options.print_plan:
        print(default_plan(), end="")
        return 0
    try:
        _refuse_what_does_not_go_together(options)
        plan = plan_asked_for(options)
        wanted = list(dict.fromkeys(map(lessons.known, options.lessons or plan.points)))
        class_list = asked_for(options)
        students = folders_of(class_list.names, options.students) if class_list else [None]
        files = {_path(lesson, student, options): (lesson, student) for lesson in wanted for student in students}
        _refuse_to_write_over(files)
        own_exercises.prove(name for lesson in wanted for name in own_exercises.asked_in(lesson))
        _write(files, options, plan)
    except InputError as problem:
        print(f"assign: {problem}", file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"assign: {problem.filename} cannot be written: {problem.strerror}.", file=sys.stderr)
        return 2
    print(_said(wanted, students, options, plan))
    return 0


def _write(files, options, plan):
    """files: {path: (lesson, student)}. Beside a lesson that asks own exercises, their modules."""
    for path, (lesson, student) in files.items():
        lessons.write(_notebook(lesson, student, options, plan), path)
        if own_exercises.asked_in(lesson):
            own_exercises.pass_on(path.parent)
    if options.nbgrader:
        nbgrader_source.write_config(options.out)


def _path(lesson, student, options):
    """Where a notebook goes. student: whose copy it is, None if everybody gets the same."""
    if options.nbgrader:
        return nbgrader_source.place(lesson, options.out)
    return (options.out if student is None else options.out / student) / f"{lesson}.ipynb"


def _course(lesson, options, plan):
    """What the command line says, or else the plan."""
    due = plan.due.get(lesson)
    when = options.due or (f"{due:%A} {due.day} {due:%B %Y, %H:%M}" if due else "")
    return Course(options.course or plan.course, when, plan.points.get(lesson))


def _notebook(lesson, student, options, plan):
    course = _course(lesson, options, plan)
    notebook = handout(lesson, course, student, options.variant)
    return nbgrader_source.with_hidden_tests(notebook, options.seed, course.worth) if options.nbgrader else notebook


def _refuse_what_does_not_go_together(options):
    if options.nbgrader and (options.students or options.variant is not None):
        raise InputError("nbgrader gives everybody one notebook: --nbgrader goes without --students and --variant.")
    if not options.out:
        raise InputError("Say where to write the notebooks: --out DIR.")
    if not options.lessons and not options.plan:
        raise InputError("Say which lessons, for example 02 03, or give a plan of them: --plan FILE.")
    if options.nbgrader and options.seed is None:
        raise InputError("--nbgrader needs --seed N, your secret: the numbers that its hidden tests try answers on.")
    if options.seed is not None and not options.nbgrader:
        raise InputError("--seed goes with --nbgrader only; nothing secret is handed out, and `grade` takes the seed.")
    if options.variant is not None and not options.students:
        raise InputError("--variant needs --students FILE, the list of those who get numbers of their own.")


def folders_of(names: Iterable[str], file: Path) -> list[str]:
    """The names in a list's file; InputError if one of them can be no folder's name, or is there twice."""
    seen = {}
    for name in names:
        if same_name(name) in seen:
            raise InputError(f"{seen[same_name(name)]!r} and {name!r} in {file} are one name: tell them apart there.")
        seen[same_name(name)] = name
        odd = sorted(NOT_IN_A_FILE_NAME & set(name))
        if odd or not _can_be_a_folder(name):
            why = f", because of its {odd[0]!r}" if odd else ""
            raise InputError(f"{name!r} in {file} cannot be the name of a student's folder{why}: change it there.")
    return list(seen.values())


def _can_be_a_folder(name):
    """Every system takes it, and `grade` reads this very name off it again, with or without a list."""
    short = len(name.encode()) <= LONGEST_NAME and name == name.strip(". ")
    kept = is_reserved(name) or is_passed_over(name) or name.casefold() == SUBMITTED
    part = folder_part(name)
    return short and not kept and not part.platform and part.usual.person == name


def _refuse_to_write_over(paths):
    """What is there could be what a student has handed in, or the course's own lesson."""
    there = [path for path in paths if path.exists()]
    if there:
        more = f", and {len(there) - 1} more" if there[1:] else ""
        raise InputError(f"{there[0]} is there already{more}: remove it, or give another --out.")


def _said(wanted, students, options, plan):
    copies = "" if students == [None] else f", a copy for each of {counted(len(students), 'student')}"
    all_points = {lesson: points(points_of(lesson, _course(lesson, options, plan))) for lesson in wanted}
    lines = [f"{lesson}: {counted(number, 'point')}" for lesson, number in all_points.items()]
    return "\n".join([*lines, f"in {options.out}{copies}"])
