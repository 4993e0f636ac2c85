"""Promise: in every lesson the grader gives what the notebook's own checks say, also with a student's own numbers."""

import copy
import inspect
import os
import re
import types

import nbformat
import pytest
from right_answers import RIGHT

from course_utils.exercises.engine import Exercise, Prediction
from course_utils.exercises.engine.cells import marked_cells, solve
from course_utils.instructor import lessons, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.release.handout import handout
from course_utils.instructor.variants import figures_seed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]
ROUNDS = 3  # unusual right answers that are tried for each exercise


def grade(folder, *more):
    """{student: {lesson: result}} of all notebooks in a folder."""
    assert main(["grade", str(folder), "--out", str(folder.parent / "results"), "--seed", "5", *more]) == 0
    found = {}
    for one in results.read_all(folder.parent / "results"):
        found.setdefault(one.student, {})[one.lesson] = one
    return found


def sources(name):
    """Right answers of another form that stand by themselves, as cells."""
    for fn in RIGHT[name]:
        source, used = inspect.getsource(fn), inspect.getclosurevars(fn)
        modules = {alias: value for alias, value in fn.__globals__.items() if isinstance(value, types.ModuleType)}
        if source.startswith("def ") and used.globals.items() <= modules.items() and not used.nonlocals:
            imports = "".join(f"import {module.__name__} as {alias}\n" for alias, module in modules.items())
            yield imports + re.sub(rf"\b{fn.__name__}\b", name, source)


def unusual(notebook, number):
    """Hand in a right answer of another form for each function, while there are some."""
    for cell, kind, asked in marked_cells(solve(notebook)):
        if kind == "answer" and isinstance(asked, Exercise):
            cell.source = dict(enumerate(sources(asked.name))).get(number, cell.source)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lessons") / "submitted"
    for lesson in lessons.lessons():
        blank = handout(lesson)
        lessons.write(blank, folder / "blank" / f"{lesson}.ipynb")
        lessons.write(solve(copy.deepcopy(blank)), folder / "solved" / f"{lesson}.ipynb")
        for number in range(ROUNDS):
            notebook = copy.deepcopy(blank)
            unusual(notebook, number)
            lessons.write(notebook, folder / f"unusual {number}" / f"{lesson}.ipynb")
    return grade(folder)


def wrong_marks(one):
    """What should be right and is not: (name, sentence)."""
    return [(mark.name, mark.message) for mark in one.exercises if mark.kind != "essay" and mark.status != "pass"]


@pytest.mark.parametrize("lesson", lessons.lessons())
@pytest.mark.parametrize("student", ["solved", *(f"unusual {number}" for number in range(ROUNDS))])
def test_right_answers_have_full_marks(graded, student, lesson):
    one = graded[student][lesson]
    assert [mark.name for mark in one.exercises] == [asked.name for asked in lessons.asked_in(lesson)]
    assert wrong_marks(one) == [] and one.flags == [] and one.problem is None


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_blank_ones_have_none(graded, lesson):
    one = graded["blank"][lesson]
    assert {(mark.status, mark.score) for mark in one.exercises} == {("todo", 0)}
    assert one.flags == [] and one.problem is None


@pytest.fixture(scope="module")
def own_numbers(tmp_path_factory):
    """Two students have the numbers of a variant; Bob hands in his own, Cem hands in Ada's."""
    folder = tmp_path_factory.mktemp("variants")
    (folder / "class.csv").write_text("Ada\nBob\nCem\n", encoding="utf-8")
    handed_out = ["--out", str(folder / "out"), "--students", str(folder / "class.csv"), "--variant", "autumn"]
    assert main(["assign", "03", *handed_out]) == 0
    lesson = lessons.known("03")
    for student, whose in (("Ada", "Ada"), ("Bob", "Bob"), ("Cem", "Ada")):
        notebook = nbformat.read(folder / "out" / whose / f"{lesson}.ipynb", as_version=4)
        solve(notebook, lambda name, whose=whose: figures_seed("autumn", whose, name))
        lessons.write(notebook, folder / "submitted" / student / f"{lesson}.ipynb")
    found = grade(folder / "submitted", "--variant", "autumn")
    return {student: found[student][lesson] for student in ("Ada", "Bob", "Cem")}


def test_own_numbers_are_right_and_a_neighbour_s_are_not(own_numbers):
    assert wrong_marks(own_numbers["Ada"]) == wrong_marks(own_numbers["Bob"]) == []
    predictions = [asked.name for asked in lessons.asked_in(lessons.known("03")) if isinstance(asked, Prediction)]
    assert [name for name, _ in wrong_marks(own_numbers["Cem"])] == predictions
    answers = [next(m.answer for m in own_numbers[who].exercises if m.name == predictions[0]) for who in ("Ada", "Bob")]
    assert answers[0] != answers[1]


def test_a_neighbour_s_notebook_is_flagged(own_numbers):
    assert own_numbers["Cem"].flags == ["This notebook was handed out to Ada."]
    assert own_numbers["Bob"].flags == []
