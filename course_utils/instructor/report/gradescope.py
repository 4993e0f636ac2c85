"""One submission as the results.json that Gradescope's autograder reads.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
"""

from __future__ import annotations

from ..results import Graded

STATUS = {"pass": "passed", "fail": "failed", "todo": "failed"}


def document(graded: Graded) -> dict:
    """The results.json as a dict. Students see their scores and hints; what is for the instructor stays hidden."""
    read = [mark for mark in graded.exercises if mark.score is not None]
    waiting = len(graded.exercises) - len(read)
    said = [graded.problem or ""] + [f"{waiting} to be read by a person."] * bool(waiting)
    return {
        "score": round(sum(mark.score for mark in read), 2),
        "execution_time": round(graded.seconds, 2),
        "output": " ".join(filter(None, said)),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [*map(_test, read), *_notes(graded)],
    }


def _test(mark):
    return {
        "name": mark.name,
        "name_format": "text",
        "score": round(mark.score, 2),
        "max_score": mark.points,
        "status": STATUS[mark.status],
        "output": mark.message,
        "output_format": "text",
        "visibility": "visible",
    }


def _notes(graded):
    """Flags as one test without points that only the instructor sees."""
    if not graded.flags:
        return []
    about = {"name": "Notes for the instructor", "score": 0, "max_score": 0, "output": "\n".join(graded.flags)}
    return [{**about, "output_format": "text", "visibility": "hidden"}]
