"""From one submission to its result: its lesson, its exercises, and what the instructor should look at."""

from __future__ import annotations

import hashlib
import io
import json
import time
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from ..lessons import asked_in, lessons, own_files
from ..results import Graded
from ..sandbox.failures import Lost, SandboxFails, SandboxFault
from ..sandbox.inside.serialization import Broken
from ..sandbox.sandbox import Sandbox
from ..submissions.file_names import readable
from ..submissions.submission import Submission, collected_by_nbgrader
from ..variants import cases_seed, figures_seed, same_name, stretched
from .exercise_grader import ExerciseGrader
from .session import Session

LARGEST_FILE = 500  # megabytes
OWN_NUMBERS = "Handed out with the student's own numbers, and graded on the course's: give `grade` the same --variant."
ATTEMPTS = 2  # at a notebook, if the sandbox fails
PACKAGE = Path(__file__).parents[2]
PARTS = ("exercises", "model", "instructor")  # of the package, on which a score depends


class NotGraded(Exception):
    """A file that cannot be graded as a whole; the message says why, in one sentence."""


@dataclass(frozen=True)
class Settings:
    """What grading depends on besides the file.

    seed: secret, of the numbers that functions are tried on.  variant: secret, of each student's own figures, or None.
    lesson: that all submissions are of, or None.  seconds: for all cases of one exercise.  lessons: those of the plan,
    nothing if there is none.
    """

    seed: int
    variant: int | str | None = None
    lesson: str | None = None
    seconds: float = 10
    lessons: tuple[str, ...] = ()


def digest(submission: Submission, settings: Settings, owner: str = "") -> str:
    """Changes when the file, whose it is, the settings or the course change; says nothing about the seed.

    owner: the student named inside the notebook.
    """
    told = hashlib.sha256(content_digest(submission.file).encode())
    told.update(stretched(settings.seed) + stretched(settings.variant) + version())
    said = (submission.identity(owner), submission.lesson, settings.lesson, settings.seconds, settings.lessons)
    told.update(repr(said).encode())
    return told.hexdigest()


def content_digest(file: Path) -> str:
    """The same for two files that hold the same; what cannot be read holds nothing."""
    try:
        if file.is_symlink():
            return "a link"
        with open(file, "rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return "cannot be read"


def version() -> bytes:
    """Changes when the course does, or an exercise or lesson of the instructor's own."""
    return _course_version() + _version(own_files())


@cache
def _course_version():
    """A hash of all of the course that a score depends on."""
    return _version(file for part in PARTS for file in sorted((PACKAGE / part).rglob("*.py")))


def _version(files):
    """A hash of names and contents; nothing without files."""
    told = [file.name.encode() + file.read_bytes() for file in files]
    return hashlib.sha256(b"".join(told)).digest() if told else b""


def grade(submission: Submission, settings: Settings, sandbox: Sandbox) -> Graded:
    """The result of one submission, whatever it is.

    Raises SandboxFault if the sandbox has failed on it, and a fresh one has too; SandboxFails if there is none.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _grade(submission, settings, sandbox)
        except SandboxFault:
            sandbox.close_all()
            if attempt == ATTEMPTS:
                raise


def _grade(submission, settings, sandbox):
    started = time.monotonic()
    graded = Graded(
        student=submission.student,
        submission=str(submission.file),
        digest="",
        lesson=settings.lesson or submission.lesson or "",
        sandbox=sandbox.image.kind,
        content=content_digest(submission.file),
        place=str(submission.place),
        root=str(submission.root.resolve()),
    )
    _say_whose(graded, submission)
    try:
        _grade_into(graded, submission, settings, sandbox)
    except (SandboxFails, SandboxFault):
        raise
    except NotGraded as why:
        graded.problem = str(why)
    except OSError as error:
        graded.problem = f"The file cannot be read: {error.strerror}."
    except Exception as error:  # a fault of the grader's own must not stop the class
        graded.problem = f"The grader failed on this notebook ({type(error).__name__}: {str(error)[:200]})."
    graded.digest = digest(submission, settings, graded.owner)
    graded.seconds = round(time.monotonic() - started, 3)
    return graded


def _say_whose(graded, submission, owner=""):
    """Put into the result whose it is. owner: the student named inside the notebook."""
    owner = readable(owner)
    who = submission.identity(owner)
    graded.owner, graded.student, graded.origin, graded.known_by = owner, who.student, who.origin, who.known_by
    graded.copies, graded.flags = list(who.copies), list(who.notes)
    if owner and same_name(owner) != same_name(who.student):
        graded.flags.append(f"This notebook was handed out to {owner}.")


def _grade_into(graded, submission, settings, sandbox):
    graded.modified = submission.file.lstat().st_mtime
    graded.handed_in = collected_by_nbgrader(submission.file)
    _refuse_unread(submission.file)
    with Session(sandbox, partial(open, submission.file, "rb")) as session:
        overview = _overview(session)
        _say_whose(graded, submission, overview["stamp"].get("student", ""))
        graded.lesson = _lesson_of(overview, graded.lesson, settings.lessons)
        if settings.lessons and graded.lesson not in settings.lessons:
            raise NotGraded(f"This is a notebook of lesson {graded.lesson}, which is not in the plan.")
        session.expect(graded.lesson)
        figures = partial(figures_seed, settings.variant, graded.student)
        grader = ExerciseGrader(session, overview, cases_seed(settings.seed), figures, settings.seconds)
        if overview["stamp"].get("own_numbers") and settings.variant is None:
            graded.flags.append(OWN_NUMBERS)
        graded.exercises = [grader.mark(asked) for asked in asked_in(graded.lesson)]
    graded.flags += dict.fromkeys(grader.flags)
    graded.missing = sorted(grader.missing)


def _refuse_unread(file):
    """NotGraded if a file is better not read."""
    if file.is_symlink():  # it might lead to somebody else's notebook
        raise NotGraded("The file is a link to another file; only that itself can be handed in.")
    megabytes = file.stat().st_size / 1e6
    if megabytes > LARGEST_FILE:
        raise NotGraded(f"The file has {megabytes:.0f} MB; {LARGEST_FILE} MB are the most that is read.")


def _overview(session):
    """What is in the notebook, as inside/notebook.py tells it."""
    try:
        overview = session.twice(session.read)
    except (Lost, Broken) as why:
        _prove(session.sandbox)
        raise NotGraded(f"The notebook could not be read: {why}, twice.") from None
    if "problem" in overview:
        raise NotGraded(str(overview["problem"]))
    return overview


def _prove(sandbox):
    """SandboxFault unless a notebook in which nothing can go wrong is read where another was not."""
    simple = json.dumps({"cells": [{"cell_type": "code", "source": "softmax = 1"}]}).encode()
    with Session(sandbox, lambda: io.BytesIO(simple)) as session:
        try:
            session.read()
        except (Lost, Broken) as why:
            raise SandboxFault(f"the sandbox reads no notebook: {why}") from None


def _lesson_of(overview, said, planned):
    """The lesson that was said ("" if none was), or else the one that most answers belong to, rather a planned one."""
    there = {name for name, found in overview["answers"].items() if found["tried"] or found["blank"] or found["broken"]}
    there |= {name for name, text in overview["essays"].items() if text} | set(overview["marks"])
    counts = {lesson: len(there & {asked.name for asked in asked_in(lesson)}) for lesson in lessons()}
    likeliest = max(counts, key=lambda lesson: (counts[lesson], lesson in planned))
    if not counts[likeliest] and not said:
        raise NotGraded("Nothing of any lesson is in this notebook.")
    if said and counts[likeliest] and not counts[said]:
        raise NotGraded(f"This is a notebook of lesson {likeliest}, not of {said}.")
    return said or likeliest
