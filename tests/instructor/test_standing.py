"""Promise: one result counts for each student and lesson, however they were graded, and none of a file that is gone."""

import csv
import itertools
import os

import pytest
from example_class import LESSON, fair, half, hand_in
from example_results import graded, right, write_class, wrong

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.standing import standing
from course_utils.instructor.submissions.roster import Roster

pytestmark = pytest.mark.usefixtures("warm_sandboxes")


def counting_file(*results_):
    """The file that counts, whatever order the results come in."""
    (found,) = {standing(list(order)).counting[0].submission for order in itertools.permutations(results_)}
    return found


def handed(name, modified=1.0, copies=(), student="Ada", **more):
    return graded(student, right("softmax"), submission=name, modified=modified, copies=list(copies), **more)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (handed("z.ipynb", 1.0), handed("a.ipynb", 2.0)),
        (handed("x.ipynb"), handed("x (1).ipynb", copies=[1])),
        (handed("x-1.ipynb", copies=[1]), handed("x-2.ipynb", copies=[2])),
        (handed("x-9.ipynb", copies=[9]), handed("x-10.ipynb", copies=[10])),
        (handed("x (1).ipynb", copies=[1]), handed("x (1) (1).ipynb", copies=[1, 1])),
        (handed("x (3).ipynb", 1.0, [3]), handed("x.ipynb", 2.0)),
    ],
)
def test_the_later_file_counts_and_of_two_equally_old_the_newer_copy(older, newer):
    assert counting_file(older, newer) == newer.submission


def test_spellings_of_a_name_are_one_student():
    found = standing([handed("a", student="Anna_Schmidt"), handed("b", 2.0, student="anna schmidt")])
    assert [one.submission for one in found.counting] == ["b"] and len(found.replaced) == 1
    (one,) = standing([handed("a", student="anna_schmidt")], Roster(["Anna Schmidt"])).counting
    assert one.student == "Anna Schmidt"


@pytest.mark.parametrize(
    ("student", "listed"),
    [("Schmidt, Anna", "Anna Schmidt"), ("Anna Schmidt (12345)", "Anna Schmidt"), ("schmidtanna (123)", "Anna Schmidt"),
     ("Anna Schmid", "Anna Schmid")],
)  # fmt: skip
def test_a_report_with_a_list_knows_who_is_meant(student, listed):
    assert standing([handed("a", student=student)], Roster(["Anna Schmidt", "Bob"])).counting[0].student == listed


def test_two_who_may_be_one_of_the_list_stay_two():
    both = [handed(str(number), student=f"Anna Schmidt ({number})") for number in (1, 2)]
    assert len(standing(both, Roster(["Anna Schmidt"])).counting) == 2


def test_who_only_says_so_takes_nobody_s_place():
    """A notebook that names Ada, in a file that a platform has given to somebody else."""
    own = handed("ada.ipynb", student="Ada", origin="Ada", known_by="list")
    claimed = handed("submission_7.ipynb", 2.0, student="Ada", origin="submission_7", known_by="notebook")
    found = {one.student: one for one in standing([own, claimed]).counting}
    assert found["Ada"].submission == "ada.ipynb" and "says that it is Ada's" in found["submission_7"].flags[0]
    other = handed("submission_8.ipynb", student="Ada", origin="submission_8", known_by="notebook")
    assert {one.student for one in standing([claimed, other]).counting} == {"submission_7", "submission_8"}
    assert [one.student for one in standing([claimed]).counting] == ["Ada"]


def grade(folder, *more):
    command = ["grade", str(folder / "in"), "--out", str(folder / "out"), "--seed", "1", "--workers", "1"]
    assert main([*command, *more]) == 0


def report(folder, *more):
    """{student: (total, notes)}."""
    assert main(["report", str(folder / "out"), *more]) == 0
    with open(folder / "out/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: (float(row["total"]), row["notes"]) for row in csv.DictReader(file)}


@pytest.mark.slow
def test_a_renamed_folder_leaves_no_ghost(tmp_path, capsys):
    hand_in(tmp_path / "in" / "Smith, John (10004)" / f"{LESSON}.ipynb")
    hand_in(tmp_path / "in" / "Bob" / f"{LESSON}.ipynb", half)
    grade(tmp_path)
    (tmp_path / "in" / "Smith, John (10004)").rename(tmp_path / "in" / "Smith, John")
    grade(tmp_path)
    assert set(report(tmp_path)) == {"Bob", "Smith, John"}
    assert "1 result left out, for the file is not there any more" in capsys.readouterr().out
    assert "left out: the file is not there" in (tmp_path / "out/report/class.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_list_that_comes_later_leaves_no_ghost(tmp_path):
    hand_in(tmp_path / "in" / f"doejane_123_4567_{LESSON}.ipynb")
    grade(tmp_path)
    assert set(report(tmp_path)) == {"doejane (123)"}
    (tmp_path / "class.csv").write_text("Jane Doe\n", encoding="utf-8")
    assert report(tmp_path, "--students", str(tmp_path / "class.csv")) == {"Jane Doe": (fair(set()), "")}
    grade(tmp_path, "--students", str(tmp_path / "class.csv"))
    assert report(tmp_path) == {"Jane Doe": (fair(set()), "")}


@pytest.mark.parametrize("keep", [True, False])
def test_a_folder_that_was_emptied_for_the_next_lesson_takes_no_result_away(tmp_path, keep):
    here, root = tmp_path / "b.ipynb", tmp_path if keep else tmp_path / "unmounted"
    here.touch()
    lost = handed("a", place=str(root / "a.ipynb"), root=str(root), content="a")
    lesson = "03_multi_head" if keep else LESSON
    other = handed("b", student="Bob", place=str(here), root=str(tmp_path), content="b", lesson=lesson)
    assert len(standing([lost, other]).counting) == 2 and standing([lost, other]).gone == []


def test_repeats_are_flagged_for_the_instructor_and_said(tmp_path, capsys):
    class_ = [handed("draft.ipynb"), handed("final.ipynb", 2.0, student="ada"), handed("x", student="Bob")]
    class_[1].exercises = [wrong("softmax", "axis 1", "x")]
    write_class(tmp_path / "out", class_)
    rows = report(tmp_path)
    flag = "More than one notebook of this student (2 for this lesson); this one counts."
    assert rows["Ada"] == (0, f"final.ipynb: {flag}")
    assert rows["Bob"][1] == ""
    assert "handed in more than one notebook of a lesson, and the latest counts: Ada" in capsys.readouterr().out
    assert "a later file of this student counts instead" in (tmp_path / "out/report/class.html").read_text("utf-8")


@pytest.mark.slow
def test_batches_come_out_as_one_go(tmp_path):
    """Two notebooks of one student graded by two calls, as Snakemake does."""
    for name, when in (("draft", 1e9), ("final", 2e9)):
        hand_in(tmp_path / "in" / "ada" / f"{name}.ipynb")
        os.utime(tmp_path / "in" / "ada" / f"{name}.ipynb", (when, when))
        file = tmp_path / "in" / "ada" / f"{name}.ipynb"
        command = ["grade", str(file), "--within", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
        assert main([*command, "--seed", "1", "--workers", "1"]) == 0
    in_batches = report(tmp_path)
    for file in (tmp_path / "out").glob("*.json"):
        file.unlink()
    grade(tmp_path)
    assert report(tmp_path) == in_batches and "this one counts" in in_batches["ada"][1]
    assert len(results.read_all(tmp_path / "out")) == 2
