"""Promise: from the command that hands a lesson out to the gradebook, everybody gets what their answers are worth."""

import csv

import nbformat
import pytest
from generated_class import LESSON, fill_in

from course_utils.instructor import lessons
from course_utils.instructor.__main__ import main

pytestmark = pytest.mark.usefixtures("warm_sandboxes")
STUDENTS = 12


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """(rows of the gradebook by student, {student: points that a person would give})."""
    folder, fair = tmp_path_factory.mktemp("class"), {}
    assert main(["assign", "03", "--out", str(folder / "out")]) == 0
    for number in range(STUDENTS):
        notebook = nbformat.read(folder / "out" / f"{LESSON}.ipynb", as_version=4)
        fair[f"student {number}"] = fill_in(notebook, number)
        lessons.write(notebook, folder / "in" / f"student_{number}_{LESSON}.ipynb")
    assert main(["grade", str(folder / "in"), "--out", str(folder / "results"), "--seed", "90731"]) == 0
    assert main(["report", str(folder / "results")]) == 0
    with open(folder / "results/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"].replace("_", " "): row for row in csv.DictReader(file)}, fair


@pytest.mark.slow
def test_everybody_has_the_points_that_a_person_would_give(gradebook):
    rows, fair = gradebook
    assert {student: float(row["total"]) for student, row in rows.items()} == fair
    assert len(set(fair.values())) > 3  # the class is no row of equals


@pytest.mark.slow
def test_a_text_is_still_to_read_if_there_is_one(gradebook):
    rows, _ = gradebook
    texts = {row["still to read"]: row[f"{LESSON} too_many_heads (of 2)"] for row in rows.values()}
    assert texts == {"1": "", "0": "0"}
