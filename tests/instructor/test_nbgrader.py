"""Promise: the real nbgrader takes our source tree, from release to export, and gives everybody what is right."""

import copy

import nbformat
import pytest
from nbgrader_course import Course

from course_utils.exercises.engine import Essay
from course_utils.exercises.engine.cells import marked_cells, solve
from course_utils.instructor import lessons
from course_utils.instructor.handout import handout
from course_utils.instructor.nbgrader_source import with_hidden_tests

LESSON = "02_softmax_attention"
SECRET = 90731
NO_SCALING = "def attention(Q, K, V):\n    weights = softmax(Q @ K.transpose(-2, -1))\n    return weights @ V, weights"
CHEAT = "from course_utils.model.attention import attention"


def cell(notebook, kind, name):
    return next(cell for cell, is_kind, asked in marked_cells(notebook) if (is_kind, asked.name) == (kind, name))


def all_right(notebook):
    solve(notebook)
    cell(notebook, "essay", "why_scale").source = "Because the variance of a dot product grows like d_k."


def half(notebook):
    solve(notebook)
    cell(notebook, "answer", "attention").source = NO_SCALING


def untouched(notebook):
    pass


def softmax_wrong(notebook):
    """attention calls it and is right: the lesson goes on with the course's own."""
    solve(notebook)
    cell(notebook, "answer", "softmax").source = "def softmax(scores):\n    return scores"
    cell(notebook, "answer", "attention").source = NO_SCALING.replace("-1))", "-1) / math.sqrt(K.shape[-1]))")


def reference_imported(notebook):
    solve(notebook)
    cell(notebook, "answer", "attention").source = CHEAT


def check_edited(notebook):
    half(notebook)
    cell(notebook, "check", "attention").source = "assert True"


def check_copied(notebook):
    solve(notebook)
    place = notebook.cells.index(cell(notebook, "check", "attention"))
    notebook.cells.insert(place, copy.deepcopy(notebook.cells[place]))


def checks_deleted(notebook):
    solve(notebook)
    for name in ("softmax_shift", "softmax"):
        notebook.cells.remove(cell(notebook, "check", name))


def metadata_stripped(notebook):
    half(notebook)
    for one in notebook.cells:
        one.metadata = nbformat.NotebookNode()


def marks_of_hidden_tests(notebook):
    solve(notebook)
    cell(notebook, "answer", "attention").source += "\n### BEGIN HIDDEN TESTS"


CLASS = [all_right, half, untouched, softmax_wrong, reference_imported, check_edited, check_copied, checks_deleted,
         metadata_stripped, marks_of_hidden_tests]  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("course"), LESSON)
    course.release(SECRET)
    for change in CLASS:
        notebook = course.released()
        change(notebook)
        course.submit(change.__name__, notebook)
    course.nbgrader("autograde", LESSON)
    course.nbgrader("generate_feedback", LESSON)
    return course


def points(*lost):
    """All points but the essay's and those of the exercises named."""
    asked = {asked.name: asked.points for asked in lessons.asked_in(LESSON) if not isinstance(asked, Essay)}
    return sum(asked.values()) - sum(asked[name] for name in lost)


def test_everybody_has_the_right_score(course):
    assert course.scores() == {
        "all_right": points(),
        "half": points("attention"),
        "untouched": 0,
        "softmax_wrong": points("softmax"),
        "reference_imported": points("attention"),
        "check_edited": points("attention"),
        "check_copied": points(),
        "checks_deleted": points(),
        "metadata_stripped": points("attention"),
        "marks_of_hidden_tests": points(),
    }


def test_essays_wait_for_a_person_and_an_empty_one_does_not(course):
    assert course.to_read() == {"all_right": 1, "metadata_stripped": 1}


def test_the_release_is_the_lesson_and_holds_no_secret(course):
    released = {cell.id: cell.source for cell in course.released().cells}
    handed_out = {cell.id: cell.source for cell in handout(LESSON).cells}
    assert released.items() <= handed_out.items() and len(released) > 10
    assert str(SECRET) not in str(course.released())


def test_feedback_names_the_mistake_and_holds_no_secret(course):
    page = course.feedback("half")
    assert "AssertionError: The scores are not scaled." in page
    assert not [hidden for hidden in (str(SECRET), "_verdict", "HIDDEN TESTS") if hidden in page]


def test_who_writes_the_marks_of_hidden_tests_has_feedback_all_the_same(course):
    assert "### BEGIN HIDDEN TESTS" in course.feedback("marks_of_hidden_tests")


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_every_exercise_of_a_lesson_is_marked_once(lesson):
    marks = [cell.metadata.get("nbgrader") for cell in with_hidden_tests(handout(lesson), SECRET).cells]
    points = {mark["grade_id"]: mark["points"] for mark in marks if mark}
    assert len(points) == len(list(filter(None, marks))) == len(lessons.asked_in(lesson))
    assert sum(points.values()) == sum(asked.points for asked in lessons.asked_in(lesson))
