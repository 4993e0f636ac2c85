"""Promise: without bubblewrap a submission cannot stop the run or exhaust the machine."""

import pytest
from example_class import all_right, endless_loop, fair, hand_in, os_exit, prints_20_megabytes
from hostile_class import ATTACKS, NEED_A_SANDBOX, attack

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.sandbox import image
from course_utils.instructor.sandbox.inside import seccomp

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not seccomp.is_known_here(), reason="this system has fewer limits")]
HELD = {all_right: True, prints_20_megabytes: True, endless_loop: False, os_exit: False}


def grade(folder, *more):
    command = ["grade", str(folder / "submitted"), "--out", str(folder / "out"), "--seed", "5", "--seconds", "3"]
    return main([*command, "--workers", "2", *more])


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("limits")
    for change in HELD:
        hand_in(folder / "submitted" / f"{change.__name__}.ipynb", change)
    for name in ATTACKS.keys() - NEED_A_SANDBOX:
        lines = ATTACKS[name].format(port=9, other=str(folder / "submitted" / "all_right.ipynb"))
        hand_in(folder / "submitted" / f"{name}.ipynb", attack(lines))
    assert grade(folder, "--sandbox", "limits") == 0
    return {one.student: one for one in results.read_all(folder / "out")}


def test_everybody_gets_what_a_person_would_give(graded):
    right = {change.__name__ for change, holds in HELD.items() if holds}
    got = {student: sum(mark.score or 0 for mark in one.exercises) for student, one in graded.items()}
    assert got == {student: fair(set() if student in right else {"attention"}) for student in graded}
    assert {one.sandbox for one in graded.values()} == {image.LIMITS_ONLY}


@pytest.mark.parametrize(
    ("student", "told"),
    [
        ("fork_bomb", "PermissionError"),
        ("starts_programs", "PermissionError"),
        ("kills_the_grader", "PermissionError"),
        ("calls_the_network", "PermissionError"),
        ("deletes_another_s_file", "PermissionError"),
        ("fills_the_disk", "PermissionError"),
        ("takes_all_memory", "memory"),
    ],
)
def test_the_kernel_refuses(graded, student, told):
    assert told in next(mark.message for mark in graded[student].exercises if mark.name == "attention")
