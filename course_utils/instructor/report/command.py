"""Write what a class got: a gradebook, a page for each student, a page on the class, files for Gradescope.

From the results that `grade` wrote into DIR, into DIR/report:

  gradebook.csv      a row for each student, a column for each exercise, the total
  feedback/          one HTML page for each student: score and hint beside their own answer, nobody else's
  class.html         which exercise, which mistake, how often, and what to say about it; files and answers to look at
  gradescope/        one results.json for each submission, as Gradescope's autograder reads it
  essays.html        the written answers without names, to give points and comments to; it saves essays.csv
  essays.csv         the same for a spreadsheet; once there are points in it, it is not written again
  totals.csv         with --students: the list as it came, and behind it the points of each lesson, for Canvas, Moodle
                     and others to import; with Moodle's worksheet, one filled-in worksheet for each lesson
  matches.csv        files of students who are not on the list: say whose they are, and give it to `grade --matches`
  mail.csv           student, address, points, and the feedback page to attach, for a mail merge
  moodle_NN.zip      feedback pages in the folders that Moodle gave the submissions, to upload there

Give the filled-in sheet with --essays, each time, and the points are in the totals and the comments on the pages; give
several if several people have shared the reading. A sheet for --override has the columns student, exercise, points and
comment; what it changes is marked in the gradebook. --plan and --handed-in say what counts, and when it came. Of two
submissions of one student to one lesson, the later file counts. --nbgrader writes the points into nbgrader's gradebook,
for lessons that `assign --nbgrader` has made; points given by hand in formgrader stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from ...errors import InputError
from ...exercises import names
from .. import other_files, results
from ..plan import add_plan_argument, plan_asked_for
from ..standing import standing, with_repeats
from ..submissions.class_list import ClassList, add_list_arguments, asked_for
from ..submissions.file_names import is_reserved
from ..variants import same_name
from ..wording import counted, printable, some
from . import essay_sheet, gradebook, gradescope, match_sheet, nbgrader_gradebook, platform_files
from .class_page import class_page, missing_modules
from .essay_page import essay_page
from .feedback_page import feedback_page
from .overrides import overridden, read_overrides
from .times import read_times, with_times

LONGEST_NAME = 120  # bytes of a student's name in that of a file, which may have 255


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where grade put its results")
    parser.add_argument("--essays", type=Path, nargs="+", default=[], metavar="FILE", help="filled-in essays.csv")
    add_list_arguments(parser, "who is missing is said, and numbers and addresses stand in the gradebook")
    add_plan_argument(parser, "what counts, for how much, until when")
    parser.add_argument(
        "--handed-in", nargs=2, action="append", default=[], metavar=("LESSON", "FILE"),
        help="a platform's export with the times at which a lesson was handed in",
    )  # fmt: skip
    parser.add_argument("--override", type=Path, nargs="+", default=[], metavar="FILE", help="points given by hand")
    parser.add_argument(
        "--nbgrader", type=Path, metavar="DIR", help="nbgrader's folder of the course: points into its gradebook.db too"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write it all (default: DIR/report)")


def run(options: argparse.Namespace) -> int:
    try:
        gradebook_db = nbgrader_gradebook.found(options.nbgrader) if options.nbgrader else None
        return _report(options, asked_for(options), plan_asked_for(options), gradebook_db)
    except (InputError, OSError) as error:
        print(f"report: {error}", file=sys.stderr)
        return 2


def _report(options, students, plan, gradebook_db):
    out = options.out or options.folder / "report"
    found = standing(_load(options.folder), students and students.roster)
    counting = with_times(with_repeats(found), read_times(options.handed_in))
    texts = essay_sheet.written(counting, students, essay_sheet.kept_secret(options.folder))
    texts = [text for text in texts if plan.counts(text.lesson, text.mark.name)]
    # Everything that can be wrong has been read before anything is written.
    unknown = essay_sheet.give(texts, essay_sheet.read_sheets(options.essays))
    overrides = [one for file in options.override for one in read_overrides(file)]
    counting, lost = overridden([plan.counted(one) for one in counting], overrides)
    out.mkdir(parents=True, exist_ok=True)
    absent, others = _absent(counting, students), other_files.read(options.folder)
    gradebook.write_csv(gradebook.table(counting, absent, students, others), out / "gradebook.csv")
    _write(out / "class.html", class_page(counting, found.replaced, found.gone, absent, others, students))
    _write(out / "essays.html", essay_page(texts))
    if not essay_sheet.holds_points(out / "essays.csv"):  # somebody's work is not written over
        essay_sheet.write_sheet(texts, out / "essays.csv")
    strangers = [one for one in counting if students and one.student not in students.names]
    match_sheet.write(strangers, out / "matches.csv")
    pages = _write_each(out, counting)
    platform_files.write(out, counting, students, pages)
    print(_said(found, absent, strangers, texts, unknown, lost, out))
    if gradebook_db:
        print(_said_of_nbgrader(gradebook_db, *nbgrader_gradebook.write(gradebook_db, counting)))
    return 1 if unknown or lost or any(one.problem for one in counting) else 0


def _absent(counting, students: ClassList | None):
    """The names of those on the list who have handed in nothing."""
    there = {same_name(one.student) for one in counting}
    return [name for name in students.names if same_name(name) not in there] if students else []


def _load(folder):
    """All results in the folder. InputError if there are none, or they are of another course."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.")
    found = results.read_all(folder)
    if not found:
        raise InputError(f"{folder} holds no results; `grade SUBMISSIONS --out {folder}` writes them.")
    strange = {mark.name for one in found for mark in one.exercises} - set(names())
    if strange:
        raise InputError(
            f"{folder} has exercises that this course does not know: {', '.join(sorted(strange))}. "
            "If they are your own, give the plan that names their folder: --plan."
        )
    return found


def _write_each(out, counting):
    """The pages and files that there is one of for each student. Returns {student: their page}."""
    files = file_names({one.student for one in counting})
    for student, name in files.items():
        theirs = [one for one in counting if one.student == student]
        _write(out / "feedback" / f"{name}.html", feedback_page(student, theirs))
        for one in theirs:
            path = out / "gradescope" / name / (one.lesson or "unknown") / "results.json"
            _write(path, json.dumps(gradescope.document(one), indent=1, ensure_ascii=False) + "\n")
    return {student: out / "feedback" / f"{name}.html" for student, name in files.items()}


def file_names(students: Iterable[str]) -> dict[str, str]:
    """{student: a name for their files that every system takes, and nobody else has}."""
    plain = {student: "".join(c if c.isalnum() or c in "-_ " else "_" for c in student).strip() for student in students}
    used = Counter(name.casefold() for name in plain.values())
    return {
        student: name if used[name.casefold()] == 1 and _is_good_name(name) else f"{_cut(name)}-{_digest(student)}"
        for student, name in plain.items()
    }


def _is_good_name(name):
    return name and name == _cut(name) and not name.startswith("_") and not is_reserved(name)


def _cut(name):
    return name.encode()[:LONGEST_NAME].decode(errors="ignore").strip()


def _digest(student):
    return sha256(student.encode(errors="surrogatepass")).hexdigest()[:8]


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _said(found, absent, strangers, texts, unknown, lost, out):
    counting = found.counting
    students = counted(len({one.student for one in counting}), "student")
    lines = [f"{students}, {counted(len(counting), 'submission')}: see {out}"]
    if found.replaced:
        repeats = sorted({one.student for one in found.replaced})
        several = f"{counted(len(repeats), 'student')} handed in more than one notebook of a lesson"
        lines.append(f"{several}, and the latest counts: {some(repeats)}")
    lines += missing_modules(counting)
    if found.gone:
        files = some([one.submission for one in found.gone])
        lines.append(f"{counted(len(found.gone), 'result')} left out, for the file is not there any more: {files}")
    if absent:
        lines.append(f"{counted(len(absent), 'student')} of the list handed in nothing, as the gradebook says")
    if strangers:
        files = counted(len(strangers), "file is of nobody on the list", "files are of nobody on the list")
        lines.append(f"{files}: say whose in {out / 'matches.csv'}, and give it to `grade --matches`")
    unread = sum(text.mark.score is None for text in texts)
    if unread:
        lines.append(f"{counted(unread, 'text')} to read by hand, in {out / 'essays.html'}")
    if unknown:
        left_out = f"{counted(len(unknown), 'line')} of the sheet belong to no text here and are left out"
        lines.append(f"{left_out} (changed since, or of another class): {some(sorted(unknown))}")
    if lost:
        named = some([f"{one.student}, {one.exercise}" for one in lost])
        lines.append(f"{counted(len(lost), 'line')} of the overrides belong to no answer and are left out: {named}")
    return printable("\n".join(lines))


def _said_of_nbgrader(file, written, unknown):
    said = f"{counted(written, 'submission')} in nbgrader's {file}"
    return f"{said}; not released with nbgrader: {', '.join(unknown)}" if unknown else said
