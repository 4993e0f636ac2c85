"""What a lesson calls: check an answer, show a solution."""

from __future__ import annotations

import inspect
import os

from .adapting import in_lesson_form
from .bank import exercise
from .display import show
from .exercise import Exercise
from .handed_in import name_of, text_of
from .result import Result


def check(answer, name=None, seed=0):
    """Check an answer and show what was found; for a function, give back the one to go on with.

    answer: a function (its own name says which exercise it is), or a number or letter together with `name`.
    seed: which figures the question had, if not the lesson's own.
    Returns the learner's function if it passed (wrapped, if it gives lists or arrays where the lesson has
    tensors), else the course's own. With COURSE_STRICT=1 in the
    environment anything but a pass raises AssertionError, which is how solved lessons are tested.
    """
    name = name_of(answer) if name is None else name
    try:
        asked = exercise(name)
    except KeyError as error:
        show(text_of(name), Result("fail", f"{error.args[0]} Say which: check(your_answer, \"name\")."))
        return answer
    result = asked.check(answer, seed)
    goes_on = isinstance(asked, Exercise) and result.status == "fail"
    show(name, result, asked.hints, note="The lesson goes on with the course's own until then." if goes_on else "")
    if os.environ.get("COURSE_STRICT") == "1" and result.status != "pass":
        raise AssertionError(f"{name}: {result.message}")
    if isinstance(asked, Exercise):
        return in_lesson_form(answer, asked) if result.status == "pass" else asked.reference
    return None


def show_solution(name):
    """Show the course's own answer, for a learner who asks for it."""
    from IPython.display import Code, display

    asked = exercise(name)
    text = inspect.getsource(asked.reference) if isinstance(asked, Exercise) else asked.solution()
    display(Code(text, language="python"))
