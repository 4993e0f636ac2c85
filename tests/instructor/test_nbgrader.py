"""Promise: the real nbgrader takes our source tree, from release to export, and gives everybody what is right."""

import copy

import pytest
from example_class import (
    LESSON,
    LOST,
    all_right,
    cell_copied,
    cell_of,
    check_deleted,
    check_edited,
    exception_in_first_cell,
    fair,
    filled_in,
    half,
    metadata_stripped,
    reference_imported,
    syntax_error,
)
from nbgrader_course import Course

from course_utils.instructor import lessons
from course_utils.instructor.release.handout import handout
from course_utils.instructor.release.nbgrader_source import with_hidden_tests

SECRET = 90731
KINDS = [half, check_deleted]
MORE = [
    metadata_stripped, all_right, exception_in_first_cell, cell_copied, syntax_error, reference_imported, check_edited,
]  # fmt: skip


def check_copied(notebook):
    check = cell_of(notebook, "check", "attention")
    notebook.cells.insert(notebook.cells.index(check), copy.deepcopy(check))


def marks_of_hidden_tests(notebook):
    cell_of(notebook, "answer", "attention").source += "\n### BEGIN HIDDEN TESTS"


def several_at_once(notebook):
    """None of these costs anything. Each notebook takes nbgrader a kernel."""
    for change in (exception_in_first_cell, check_copied, marks_of_hidden_tests, cell_copied):
        change(notebook)


@pytest.fixture(scope="module", params=[[], pytest.param(MORE, marks=pytest.mark.exhaustive)], ids=["some", "all"])
def course(request, tmp_path_factory):
    course = Course(tmp_path_factory.mktemp("course"), LESSON)
    course.kinds = KINDS + request.param
    course.release(SECRET)
    course.submit("untouched", course.released())
    for change in [*course.kinds, several_at_once]:
        notebook = filled_in(course.released())
        change(notebook)
        course.submit(change.__name__, notebook)
    course.nbgrader("autograde", LESSON)
    course.nbgrader("generate_feedback", LESSON)
    return course


@pytest.mark.slow
def test_everybody_has_the_score_that_a_person_would_give(course):
    all_points = fair(set())
    ours = {"untouched": 0, "several_at_once": all_points}
    assert course.scores() == {**{change.__name__: fair(LOST[change]) for change in course.kinds}, **ours}


@pytest.mark.slow
def test_essays_wait_for_a_person_and_an_empty_one_does_not(course):
    waiting = course.to_read()
    assert "untouched" not in waiting and set(waiting.values()) == {1} and len(waiting) == len(course.kinds) + 1


@pytest.mark.slow
def test_the_release_is_the_lesson_and_holds_no_secret(course):
    released = {cell.id: cell.source for cell in course.released().cells}
    handed_out = {cell.id: cell.source for cell in handout(LESSON).cells}
    assert released.items() <= handed_out.items() and len(released) > 10
    assert str(SECRET) not in str(course.released())


@pytest.mark.slow
def test_feedback_names_the_mistake_and_holds_no_secret(course):
    page = course.feedback("half")
    assert "AssertionError: The scores are not scaled." in page
    assert not [hidden for hidden in (str(SECRET), "_verdict", "HIDDEN TESTS") if hidden in page]


@pytest.mark.slow
def test_who_writes_the_marks_of_hidden_tests_has_feedback_all_the_same(course):
    assert "### BEGIN HIDDEN TESTS" in course.feedback("several_at_once")


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_every_exercise_of_a_lesson_is_marked_once(lesson):
    marks = [cell.metadata.get("nbgrader") for cell in with_hidden_tests(handout(lesson), SECRET).cells]
    points = {mark["grade_id"]: mark["points"] for mark in marks if mark}
    assert len(points) == len(list(filter(None, marks))) == len(lessons.asked_in(lesson))
    assert sum(points.values()) == sum(asked.points for asked in lessons.asked_in(lesson))
