"""From one submission to its result: its lesson, its exercises, and what the instructor should look at."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from .inside.wire import Broken
from .lessons import asked_in, lessons
from .marking import Marker
from .results import Graded
from .sitting import Sitting
from .submissions import Submission
from .talk import Lost, SandboxFails
from .variants import figures_seed, same_name, stretched

LARGEST_FILE = 500 * 10**6  # bytes
PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Settings:
    """What grading depends on besides the file.

    seed: secret, of the numbers that functions are tried on.  variant: secret, of each student's own figures, or None.
    lesson: that all submissions are of, or None.  seconds: for all cases of one exercise.  students: who is in the
    class, or None if nobody said so.
    """

    seed: int
    variant: int | str | None = None
    lesson: str | None = None
    seconds: float = 10
    students: frozenset[str] | None = None


def digest(submission: Submission, settings: Settings) -> str:
    """Changes when the file, the settings or the course change; says nothing about the seed."""
    with open(submission.file, "rb") as file:
        told = hashlib.file_digest(file, "sha256")
    told.update(stretched(settings.seed) + stretched(settings.variant) + _course_version())
    told.update(repr((submission.student, submission.lesson, settings.lesson, settings.seconds)).encode())
    return told.hexdigest()


@cache
def _course_version():
    """A hash of all that a score depends on."""
    told = hashlib.sha256()
    for part in ("exercises", "model", "instructor"):
        for file in sorted((PACKAGE / part).rglob("*.py")):
            told.update(file.name.encode() + file.read_bytes())
    return told.digest()


def grade(submission: Submission, settings: Settings, sandbox) -> Graded:
    """The result of one submission, whatever it is. Raises only SandboxFails."""
    started = time.monotonic()
    graded = Graded(
        student=submission.student,
        submission=str(submission.file),
        digest=digest(submission, settings),
        lesson=settings.lesson or submission.lesson or "",
        sandbox=sandbox.box.kind,
        modified=submission.file.stat().st_mtime,
    )
    try:
        _grade_into(graded, submission, settings, sandbox)
    except SandboxFails:
        raise
    except Exception as error:  # a fault of the grader's own must not stop the class
        graded.problem = f"The grader failed on this notebook ({type(error).__name__}: {str(error)[:200]})."
    if settings.students is not None and same_name(graded.student) not in settings.students:
        graded.flags.append(f"{graded.student} is not on the list of students.")
    graded.seconds = round(time.monotonic() - started, 3)
    return graded


def _grade_into(graded, submission, settings, sandbox):
    size = submission.file.stat().st_size
    if size > LARGEST_FILE:
        graded.problem = f"The file has {size / 1e6:.0f} MB; more than {LARGEST_FILE / 1e6:.0f} MB are not read."
        return
    with Sitting(sandbox, submission.file.read_bytes()) as sitting:
        overview = _read(graded, sitting)
        if graded.problem:
            return
        _choose_lesson(graded, overview)
        if graded.problem:
            return
        figures = partial(figures_seed, settings.variant, graded.student)
        sitting.expect(graded.lesson)
        marker = Marker(sitting, overview, settings.seed, figures, settings.seconds)
        graded.exercises = [marker.mark(asked) for asked in asked_in(graded.lesson)]
        graded.flags += dict.fromkeys(marker.flags)


def _read(graded, sitting):
    try:
        overview = sitting.read()
    except (Lost, Broken) as why:
        graded.problem = f"The notebook could not be read: {why}."
        return {}
    graded.problem = overview.get("problem")
    return overview


def _choose_lesson(graded, overview):
    """The lesson that was asked for, or else the one that most answers belong to; a problem if the two do not meet."""
    there = {name for name, found in overview["answers"].items() if found["tried"] or found["blank"] or found["broken"]}
    there |= {name for name, text in overview["essays"].items() if text} | set(overview["marks"])
    counts = {lesson: len(there & {asked.name for asked in asked_in(lesson)}) for lesson in lessons()}
    likeliest = max(counts, key=counts.get)
    if not graded.lesson:
        graded.lesson = likeliest if counts[likeliest] else ""
        graded.problem = None if graded.lesson else "Nothing of any lesson is in this notebook."
    elif counts[likeliest] and not counts[graded.lesson]:
        graded.problem = f"This is a notebook of lesson {likeliest}, not of {graded.lesson}."
    owner = overview["stamp"].get("student", "")
    if owner and same_name(owner) != same_name(graded.student):
        graded.flags.append(f"This notebook was handed out to {owner}.")
