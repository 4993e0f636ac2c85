"""Promise: where nbgrader handed out, its own gradebook gets our points, and keeps what a person wrote there."""

import csv
import shutil

import pytest
from example_class import answer, cell_of
from example_results import graded, right, text, write_class
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader_course import Course
from own_lesson import BOTH_WAYS, LESSON, begin

from course_utils.exercises.engine.cells import solve
from course_utils.instructor import lessons
from course_utils.instructor.__main__ import main

PLAN = f'exercises = "ours"\n[lessons."{LESSON}".points]\nwindow_mask = 6\n'


@pytest.fixture(autouse=True, scope="module")
def forgotten():
    yield
    lessons.use()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Released by nbgrader with the plan's points: own exercises, and three students' work."""
    folder = begin(tmp_path_factory.mktemp("own"))
    (folder / "plan.toml").write_text(PLAN)
    course = Course(tmp_path_factory.mktemp("nbgrader"), LESSON)
    shutil.copytree(folder, course.folder, dirs_exist_ok=True)
    course.release(7, "--plan", str(course.folder / "plan.toml"))
    for student in ("anna", "ben", "untouched"):
        notebook = course.released()
        if student == "anna":
            solve(notebook)
            cell_of(notebook, "essay", "why_window").source = "21 layers."
        if student == "ben":
            answer(notebook, "window_mask", BOTH_WAYS)
        course.submit(student, notebook)
    (course.folder / f"submitted/anna/{LESSON}/timestamp.txt").write_text("2026-12-01 10:00:00.000000 UTC")
    grade = ["grade", str(course.folder / "submitted"), "--out", str(course.folder / "out"), "--seed", "7"]
    assert main([*grade, "--plan", str(course.folder / "plan.toml")]) == 0
    return course


def report(course, *more):
    folder, plan = course.folder, str(course.folder / "plan.toml")
    return main(["report", str(folder / "out"), "--plan", plan, "--nbgrader", str(folder), *more])


def points(course):
    """{student: points}, as nbgrader's gradebook adds them up."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(LESSON)}


def sheet(course, points):
    """The essays, read."""
    path = course.folder / "sheet.csv"
    with open(course.folder / "out/report/essays.csv", encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    path.write_text(f"essay,points,comment\n{row['essay']},{points},Nearly.\n")
    return str(path)


@pytest.mark.slow
def test_points_and_comments_are_in_nbgraders_gradebook_and_what_was_typed_there_stays(course, capsys):
    assert report(course) == 0 and "3 submissions in nbgrader's" in capsys.readouterr().out
    assert points(course) == {"anna": 6, "ben": 0, "untouched": 0} and course.to_read() == {"anna": 1}
    assert report(course, "--essays", sheet(course, 1.5)) == 0
    assert points(course) == {"anna": 7.5, "ben": 0, "untouched": 0} and course.to_read() == {}
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}", course_id="") as gradebook:
        place = ("essay-why-window", LESSON, LESSON, "anna")
        assert gradebook.find_comment(*place).comment == "Nearly."
        assert str(gradebook.find_submission(LESSON, "anna").timestamp) == "2026-12-01 10:00:00"
        ben = gradebook.find_grade("check-window-mask", LESSON, LESSON, "ben")
        ben.manual_score = 2  # as formgrader does
        gradebook.db.commit()
    assert report(course) == 0
    assert points(course) == {"anna": 7.5, "ben": 2, "untouched": 0}


@pytest.mark.slow
def test_nbgraders_own_grading_agrees_and_formgrader_shows_the_points(course):
    """It runs the same exercises by itself, with their modules beside the notebook."""
    course.nbgrader("autograde", LESSON)
    assert course.scores() == {"anna": 7.5, "ben": 2, "untouched": 0}
    assert report(course) == 0
    api = NbGraderAPI(CourseDirectory(root=str(course.folder)))
    shown = {one["student"]: (one["score"], one["max_score"]) for one in api.get_submissions(LESSON)}
    assert shown == {"anna": (7.5, 8), "ben": (2, 8), "untouched": (0, 8)}


def test_without_a_gradebook_nothing_is_written(tmp_path, capsys):
    write_class(tmp_path / "results")
    assert main(["report", str(tmp_path / "results"), "--nbgrader", str(tmp_path)]) == 2
    assert "nbgrader generate_assignment" in capsys.readouterr().err and not (tmp_path / "results/report").exists()


@pytest.mark.slow
def test_lessons_that_nbgrader_has_not_released_are_said(course, tmp_path, capsys):
    lessons.use()
    write_class(tmp_path / "results", [graded("Ada", right("softmax"), text())])
    assert main(["report", str(tmp_path / "results"), "--nbgrader", str(course.folder)]) == 0
    said = capsys.readouterr().out
    assert "0 submissions in nbgrader's" in said and "not released with nbgrader: 02_" in said
