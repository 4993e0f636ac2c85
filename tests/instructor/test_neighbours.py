"""Promise: whatever one notebook tries, the others get exactly what they get alone, and the run costs a fixed amount.

Honest notebooks of several kinds stand before and after each hostile one.
"""

import json
import subprocess
import sys

import attacks_on_others
import nbformat
import pytest
from example_class import LESSON, all_right, answer, body, half, hand_in, syntax_error
from sandboxes import BWRAP, WHY_NOT

from course_utils.instructor import results
from course_utils.instructor.lessons import asked_in

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not BWRAP, reason=f"isolation is not tested: {WHY_NOT}")]
SECONDS = 3
MOST_MEGABYTES = 300  # that the grader itself may need beyond what an honest class needs
# A run of `grade`, and then the most memory that this process itself has had, in MB.
RUN = """
import resource, sys
from course_utils.instructor.__main__ import main
from course_utils.instructor.grade import session
session.GRACE = 1
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
sys.exit(status)
"""


def uses_earlier_lessons(notebook):
    """Its attention is computed by functions of the course, which the grader lends."""
    lines = "from course_utils.model.attention import similarity\nscores = torch.stack([similarity(q, K) for q in Q])"
    lines += "\nweights = softmax(scores / math.sqrt(K.shape[-1]))\nreturn weights @ V, weights"
    answer(notebook, "attention", body("attention", f"if Q.ndim > 2:\n    return right(Q, K, V)\n{lines}"))
    rest = "def right(Q, K, V):\n    weights = softmax(Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1]))\n"
    notebook.cells.append(nbformat.v4.new_code_cell(f"{rest}    return weights @ V, weights"))


HONEST = (all_right, half, uses_earlier_lessons, syntax_error)


def hand_in_with_neighbours(folder, attacks):
    """Honest, hostile, honest, hostile, ..., honest, in the order of the alphabet. Returns the names of the honest."""
    honest = []
    for number in range(len(attacks) + 1):
        change = HONEST[number % len(HONEST)]
        honest.append(f"n{number:03}a {change.__name__}")
        hand_in(folder / f"{honest[-1]}.ipynb", change)
        for attack in attacks[number : number + 1]:
            text = json.dumps(attacks_on_others.notebook(attack))
            (folder / f"n{number:03}b {attack}.ipynb").write_text(text, encoding="utf-8")
    return honest


def grade(folder, workers):
    """({student: result}, megabytes that the grader has taken)."""
    command = [sys.executable, "-c", RUN, "grade", str(folder / "submitted"), "--out", str(folder / "results")]
    command += ["--seed", "5", "--seconds", str(SECONDS), "--workers", str(workers), "--lesson", LESSON]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stderr
    return {one.student: one for one in results.read_all(folder / "results")}, int(done.stdout)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What each kind of honest notebook gets, and what the grader needs for them."""
    folder = tmp_path_factory.mktemp("alone")
    for change in HONEST:
        hand_in(folder / "submitted" / f"{change.__name__}.ipynb", change)
    graded, megabytes = grade(folder, workers=1)
    return {name: outcome(one) for name, one in graded.items()}, megabytes


def outcome(graded):
    """All that a student is told."""
    told = [(mark.name, mark.score, mark.status, mark.message, mark.mistake) for mark in graded.exercises]
    return told, graded.flags, graded.problem


def check(folder, alone, attacks, workers):
    honest = hand_in_with_neighbours(folder / "submitted", attacks)
    graded, megabytes = grade(folder, workers)
    expected, megabytes_alone = alone
    assert {name: outcome(graded[name]) for name in honest} == {name: expected[name.split()[1]] for name in honest}
    hostile = {name.partition(" ")[2]: one for name, one in graded.items() if name not in honest}
    assert hostile.keys() == set(attacks)
    assert [name for name, one in hostile.items() if points(one) != 4] == []  # all that it does not touch
    most = 3 * SECONDS * len(asked_in(LESSON))
    assert {name: one.seconds for name, one in graded.items() if one.seconds > most} == {}
    assert megabytes - megabytes_alone < MOST_MEGABYTES


def points(graded):
    return sum(mark.score or 0 for mark in graded.exercises)


def test_the_honest_get_what_they_should(alone):
    kinds, _ = alone
    got = {name: sum(score or 0 for _, score, *_ in told) for name, (told, *_) in kinds.items()}
    assert got == {"all_right": 7, "half": 4, "uses_earlier_lessons": 7, "syntax_error": 5}


# One of each kind in the ordinary run.
SOME = [
    "limits_files", "limits_memory", "priority_of_all", "stops_the_carrier", "first_to_go", "leaves_a_file",
    "falls", "sleeps_with_the_lock", "asks_and_does_not_listen", "one_tensor_many_times", "asks_for_much",
]  # fmt: skip


def test_some_attacks_touch_nobody_else(alone, tmp_path):
    check(tmp_path, alone, SOME, workers=2)


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kind", ["ATTACKS", "ENDINGS", "MESSAGES"])
def test_no_attack_touches_anybody_else(alone, tmp_path, kind, workers):
    check(tmp_path, alone, list(getattr(attacks_on_others, kind)), workers)
