"""What tests of the sandbox share: one that works here, and what a cell gives inside it."""

import contextlib
import io
import json

from example_class import LESSON, answer, solved

from course_utils.errors import InputError
from course_utils.instructor.grade.session import Session
from course_utils.instructor.sandbox import bubblewrap, image
from course_utils.instructor.sandbox.sandbox import Sandbox

try:
    BWRAP, WHY_NOT = bubblewrap.found(), ""
except InputError as why:
    BWRAP, WHY_NOT = None, str(why)


@contextlib.contextmanager
def new_sandbox(bwrap=BWRAP, hidden=()):
    """A Sandbox, stopped afterwards."""
    with image.Image(bwrap, hidden) as inside:
        sandbox = Sandbox(inside)
        try:
            yield sandbox
        finally:
            sandbox.stop()


@contextlib.contextmanager
def session_of(sandbox, notebook):
    """A Session that has read this notebook of lesson 02."""
    with Session(sandbox, lambda: io.BytesIO(json.dumps(notebook).encode())) as session:
        session.read()
        session.expect(LESSON)
        yield session


def value_of(sandbox, source, seconds=10):
    """What a cell `score_spread = ...` gives inside."""
    notebook = solved()
    answer(notebook, "score_spread", source)
    with session_of(sandbox, notebook) as session:
        value, error = session.value("score_spread", 0, seconds)
    assert not error, error
    return value
