"""A source tree for nbgrader: the lesson to hand out, with the course's own check as the hidden test.

What nbgrader marks are the checks and the essays. Answers stay ordinary cells, for whatever nbgrader marks must not be
copied, moved or stripped, and answers are what people copy.
"""

from __future__ import annotations

from pathlib import Path

from ...exercises.engine import Exercise
from ...exercises.engine.bank import own_folder
from ...exercises.engine.cells import essay, marked_cells

SECONDS_PER_CELL = 120  # the experiments of a lesson take some; nbgrader's own limit is 30
CONFIG = f'''"""How nbgrader grades this course. Add what you like; see nbgrader's documentation."""

from course_utils.instructor.release.nbgrader_cures import CURED, SHOWN

c = get_config()  # noqa: F821  nbgrader puts it here
c.CourseDirectory.course_id = "attention-hands-on"
c.Autograde.sanitize_preprocessors = CURED
c.GenerateFeedback.preprocessors = SHOWN
c.RestoreAtTheEnd.add_missing_cells = True
c.ClearSolutions.text_stub = {essay(None)!r}
c.Execute.timeout = {SECONDS_PER_CELL}
'''
USE_OWN = "\nfrom course_utils.exercises import exercises_from as _own\n_own({!r})"
HIDDEN_TEST = """\
### BEGIN HIDDEN TESTS
from course_utils.exercises import exercise as _exercise{own}
{name} = globals().get("{name}", getattr(_exercise("{name}"), "reference", None))  # if its cell could not run
_verdict = _exercise("{name}").check({name}, seed={seed})
### END HIDDEN TESTS
{check}
### BEGIN HIDDEN TESTS
assert _verdict.status == "pass", _verdict.message
### END HIDDEN TESTS"""


def place(lesson: str, folder: Path) -> Path:
    """Where nbgrader looks for the notebook of an assignment."""
    return folder / "source" / lesson / f"{lesson}.ipynb"


def write_config(folder: Path) -> None:
    """Write nbgrader's configuration, unless there is one, which may have been added to."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "nbgrader_config.py"
    if not config.exists():
        config.write_text(CONFIG, encoding="utf-8", newline="\n")


def with_hidden_tests(notebook, secret, worth=lambda asked: asked.points):
    """Mark what nbgrader scores. secret: seed of the numbers that functions are tried on.  worth: points of each; of 0,
    it does not count.

    The verdict is taken before the check that the student sees runs: it puts the course's own function in place of one
    that is blank or wrong, so that the lesson goes on.
    """
    own = USE_OWN.format(own_folder().name) if own_folder() else ""
    for cell, kind, asked in marked_cells(notebook):
        if kind not in ("check", "essay") or not worth(asked):
            continue
        if kind == "check":
            seed = secret if isinstance(asked, Exercise) else 0
            cell.source = HIDDEN_TEST.format(name=asked.name, seed=seed, check=cell.source, own=own)
        cell.metadata["nbgrader"] = _mark(cell, worth(asked), by_hand=kind == "essay")
    return notebook


def _mark(cell, points, by_hand):
    """nbgrader's metadata, schema 3. by_hand: a person gives the points; an untouched text gets its 0 by itself."""
    about = {"schema_version": 3, "grade_id": cell.id, "points": points, "task": False}
    return {**about, "grade": True, "solution": by_hand, "locked": not by_hand}
