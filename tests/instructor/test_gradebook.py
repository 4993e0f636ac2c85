"""Promise: the gradebook has every student once with the right total, and no name runs in a spreadsheet."""

import csv

import pytest
from example_results import graded, right, small_class, text, write_class, wrong

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.report.command import file_names, gradebook, gradescope


def stored(path, class_):
    gradebook.write_csv(gradebook.table(class_), path / "gradebook.csv")
    with open(path / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_for_each_student_and_a_total(tmp_path):
    rows = {row["student"]: row for row in stored(tmp_path, small_class())}
    assert list(rows) == ["'=HYPERLINK(1)", "Ada", "Bob", "Özgür, Ç."]
    totals = [(row["total"], row["out of"], row["still to read"]) for row in rows.values()]
    assert totals == [("0", "7", "1"), ("5", "7", "1"), ("2", "7", "0"), ("0", "7", "0")]
    assert rows["Bob"]["02_softmax_attention attention (of 3)"] == "0"
    assert rows["Ada"]["02_softmax_attention why_scale (of 2)"] == ""
    assert "no notebook" in rows["Özgür, Ç."]["notes"] and "imports" in rows["'=HYPERLINK(1)"]["notes"]


def test_two_lessons_of_one_student_are_one_row(tmp_path):
    class_ = [graded("Ada", right("softmax")), graded("Ada", right("split_heads"), lesson="03_multi_head")]
    (row,) = stored(tmp_path, class_)
    assert row["total"] == str(right("softmax").points + right("split_heads").points)


def test_who_has_handed_in_nothing_is_there_too(tmp_path, capsys):
    write_class(tmp_path / "results", [graded("Ada_Byron", right("softmax")), graded("Bob", right("softmax"))])
    (tmp_path / "class.csv").write_text("name\nada byron\nZoë\n", encoding="utf-8")
    assert main(["report", str(tmp_path / "results"), "--students", str(tmp_path / "class.csv")]) == 0
    assert "1 student of the list handed in nothing" in capsys.readouterr().out
    with open(tmp_path / "results/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: (row["total"], row["out of"], row["notes"]) for row in csv.DictReader(file)}
    assert rows == {"ada byron": ("2", "2", ""), "Bob": ("2", "2", ""), "Zoë": ("0", "2", "nothing handed in")}


def test_of_two_submissions_the_later_counts():
    first = graded("Ada", right("softmax"), modified=1.0)
    later = graded("Ada", wrong("softmax", "axis 1", ""), modified=2.0, submission="b.ipynb")
    assert results.counting([later, first]) == [later]


@pytest.mark.parametrize("name", ["=1+1", "+49 151", "-x", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\0=1", "\n=1"])
def test_no_name_is_a_formula(tmp_path, name):
    class_ = [graded(name, text("=A1"), flags=["=1"], submission="=x.ipynb")]
    cells = [cell for row in gradebook.table(class_) for cell in row if isinstance(cell, str)]
    assert not [cell for cell in cells if cell.lstrip().startswith(gradebook.STARTS_A_FORMULA)]
    assert len(stored(tmp_path, class_)) == 1


def test_each_student_has_a_file_of_their_own_that_every_system_takes():
    names = ["Ada", "ada", "a/b", "a:b", "../up", "", "…", "Özgür, Ç.", "x" * 300, "CON" * 40, "a.b"]
    files = file_names(names)
    assert len({file.casefold() for file in files.values()}) == len(names)
    assert all(len(file.encode()) < 255 and not set('/\\:*?"<>|.') & set(file) and file for file in files.values())
    assert file_names(["Özgür Ç"]) == {"Özgür Ç": "Özgür Ç"}


def test_gradescope_gets_scores_and_hints_and_hides_what_is_for_the_instructor():
    ada, bob, broken, cheat = map(gradescope.document, small_class())
    assert (ada["score"], bob["score"], broken["score"]) == (5, 2, 0)
    assert "no notebook" in broken["output"] and "1 to be read" in ada["output"]
    attention = bob["tests"][1]
    assert (attention["score"], attention["max_score"], attention["status"]) == (0, 3, "failed")
    assert "not scaled" in attention["output"]
    hidden = [test for test in cheat["tests"] if test["visibility"] == "hidden"]
    assert [test["output"] for test in hidden] == ["imports the course's own answer."]
    assert "imports" not in str([test for test in cheat["tests"] if test["visibility"] == "visible"])
