"""What tests of the sandbox share: one that works here, and what a cell gives inside it."""

import contextlib
import io
import json

from example_class import LESSON, answer, solved

from course_utils.errors import InputError
from course_utils.instructor import box, bubblewrap
from course_utils.instructor.sitting import Sitting
from course_utils.instructor.talk import Sandbox

try:
    BWRAP, WHY_NOT = bubblewrap.found(), ""
except InputError as why:
    BWRAP, WHY_NOT = None, str(why)


@contextlib.contextmanager
def new_sandbox(bwrap=BWRAP, hidden=()):
    """A Sandbox, stopped afterwards."""
    with box.Box(bwrap, hidden) as inside:
        sandbox = Sandbox(inside)
        try:
            yield sandbox
        finally:
            sandbox.stop()


@contextlib.contextmanager
def sitting_of(sandbox, notebook):
    """A Sitting that has read this notebook of lesson 02."""
    with Sitting(sandbox, lambda: io.BytesIO(json.dumps(notebook).encode())) as sitting:
        sitting.read()
        sitting.expect(LESSON)
        yield sitting


def value_of(sandbox, source, seconds=10):
    """What a cell `score_spread = ...` gives inside."""
    notebook = solved()
    answer(notebook, "score_spread", source)
    with sitting_of(sandbox, notebook) as sitting:
        value, error = sitting.value("score_spread", 0, seconds)
    assert not error, error
    return value
