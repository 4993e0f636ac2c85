"""Promise: without bubblewrap a submission cannot stop the run or exhaust the machine; that it lacks is said."""

import platform
import sys

import pytest
from example_class import all_right, endless_loop, fair, hand_in, os_exit, prints_20_megabytes
from hostile_class import ATTACKS, NEED_A_SANDBOX, attack

from course_utils.instructor import box, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.inside import locks

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in locks.MACHINES, reason="this system has fewer limits"
)
HELD = {all_right: True, prints_20_megabytes: True, endless_loop: False, os_exit: False}


@pytest.fixture
def without_bubblewrap(monkeypatch):
    monkeypatch.setattr(box.shutil, "which", lambda name: None)


def grade(folder, *more):
    command = ["grade", str(folder / "submitted"), "--out", str(folder / "out"), "--seed", "5", "--seconds", "3"]
    return main([*command, "--workers", "2", *more])


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("limits")
    for change in HELD:
        hand_in(folder / "submitted" / f"{change.__name__}.ipynb", change)
    for name in ATTACKS.keys() - NEED_A_SANDBOX:
        hand_in(folder / "submitted" / f"{name}.ipynb", attack(ATTACKS[name].format(port=9)))
    assert grade(folder, "--sandbox", "limits") == 0
    return {one.student: one for one in results.read_all(folder / "out")}


def test_everybody_gets_what_a_person_would_give(graded):
    right = {change.__name__ for change, holds in HELD.items() if holds}
    got = {student: sum(mark.score or 0 for mark in one.exercises) for student, one in graded.items()}
    assert got == {student: fair(set() if student in right else {"attention"}) for student in graded}
    assert {one.sandbox for one in graded.values()} == {box.LIMITS_ONLY}


@pytest.mark.parametrize(
    ("student", "told"),
    [
        ("fork_bomb", "PermissionError"),
        ("starts_programs", "PermissionError"),
        ("kills_the_grader", "PermissionError"),
        ("calls_the_network", "PermissionError"),
        ("fills_the_disk", "No usable temporary directory"),
        ("takes_all_memory", "memory"),
    ],
)
def test_the_kernel_refuses(graded, student, told):
    assert told in next(mark.message for mark in graded[student].exercises if mark.name == "attention")


def test_it_is_said_once(tmp_path, capsys, without_bubblewrap):
    for student in ("ada", "bob"):
        hand_in(tmp_path / "submitted" / f"{student}.ipynb")
    assert grade(tmp_path) == 0
    assert capsys.readouterr().err.count("No sandbox: bubblewrap is not installed.") == 1
    assert {one.sandbox for one in results.read_all(tmp_path / "out")} == {box.LIMITS_ONLY}


def test_who_wants_bubblewrap_gets_nothing_less(tmp_path, capsys, without_bubblewrap):
    hand_in(tmp_path / "submitted" / "ada.ipynb")
    assert grade(tmp_path, "--sandbox", "bubblewrap") == 2
    assert "There is no sandbox" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
