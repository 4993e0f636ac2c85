"""What tests of the sandbox share: one that works here, and what a cell gives inside it."""

import contextlib
import io
import json
import time
from pathlib import Path

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


def stat(place):
    """State, parent and so on of a process, as Linux tells them behind its name."""
    return place.read_bytes().rpartition(b")")[2].split()


def below(process):
    """The numbers of all processes that it has started, the youngest last."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(place.parent.name)] = int(stat(place)[1])
    found = [process]
    while new := [number for number, parent in parents.items() if parent in found and number not in found]:
        found += new
    return found


def runs(number):
    """Is there a process of this number that has not ended?"""
    try:
        return stat(Path(f"/proc/{number}/stat"))[0] not in (b"Z", b"X")
    except OSError:
        return False


def kill(process):
    """And wait for all that it has started: bwrap may be gone while they still answer."""
    started = below(process.pid)
    process.kill()
    process.wait()
    while any(map(runs, started)):
        time.sleep(0.01)
