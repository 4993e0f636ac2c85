"""Promise: whatever is handed in gets what a person would give, and changes nothing but its own result."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from example_class import LESSON, LOST, fair, hand_in
from hostile_class import CALL, NEED_A_SANDBOX, SECRET, files
from sandboxes import BWRAP, WHY_NOT

import course_utils
from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.sandbox import image

SEED = 9073118230417  # so long that no time and no digest holds it by chance
KIND = image.BUBBLEWRAP if BWRAP else image.LIMITS_ONLY
MARK = "COURSE_TEST_RUN"  # in the environment of every process that the grader starts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]


def fingerprints(folder):
    """{path: what it holds} of everything in a folder."""
    return {
        path: os.readlink(path) if path.is_symlink() else hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if not path.is_dir()
    }


def processes_marked(mark):
    """Ids of the processes that have this in their environment; those that hide it are not the grader's own."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def calls(listener):
    """What was said by those who have called; a neighbour on this machine may have called by mistake."""
    said = []
    listener.settimeout(0)
    with contextlib.suppress(BlockingIOError):
        while True:
            with listener.accept()[0] as call, contextlib.suppress(OSError):
                call.settimeout(1)
                said.append(call.recv(100))
    return said


class Run:
    """The whole class, graded once. lost: {student: exercises that a person would give nothing for}."""

    def __init__(self, folder):
        self.submitted, self.out = folder / "submitted", folder / "results"
        with socket.create_server(("127.0.0.1", 0)) as listener, pytest.MonkeyPatch.context() as patch:
            patch.setitem(image.ENVIRONMENT, MARK, str(folder))
            self.lost = self._hand_in(listener.getsockname()[1])
            self.before = fingerprints(self.submitted)
            command = ["grade", str(self.submitted), "--out", str(self.out), "--seed", str(SEED), "--lesson", LESSON]
            self.status = main([*command, "--seconds", "4", "--workers", "2"])
            self.calls = calls(listener)
        self.after, self.left = fingerprints(self.submitted), processes_marked(str(folder))
        self.graded = {one.student: one for one in results.counting(results.read_all(self.out))}

    def _hand_in(self, port):
        for change in LOST:
            hand_in(self.submitted / f"{change.__name__}.ipynb", change)
        places = {"other": str(self.submitted / "secretive.ipynb"), "results": str(self.out), "port": port}
        package = str(Path(course_utils.__file__).parent)
        hostile = files(self.submitted, sandbox=KIND == image.BUBBLEWRAP, package=package, **places)
        return {change.__name__: lost for change, lost in LOST.items()} | hostile

    def mark(self, student, name):
        """What one exercise got."""
        return next(mark for mark in self.graded[student].exercises if mark.name == name)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return Run(tmp_path_factory.mktemp("class"))


def test_everybody_gets_what_a_person_would_give(run):
    got = {student: sum(mark.score or 0 for mark in one.exercises) for student, one in run.graded.items()}
    assert got == {student: fair(lost) for student, lost in run.lost.items()}
    assert run.status == 0


def test_points_are_for_the_right_exercises(run):
    for student, one in run.graded.items():
        if one.exercises:
            assert {mark.name for mark in one.exercises if mark.score == 0} == run.lost[student], student


def test_nothing_else_has_changed(run):
    assert run.after == run.before
    assert run.left == [] and CALL not in run.calls
    assert len(list(run.out.iterdir())) == len(run.before)
    assert len(results.read_all(run.out)) == len(run.before)


def test_results_hold_no_secret(run):
    found = {path.name.partition(".")[0]: path.read_text(encoding="utf-8") for path in run.out.iterdir()}
    assert not [name for name, text in found.items() if str(SEED) in text]
    assert [name for name, text in found.items() if SECRET in text] == []


@pytest.mark.parametrize(
    ("student", "name", "told"),
    [
        ("half", "attention", "not scaled"),
        ("untouched", "softmax", "not started"),
        ("endless_loop", "attention", "did not come back in time"),
        ("syntax_error", "softmax", "in the line `exps = scores.exp(`"),
        ("syntax_error", "attention", "tried with the course's own softmax"),
        ("reference_imported", "attention", "write it yourself"),
        ("os_exit", "attention", "ended Python itself"),
        ("library_call_refused", "softmax", "the library's own"),
        ("takes_all_memory", "attention", "memory"),
        ("recurses", "attention", "RecursionError"),
        ("fork_bomb", "attention", "PermissionError"),
        ("always_equal", "attention", "should be a tensor"),
        ("number_that_equals_all", "score_spread", "write one number"),
    ],
)
def test_a_sentence_says_what_happened(run, student, name, told):
    assert told in run.mark(student, name).message


@pytest.mark.parametrize(
    ("student", "told"),
    [
        ("not_json", "not written in JSON"),
        ("no_cells", "has no cells"),
        ("empty", "is empty"),
        ("link", "is a link"),
        ("other_lesson", "of lesson 01_queries_keys_values, not of 02"),
    ],
)
def test_a_file_that_cannot_be_graded_says_why(run, student, told):
    assert told in run.graded[student].problem
    assert run.graded[student].exercises == []


def test_known_mistakes_are_named(run):
    assert run.mark("half", "attention").mistake == "no scaling"
    assert run.mark("all_right", "attention").mistake is None


def test_use_of_the_course_s_answer_is_flagged(run):
    assert run.graded["reference_imported"].flags == ["attention is imported from the course."]
    assert run.graded["reference_called"].flags == ["attention calls the course's own attention."]
    assert run.graded["all_right"].flags == []


def test_of_two_files_of_one_student_the_later_counts(run):
    assert len([one for one in results.read_all(run.out) if one.student == "twice"]) == 2
    assert run.graded["twice"].submission.endswith("final.ipynb")


def test_texts_wait_for_their_reader(run):
    assert run.mark("all_right", "why_scale").score is None
    assert "saturates" in run.mark("all_right", "why_scale").answer
    assert run.mark("untouched", "why_scale").score == 0


def test_the_sandbox_is_used_where_it_works(run):
    """bwrap is asked here in its own words, so that our way to start it cannot fail unseen."""
    assert {one.sandbox for one in run.graded.values()} == {KIND}
    bare = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    works = shutil.which("bwrap") and subprocess.run(bare, capture_output=True).returncode == 0
    if not works:
        pytest.skip(f"isolation is not tested: {WHY_NOT}")
    assert KIND == image.BUBBLEWRAP


@pytest.mark.skipif(KIND != image.BUBBLEWRAP, reason=f"isolation is not tested: {WHY_NOT}")
@pytest.mark.parametrize("student", sorted(NEED_A_SANDBOX))
def test_nothing_of_the_machine_is_there(run, student):
    assert "FileNotFoundError" in run.mark(student, "attention").message
