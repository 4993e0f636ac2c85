"""Promise: nothing passes between the sandbox and the grader but what is meant to."""

import io
import json
import os
import sys
import time

import pytest
from example_class import answer, solved
from sandboxes import BWRAP, new_sandbox, session_of, value_of

from course_utils.instructor.sandbox import image
from course_utils.instructor.sandbox.failures import Lost, SandboxFails, TimeOver
from course_utils.instructor.sandbox.image import PACKAGE
from course_utils.instructor.sandbox.inside.messages import message_in
from course_utils.instructor.sandbox.sandbox import Sandbox

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]


OPEN_FILES = """
import os
def is_open(number):
    try:
        return bool(os.fstat(number))
    except OSError:
        return False
score_spread = [number for number in range(256) if is_open(number)]
"""


def test_a_child_holds_no_file_but_its_own(sandbox):
    assert value_of(sandbox, OPEN_FILES) == [0, 1, 2, 3]  # three that lead nowhere, and its socket


@pytest.mark.skipif(sys.platform != "linux", reason="other systems choose by themselves")
def test_a_child_is_the_first_to_go_when_memory_runs_out(sandbox):
    assert value_of(sandbox, "score_spread = int(open('/proc/self/oom_score_adj').read())") == 1000


def test_no_answer_is_inside(sandbox):
    modules = "[name for name in sys.modules if name.startswith(('course_utils.model', 'course_utils.exercises.soft'))]"
    assert value_of(sandbox, f"import sys\nscore_spread = {modules}") == []
    files = f"len(list(pathlib.Path({str(PACKAGE)!r}).rglob('attention.py')))"
    if sandbox.image.kind == image.BUBBLEWRAP:
        assert value_of(sandbox, f"import pathlib\nscore_spread = {files}") == 0


def has_torch_s_compiler(sandbox, more=""):
    """Is it imported before the first cell of a notebook with this text runs?"""
    source = f"import sys\nscore_spread = 'torch._dyna' + 'mo' in sys.modules  # {more}"
    with session_of(sandbox, {"cells": [{"cell_type": "code", "source": source}]}) as session:
        return session.value("score_spread", 0, 10)


def test_who_trains_does_not_wait_for_torch_s_compiler_and_others_do_without():
    with new_sandbox() as sandbox:
        assert has_torch_s_compiler(sandbox) == (False, None)
        assert has_torch_s_compiler(sandbox, "torch.optim.Adam") == (True, None)
        sandbox.restart()
        assert has_torch_s_compiler(sandbox) == (True, None)  # whoever has trained once will again


SEARCH = """
import re
def times_in_memory():
    found = 0
    with open("/proc/self/maps") as regions, open("/proc/self/mem", "rb", 0) as memory:
        for start, end, may in re.findall("(?m)^([0-9a-f]+)-([0-9a-f]+) (rw)", regions.read()):
            start, end = int(start, 16), int(end, 16)
            if end - start < 10**9:
                memory.seek(start)
                found += len(re.findall(rb"nobody els[e] knows this", memory.read(end - start)))
    return found
score_spread = times_in_memory()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux shows it")
def test_nothing_of_a_notebook_is_left_for_the_next(sandbox):
    assert value_of(sandbox, "score_spread = 8.0" + "  # nobody else knows this" * 10**5) == 8.0
    assert value_of(sandbox, SEARCH, seconds=60) == 0
    assert value_of(sandbox, "# nobody else knows this" + SEARCH, seconds=60) > 0  # it would be found


def test_a_sandbox_that_has_died_is_started_again(sandbox):
    assert value_of(sandbox, "score_spread = 8.0") == 8.0
    sandbox.process.kill()
    sandbox.process.wait()
    assert value_of(sandbox, "score_spread = 8.0") == 8.0


def test_a_sandbox_that_does_not_start_stops_the_run(monkeypatch):
    monkeypatch.setitem(image.PROGRAMS, "answers", "raise SystemExit('no torch here')")
    with image.Image(BWRAP) as inside, pytest.raises(SandboxFails, match="no torch here"):
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
    monkeypatch.setattr("course_utils.instructor.grade.session.GRACE", 1)
    monkeypatch.setattr("course_utils.instructor.sandbox.reference_client.MOST_CALLS", 10**9)
    started = time.monotonic()
    with pytest.raises(TimeOver):
        value_of(sandbox, FLOOD, seconds=0)
    assert time.monotonic() - started < 30


def test_when_the_grader_is_killed_nothing_goes_on():
    notebook = solved()
    answer(notebook, "score_spread", "import os\nscore_spread = os.getpid()")
    answer(notebook, "softmax_shift", "softmax_shift = [0 for _ in iter(int, 1)]")
    with image.Image(None) as inside:
        sandbox = Sandbox(inside)
        with sandbox.child() as child:
            child.say(30, io.BytesIO(json.dumps(notebook).encode()), do="read", names=[], essays={})
            child.say(30, do="expect", names=["score_spread", "softmax_shift"], given=[])
            number = child.say(30, do="value", name="score_spread", choice=0)[0]["value"]["is"]
            sandbox.send(b"D", message_in({"do": "value", "name": "softmax_shift", "choice": 0}))
            time.sleep(0.5)
            os.kill(number, 0)  # it is still busy
            with open(os.devnull, "wb") as nowhere:  # its standard input ends, as when the grader does
                os.dup2(nowhere.fileno(), sandbox.process.stdin.fileno())
            sandbox.process.wait(30)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
