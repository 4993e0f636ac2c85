"""Promise: a fault of the sandbox is nobody's zero; what a notebook does to itself is, and does not stop the class."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from example_class import answer, body, fair, hand_in, os_exit
from sandboxes import BWRAP, below, kill, value_of

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.grade import session, submission_grader, worker_pool
from course_utils.instructor.grade.exercise_grader import ExerciseGrader
from course_utils.instructor.grade.session import Session
from course_utils.instructor.sandbox import child, image
from course_utils.instructor.sandbox import sandbox as sandbox_module
from course_utils.instructor.sandbox.failures import Lost, SandboxFault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux shows them"),
]


def grade(folder):
    command = ["grade", str(folder / "submitted"), "--out", str(folder / "results"), "--seed", "5", "--seconds", "4"]
    return main(command)


def scores(folder):
    return {one.student: sum(mark.score or 0 for mark in one.exercises) for one in results.read_all(folder / "results")}


@pytest.fixture
def class_of_three(tmp_path):
    for student in "abc":
        hand_in(tmp_path / "submitted" / f"{student}.ipynb")
    return tmp_path


def fork_server(sandbox):
    """bwrap has started it; without bwrap it is the process itself."""
    return below(sandbox.process.pid)[1 if BWRAP else 0]


def kill_the_process(sandbox):
    kill(sandbox.process)


def kill_the_child_as_if_memory_ran_out(sandbox):
    os.kill(below(sandbox.process.pid)[-1], signal.SIGKILL)


def kill_the_carrier(sandbox):
    os.kill(below(sandbox.process.pid)[-2], signal.SIGKILL)


def stop_the_carrier(sandbox):
    os.kill(below(sandbox.process.pid)[-2], signal.SIGSTOP)


def kill_the_server_of_references(sandbox):
    kill_the_process(sandbox.references().sandbox)


FAULTS = [
    kill_the_child_as_if_memory_ran_out, kill_the_process, kill_the_carrier, stop_the_carrier,
    kill_the_server_of_references,
]  # fmt: skip
SOME = [kill_the_child_as_if_memory_ran_out, stop_the_carrier, kill_the_server_of_references]


def meet(monkeypatch, fault, times, student="b"):
    """From now on the sandbox meets this fault when attention of that student is marked, and so many times.

    Returns a list with the number of times that are left.
    """
    left, mark = [times], ExerciseGrader.mark

    def marked(self, asked):
        if asked.name == "attention" and self.session.student == student and left[0]:
            left[0] -= 1
            fault(self.session.sandbox)
        return mark(self, asked)

    monkeypatch.setattr(ExerciseGrader, "mark", marked)
    begin = Session.__init__

    def begun(self, sandbox, open_file):
        begin(self, sandbox, open_file)
        self.student = Path(getattr(open_file, "args", ["?"])[0]).stem

    monkeypatch.setattr(Session, "__init__", begun)
    return left


@pytest.mark.parametrize("faults", [SOME, pytest.param(FAULTS, marks=pytest.mark.exhaustive)], ids=["some", "all"])
def test_a_fault_is_tried_once_more(tmp_path, monkeypatch, faults):
    """One after the other in one class, and then somebody who meets none."""
    monkeypatch.setattr(session, "GRACE", 1)
    monkeypatch.setattr(child, "SECONDS_TO_END", 3)
    students = [*(fault.__name__ for fault in faults), "without"]
    for student in students:
        hand_in(tmp_path / "submitted" / f"{student}.ipynb")
    met = [meet(monkeypatch, fault, times=1, student=fault.__name__) for fault in faults]
    assert grade(tmp_path) == 0
    assert scores(tmp_path) == dict.fromkeys(students, fair(set()))
    assert met == [[0]] * len(faults)


def test_what_fails_twice_is_told_and_not_stored_and_the_same_command_tries_again(class_of_three, monkeypatch, capsys):
    with monkeypatch.context() as patch:
        meet(patch, kill_the_process, times=2)
        assert grade(class_of_three) == 1
    said = capsys.readouterr().err
    assert "b.ipynb is not graded: the sandbox failed on it twice" in said and "not the students' fault" in said
    assert scores(class_of_three) == dict.fromkeys("ac", fair(set()))
    assert grade(class_of_three) == 0
    assert scores(class_of_three) == dict.fromkeys("abc", fair(set()))


def test_who_ends_python_itself_is_told_so(tmp_path):
    for student, change in (("a", None), ("b", os_exit), ("c", None)):
        hand_in(tmp_path / "submitted" / f"{student}.ipynb", *[change] if change else [])
    assert grade(tmp_path) == 0
    assert scores(tmp_path) == {"a": fair(set()), "b": fair({"attention"}), "c": fair(set())}
    told = next(one for one in results.read_all(tmp_path / "results") if one.student == "b")
    assert "it ended Python itself, twice (exit 0)" in next(m.message for m in told.exercises if m.name == "attention")


DIES_AT_POISON = """
read = Notebook.__init__
def __init__(self, data):
    if b"poison" in data:
        import os; os.abort()
    read(self, data)
Notebook.__init__ = __init__
"""


@pytest.fixture
def a_box_that_dies_at_poison(monkeypatch):
    """As if a notebook could end Python merely by being read."""
    copy = image.shutil.copytree

    def copied(source, target, *options, **more):  # it calls itself for folders in folders
        copy(source, target, *options, **more)
        if getattr(source, "name", "") == "inside":
            with open(target / "notebook/notebook.py", "a", encoding="utf-8") as file:
                file.write(DIES_AT_POISON)

    monkeypatch.setattr(image.shutil, "copytree", copied)
    monkeypatch.setattr(worker_pool, "Sandbox", sandbox_module.Sandbox)  # none that runs already


def test_a_notebook_that_cannot_be_read_does_not_stop_the_class(class_of_three, a_box_that_dies_at_poison):
    hand_in(class_of_three / "submitted/b.ipynb", lambda notebook: answer(notebook, "softmax", "poison = 1"))
    assert grade(class_of_three) == 0
    assert scores(class_of_three) == {"a": fair(set()), "b": 0, "c": fair(set())}
    told = next(one for one in results.read_all(class_of_three / "results") if one.student == "b")
    assert told.problem == "The notebook could not be read: signal 6, twice."


def test_if_nothing_can_be_read_it_is_the_sandbox(tmp_path, a_box_that_dies_at_poison, monkeypatch, capsys):
    monkeypatch.setitem(globals(), "DIES_AT_POISON", DIES_AT_POISON.replace('b"poison" in data', "True"))
    monkeypatch.setattr(submission_grader, "ATTEMPTS", 1)
    hand_in(tmp_path / "submitted/a.ipynb")
    assert grade(tmp_path) == 1
    assert "a.ipynb is not graded" in capsys.readouterr().err
    assert scores(tmp_path) == {}


def test_a_process_that_takes_nothing_more_is_given_up(sandbox, monkeypatch):
    assert value_of(sandbox, "score_spread = 8.0") == 8.0
    monkeypatch.setattr(sandbox_module, "SECONDS_TO_TAKE", 1)
    os.kill(fork_server(sandbox), signal.SIGSTOP)
    started = time.monotonic()
    with pytest.raises((SandboxFault, Lost)):
        value_of(sandbox, "score_spread = 8.0" + " " * 10**6)  # more than a pipe holds
    assert time.monotonic() - started < 30
    assert value_of(sandbox, "score_spread = 8.0") == 8.0


STOPS_LISTENING = """
import json, os, struct
big = {"tensor": ["f4", [2**18, 1], 0]}
question = {"ask": "similarity", "args": {"tuple": [{"tensor": ["f4", [1], 0]}, big]}, "names": []}
question |= {"named": {"tuple": []}, "gradients": {"is": None}}
text = json.dumps(question).encode()
def forever():
    while True:
        for data in (struct.pack("!II", len(text), 2**20) + text, bytes(2**20)):
            while data:
                data = data[os.write(3, data):]
score_spread = forever()
"""


def test_a_child_that_stops_listening_does_not_hold_the_grader_up(sandbox):
    started = time.monotonic()
    with pytest.raises(Lost):
        value_of(sandbox, STOPS_LISTENING, seconds=2)
    assert time.monotonic() - started < 40
    assert value_of(sandbox, "score_spread = 8.0") == 8.0


def test_many_threads_are_ended_before_they_starve_the_neighbours(sandbox):
    threads = "import threading, time\ndef made():\n    for _ in range(200):\n"
    threads += "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n    time.sleep(60)\n"
    with pytest.raises(Lost, match="more than 64 threads"):
        value_of(sandbox, f"{threads}score_spread = made()")
    assert threading.active_count() < 20


def test_a_right_answer_may_have_some(sandbox):
    pool = "from concurrent.futures import ThreadPoolExecutor as P\nscore_spread = sum(P(32).map(float, range(9)))"
    assert value_of(sandbox, pool) == 36.0
    assert value_of(sandbox, f"import torch\ntorch.set_num_threads(200)\nx = torch.rand(999, 999)\n{pool}") == 36.0


def test_a_definition_may_be_slow_to_come(tmp_path):
    slow = body("attention", "import time\ntime.sleep(0.3)\n")  # seven cases
    right = "weights = softmax(Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1]))\n    return weights @ V, weights"
    hand_in(tmp_path / "submitted/a.ipynb", lambda notebook: answer(notebook, "attention", f"{slow}\n    {right}"))
    assert grade(tmp_path) == 0
    assert scores(tmp_path) == {"a": fair(set())}
