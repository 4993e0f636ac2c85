"""Grade notebooks: one in, one JSON file out. Students' code runs apart from the machine, the answers and each other.

SUBMISSION is a notebook or a folder. Whose a notebook is, its path says:
    anna.ipynb, anna_02_softmax_attention.ipynb     the file's name, without the lesson's
    anna/02_softmax_attention.ipynb, anna/x.ipynb   the folder's name
    submitted/anna/02_softmax_attention/x.ipynb     nbgrader's folders
    02_softmax_attention/anna.ipynb                 a folder named like a lesson is no student
    section_A/anna/x.ipynb, section_A/anna.ipynb    nor is one of a section or a tutor (found out, or named: --section)
    Jane Doe_12345_assignsubmission_file_/x.ipynb   what Moodle, Canvas, Blackboard, Gradescope and ILIAS make of names
A student is who --students says: "Doe, Jane" and Canvas' "doejane" are the Jane Doe of the list. Where path and list do
not know each other, it is the student to whom the notebook was handed out. "x (1).ipynb" and "x - Copy.ipynb" are later
copies of x; of folders such a number is never taken off, so that Smith (1) and Smith (2) stay two.
Which lesson it is, --lesson says; else the name of the file or folder, if a lesson's whole name is in it; else the
contents.

The answers are taken out of the notebook, whatever has become of its cells, and run with new numbers in a sandbox
(bubblewrap, on Linux: no network, no files) under limits of time, memory and processes. What they give back is compared
outside it, so that nothing in a notebook can change a verdict. Without bubblewrap nothing is graded, unless
`--sandbox limits` says that limits are enough: then students' code can read your files and the course's answers.

A zip is unpacked below --out, notebooks only: a student's own in a folder called like it, a platform's as it lies.
Whose a file is that nobody can tell, say in a sheet for --matches; the report writes one to fill in.

Stop it with Ctrl-C: the same command goes on from there. A notebook that has changed, or whose result
was deleted, is graded again, and no other. One on which the sandbox itself has failed twice gets no result, and the
same command tries it again.
What a result flags (the course's answer imported, a notebook handed out to somebody else) costs no points by itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import torch

from ...errors import InputError
from ...exercises.engine.bank import own_folder
from .. import other_files
from ..lessons import known
from ..plan import add_plan_argument, plan_asked_for
from ..sandbox import bubblewrap, image
from ..sandbox.failures import SandboxFails
from ..sandbox.inside import seccomp
from ..submissions.class_list import add_list_arguments, asked_for
from ..submissions.submission import handed_in
from ..tables import records
from ..wording import counted, printable, some
from . import file_lists
from .progress import Progress
from .submission_grader import Settings
from .worker_pool import WorkerPool, still_to_do

SANDBOXES = ("bubblewrap", "limits")
DEFAULT_SANDBOX = "bubblewrap"
UNPACKED = "unpacked"  # in --out, what was in zips
MOST_NAMED = 10  # files that are no notebooks
STOPPED = 130  # exit status after Ctrl-C, as in the shell
LIMITS_MEAN = "Students' code runs under limits only. It can read your files, the course's answers and other notebooks"
LIMITS_MEAN += "." if seccomp.is_known_here() else ", and change and delete them: grade where nothing is to be lost."
ON_YOUR_OWN = f"To grade all the same, as on macOS and Windows, say `--sandbox limits`. {LIMITS_MEAN}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add, default = parser.add_argument, "(default: %(default)s)"
    add("submissions", nargs="*", type=Path, metavar="SUBMISSION", help="notebooks, or folders of them")
    add("--out", type=Path, required=True, metavar="DIR", help="where the JSON files go")
    add("--seed", type=int, required=True, metavar="N", help="secret: the numbers to try answers on")
    add("--batches", type=int, metavar="K", help="grade nothing: write lists of K files into DIR/batches, for --files")
    add("--files", type=Path, metavar="FILE", help="grade the files in such a list")
    add("--within", type=Path, metavar="DIR", help="the folder of them all, if SUBMISSION are single files out of it")
    add("--section", nargs="+", default=(), metavar="FOLDER", help="folders of several students, if they are not found")
    add("--lesson", metavar="LESSON", help="they are all of this lesson, for example 02")
    add_plan_argument(parser, "that `assign` and `report` are given; other lessons are not graded")
    add("--variant", metavar="SEED", help="the SEED that `assign --variant` was given")
    add_list_arguments(parser, "others are flagged")
    add("--matches", type=Path, metavar="FILE", help="whose a file is, where its name does not say: file, student")
    add("--workers", type=int, default=os.cpu_count() or 1, metavar="K", help=f"how many at once {default}")
    add("--seconds", type=float, default=10, metavar="S", help=f"for one exercise {default}")
    add("--sandbox", choices=SANDBOXES, default=DEFAULT_SANDBOX, help=f"what holds the code {default}")


def run(options: argparse.Namespace) -> int:
    """Grade what is not graded yet.

    Exit status 0; 1 if the sandbox failed on some; 2 for a wrong use, or where there is no sandbox; 130 when stopped.
    """
    try:
        settings, found = _settings(options), _handed_in(options)
        bwrap = None if options.batches else _bwrap(options.sandbox)
        options.out.mkdir(parents=True, exist_ok=True)
        _say_what_was_found(found)
        other_files.write(found, options.out)
        if options.batches:
            file_lists.write(found, options.out, options.batches)
            return 0
        return _grade(found.submissions, settings, bwrap, options)
    except (InputError, SandboxFails, OSError) as problem:
        print(f"grade: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED


def _settings(options):
    planned = tuple(plan_asked_for(options).points)
    lesson = known(options.lesson) if options.lesson else None
    return Settings(options.seed, options.variant, lesson, options.seconds, planned)


def _handed_in(options):
    within = [options.within] if options.within else []
    if options.files:
        options.submissions, within = file_lists.read(options.files)
    elif not options.submissions:
        raise InputError("Say what to grade: notebooks, or folders of them.")
    students = asked_for(options)
    return handed_in(
        options.submissions, within, students and students.roster, but=options.out,
        unpacked=options.out / UNPACKED, matches=_matches(options.matches) if options.matches else None,
        named=options.section,
    )  # fmt: skip


def _matches(file):
    """{place of a file: whose it is}, from a sheet such as `report` writes of those that are on no list."""
    rows = records(file, ("file", "student"), "The sheet of matches")
    return {row["file"]: row["student"] for row in rows if row["student"]}


def _say_what_was_found(found):
    """What is passed over, and what was taken for the folder of a section, is said: it might be meant otherwise."""
    if found.others:
        names = [f"{one.file.name} ({one.kind})" if one.kind else one.file.name for one in found.others]
        are = counted(len(found.others), "file is no notebook", "files are no notebooks")
        print(printable(f"{are}: {some(names, MOST_NAMED)}."), file=sys.stderr)
    if found.sections:
        folders = ", ".join("/".join(folder) for folder in sorted(found.sections))
        print(printable(f"Folders of several students: {folders}."), file=sys.stderr)


def _bwrap(wish):
    """The path of bubblewrap, or None for limits only, of which it is said what that means. InputError if it fails."""
    if wish == "limits":
        print(f"No sandbox. {LIMITS_MEAN}", file=sys.stderr)
        return None
    try:
        return bubblewrap.found()
    except InputError as why:
        raise InputError(f"Nothing was graded, for there is no sandbox: {why}. {ON_YOUR_OWN}") from None


def _grade(submissions, settings, bwrap, options):
    torch.set_num_threads(1)  # several graders with many threads each are ten times slower
    todo = still_to_do(submissions, settings, options.out)
    progress = Progress(len(submissions), len(submissions) - len(todo))
    with image.Image(bwrap, image.around(_places(options)) if bwrap else (), own_folder()) as inside:
        pool = WorkerPool(inside, settings, options.out, progress.step)
        try:
            pool.grade_all(todo, max(1, options.workers))
        except KeyboardInterrupt:
            progress.end("stopped; the same command goes on from here")
            raise
    progress.end(f"results in {options.out}")
    for submission, why in pool.faults:
        print(f"{submission.file} is not graded: the sandbox failed on it twice ({why}).", file=sys.stderr)
    if pool.faults:
        print("That is not the students' fault. The same command tries again.", file=sys.stderr)
    return 1 if pool.faults else 0


def _places(options):
    """All files and folders that the command was given."""
    others = (options.files, options.out, options.within, options.students, options.plan)
    return [*options.submissions, *filter(None, others)]
