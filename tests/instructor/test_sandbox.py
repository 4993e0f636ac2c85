"""Promise: nothing passes between the sandbox and the grader but what is meant to."""

import json
import os
import sys
import threading
import time

import pytest
import torch
from example_class import LESSON, answer, solved

from course_utils.instructor import box
from course_utils.instructor.box import PACKAGE
from course_utils.instructor.helpers import Helpers
from course_utils.instructor.inside.wire import HEADER, Broken, Packer, TooMuch, read_message_out, unpack
from course_utils.instructor.lessons import taught_before
from course_utils.instructor.sitting import Sitting
from course_utils.instructor.talk import Lost, Sandbox, SandboxFails, TimeOver

pytestmark = pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew")


@pytest.fixture(scope="module")
def sandbox():
    with box.Box(box.best_kind()[0]) as inside:
        sandbox = Sandbox(inside)
        yield sandbox
        sandbox.stop()


def value_of(sandbox, source, seconds=10):
    """What a cell `score_spread = ...` gives inside."""
    notebook = solved()
    answer(notebook, "score_spread", source)
    with Sitting(sandbox, json.dumps(notebook).encode()) as sitting:
        sitting.read()
        sitting.expect(LESSON)
        value, error = sitting.value("score_spread", 0, seconds)
    assert not error, error
    return value


def test_a_child_holds_no_file_but_its_own(sandbox):
    count = "sum(os.path.exists(f'/proc/self/fd/{number}') for number in range(256))"
    assert value_of(sandbox, f"import os\nscore_spread = {count}") == 4  # three that lead nowhere, and its socket


@pytest.mark.skipif(sys.platform != "linux", reason="other systems choose by themselves")
def test_a_child_is_the_first_to_go_when_memory_runs_out(sandbox):
    assert value_of(sandbox, "score_spread = int(open('/proc/self/oom_score_adj').read())") == 1000


def test_no_answer_is_inside(sandbox):
    modules = "[name for name in sys.modules if name.startswith(('course_utils.model', 'course_utils.exercises.soft'))]"
    assert value_of(sandbox, f"import sys\nscore_spread = {modules}") == []
    files = f"len(list(pathlib.Path({str(PACKAGE)!r}).rglob('attention.py')))"
    if sandbox.box.kind == box.BUBBLEWRAP:
        assert value_of(sandbox, f"import pathlib\nscore_spread = {files}") == 0


SEARCH = """
import re
found = 0
with open("/proc/self/maps") as regions, open("/proc/self/mem", "rb", 0) as memory:
    for start, end, may in re.findall("(?m)^([0-9a-f]+)-([0-9a-f]+) (rw)", regions.read()):
        start, end = int(start, 16), int(end, 16)
        if end - start < 10**9:
            memory.seek(start)
            found += len(re.findall(rb"nobody els[e] knows this", memory.read(end - start)))
score_spread = found
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux shows it")
def test_nothing_of_a_notebook_is_left_for_the_next(sandbox):
    assert value_of(sandbox, "score_spread = 8.0" + "  # nobody else knows this" * 10**5) == 8.0
    assert value_of(sandbox, SEARCH) == 0
    assert value_of(sandbox, "# nobody else knows this" + SEARCH) > 0  # it would be found


def test_a_sandbox_that_has_died_is_started_again(sandbox):
    assert value_of(sandbox, "score_spread = 8.0") == 8.0
    sandbox.process.kill()
    sandbox.process.wait()
    assert value_of(sandbox, "score_spread = 8.0") == 8.0


def test_a_sandbox_that_does_not_start_stops_the_run(monkeypatch):
    monkeypatch.setattr(box, "START", "raise SystemExit('no torch here')")
    with box.Box(box.best_kind()[0]) as inside, pytest.raises(SandboxFails, match="no torch here"):
        with Sandbox(inside).child():
            pass


def test_a_child_that_has_left_is_noticed(sandbox):
    with pytest.raises(Lost, match="exit 3"):
        value_of(sandbox, "import os\nscore_spread = os._exit(3)")


FLOOD = """
import json, os, struct
question = {"ask": "similarity", "args": {"tuple": []}, "names": [], "named": {"tuple": []}, "gradients": {"is": None}}
text = json.dumps(question).encode()
score_spread = [os.write(3, struct.pack("!II", len(text), 0) + text) for _ in iter(int, 1)]
"""


def test_a_child_that_asks_for_ever_runs_out_of_time(sandbox, monkeypatch):
    monkeypatch.setattr("course_utils.instructor.sitting.GRACE", 1)
    monkeypatch.setattr("course_utils.instructor.helpers.MOST_CALLS", 10**9)
    started = time.monotonic()
    with pytest.raises(TimeOver):
        value_of(sandbox, FLOOD, seconds=0)
    assert time.monotonic() - started < 30


VALUES = [None, True, 7, -2.5, float("inf"), "text", [1, (2.0, "x")], torch.rand(2, 0, 3), torch.tensor([True]), 2**70]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_come_out_as_they_are(value):
    packer = Packer()
    form = json.loads(json.dumps(packer.pack(value)))
    back = unpack(form, bytes(packer.numbers))
    assert torch.equal(back, value) if isinstance(value, torch.Tensor) else back == value


@pytest.mark.parametrize("value", [object(), threading.Lock, {"a": 1}, 1j], ids=["object", "class", "dict", "complex"])
def test_what_is_no_value_comes_out_as_the_name_of_its_type(value):
    assert repr(unpack(Packer().pack(value), b"")) == f"<{type(value).__name__}>"


def nested(depth):
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize("value", [nested(50), [0] * 10**5, torch.zeros(10**7)], ids=["deep", "long", "large"])
def test_more_than_an_answer_can_hold_stays_inside(value):
    with pytest.raises(TooMuch):
        Packer().pack(value)


@pytest.mark.parametrize(
    "form",
    [
        None,
        {},
        {"exec": "1"},
        {"is": "True"},
        {"float": []},
        {"tensor": ["f4", [10**6], 0]},
        {"tensor": ["f4", [-1], 0]},
        {"tensor": ["O", [1], 0]},
        {"array": ["f4", [2**40, 2**40], 0]},
        {"list": 3},
    ],
    ids=str,
)
def test_nonsense_is_refused(form):
    with pytest.raises(Broken):
        unpack(form, b"1234")


@pytest.mark.parametrize("data", [b"\xff" * 64, HEADER.pack(4, 0) + b"null", HEADER.pack(3, 0) + b"{]}"])
def test_a_message_that_is_none_is_refused(data):
    left = bytearray(data)

    def read(count):
        piece = bytes(left[:count])
        del left[:count]
        return piece

    with pytest.raises(Broken):
        read_message_out(read)


def ask(helpers, name, *args):
    """The reply to a question from inside."""
    packer = Packer()
    packed = {"args": packer.pack(args), "names": [], "named": packer.pack(()), "gradients": packer.pack(None)}
    return helpers.answer({"ask": name, **packed}, bytes(packer.numbers))


@pytest.fixture
def helpers():
    helpers = Helpers()
    helpers.functions = dict(taught_before("06_rnn_comparison"))
    return helpers


def test_the_grader_computes_what_was_taught_and_nothing_else(helpers):
    scores = torch.rand(2, 3)
    assert torch.allclose(ask(helpers, "softmax", scores)["value"], scores.softmax(-1))
    with pytest.raises(Broken):
        ask(helpers, "rnn_step", scores)
    with pytest.raises(Broken):
        ask(helpers, "__class__", scores)


@pytest.mark.parametrize(
    ("name", "args"),
    [("causal_mask", [10**6]), ("softmax", ["text"]), ("similarity", [torch.ones(10**6), torch.ones(10**6, 1)])],
)
def test_a_question_that_is_too_large_or_makes_no_sense_is_an_error_for_the_student(helpers, name, args):
    kind, text = ask(helpers, name, *args)["error"]
    assert kind and text
