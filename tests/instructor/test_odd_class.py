"""Promise: odd but honest work gets what a fair person would give, and what its own notebook called right is right."""

import json
import os

import pytest
from nbclient import NotebookClient
from odd_answers import code, lean
from odd_class import LOST, STUDENTS, notebooks
from odd_files import FORMATS, files

from course_utils.instructor import results
from course_utils.instructor.__main__ import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]
# Where a kernel that runs all cells from top to bottom sees less than the student did, and why that is not fair.
KERNEL_IS_STRICTER = {
    "helper_stands_below": "the student has run the cell below first",
    "upside_down": "the same, of all cells",
    "all_in_one_cell": "one cell shows each check, and the rest is the same",
    "checks_deleted": "nothing checks it any more",
    "file_s_own_check": "a kernel finds the file only where it may write",
}
# Where a kernel said that it is right, and a later cell has taken it back.
TAKEN_BACK = {"changed_their_mind_for_the_worse": {"softmax_shift", "score_spread"}}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """{student: result}."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "in").mkdir()
    for student, notebook in notebooks().items():
        (folder / "in" / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    for student, data in files().items():
        (folder / "in" / f"{student}.ipynb").write_bytes(data)
    assert main(["grade", str(folder / "in"), "--out", str(folder / "out"), "--seed", "3"]) == 0
    return {one.student: one for one in results.read_all(folder / "out")}


def lost(one):
    return {mark.name for mark in one.exercises if mark.score == 0}


@pytest.mark.parametrize("student", STUDENTS)
def test_odd_work_gets_what_a_fair_person_would_give(graded, student):
    assert lost(graded[student]) == LOST.get(student, set()), graded[student].exercises


@pytest.mark.parametrize("student", FORMATS)
def test_whatever_program_has_written_the_file(graded, student):
    assert (lost(graded[student]), graded[student].problem, graded[student].flags) == (set(), None, [])
    assert next(mark.score for mark in graded[student].exercises if mark.kind == "essay") is None  # to be read


@pytest.mark.parametrize(
    ("student", "flag", "told"),
    [
        ("became_text", "A text cell holds a definition of attention; was the cell's kind changed?", "a text cell"),
        ("became_raw", "A raw cell holds a definition of attention; was the cell's kind changed?", "a raw cell"),
        ("fenced_in_a_text", "A text cell holds a definition of attention;", "a text cell, which is not run"),
        ("under_a_capital", "A cell defines Attention, and nothing defines attention", "call it attention"),
    ],
)
def test_a_misplaced_answer_is_flagged_and_not_called_unstarted(graded, student, flag, told):
    mark = next(mark for mark in graded[student].exercises if mark.name == "attention")
    assert graded[student].flags[0].startswith(flag) and "it is right" in graded[student].flags[0]
    assert told in mark.message and "not started" not in mark.message and mark.status == "fail" and mark.answer


def test_nobody_else_is_flagged(graded):
    misplaced = {"became_text", "became_raw", "fenced_in_a_text", "under_a_capital"}
    assert {student for student, one in graded.items() if one.flags} == misplaced


@pytest.mark.parametrize("student", ["module_not_there", "name_not_there"])
def test_a_module_that_is_missing_is_said_by_name(graded, student):
    (message,) = [mark.message for mark in graded[student].exercises if mark.score == 0]
    assert "There is no not_there where this was graded" in message and graded[student].missing == ["not_there"]
    assert graded["optional_import"].missing == []


@pytest.mark.parametrize("student", ["own_name", "named_in_the_file", "static_method"])
def test_what_is_shown_is_what_they_wrote(graded, student):
    assert "math.sqrt(K.shape[-1])" in next(m.answer for m in graded[student].exercises if m.name == "attention")


RESET = """
%reset -f
import gc, os, sys, tempfile
gc.freeze()  # the next reset does not look through all of torch again
sys.modules.pop('att', None)
os.chdir(tempfile.mkdtemp(dir={folder!r}))
"""


@pytest.fixture(scope="module")
def right_in_a_kernel(tmp_path_factory):
    """{student: exercises that a check has called right}, when all cells are run from top to bottom, in one kernel."""
    everything, places = lean(), {}
    everything.cells = []
    for student, notebook in notebooks().items():
        code(everything, RESET.format(folder=str(tmp_path_factory.mktemp("kernel"))))
        places[student] = range(len(everything.cells), len(everything.cells) + len(notebook.cells))
        everything.cells += notebook.cells
    for number, cell in enumerate(everything.cells):
        cell.id = f"cell-{number}"
    NotebookClient(everything, allow_errors=True, timeout=120).execute()
    called = {student: [_called_right(everything.cells[i]) for i in place] for student, place in places.items()}
    return {student: set().union(*names) for student, names in called.items()}


def _called_right(cell):
    texts = [output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", [])]
    return [text.split(":")[0].removeprefix("✓ ") for text in texts if text.startswith("✓ ")]


@pytest.mark.parametrize("student", sorted(STUDENTS.keys() - KERNEL_IS_STRICTER.keys()))
def test_a_real_kernel_says_the_same(right_in_a_kernel, student):
    right = right_in_a_kernel[student] - TAKEN_BACK.get(student, set())
    assert right == {"softmax_shift", "softmax", "score_spread", "attention"} - LOST.get(student, set())
