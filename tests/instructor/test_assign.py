"""Promise: what is handed out is the lesson, blank and with its points; own numbers are handed out, kept and graded."""

import json
import re

import nbformat
import pytest

from course_utils.exercises.engine import Essay
from course_utils.exercises.engine.cells import WRITERS, essay, marked_cells, solve
from course_utils.instructor import lessons, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.release.handout import Course, handout
from course_utils.instructor.sandbox.inside.notebook.cells import read_cells
from course_utils.instructor.sandbox.inside.notebook.essays import find_essay

pytestmark = pytest.mark.usefixtures("warm_sandboxes")
LESSON = "02_softmax_attention"
VARIANT = "autumn"
CLASS = "student,mail\nAda Müller,a@b.c\nBob_B,\n\nJ. O'Neil,\n"
NAMES = ["Ada Müller", "Bob_B", "J. O'Neil"]


def read(path):
    return nbformat.read(path, as_version=4)


def text_of(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


@pytest.fixture
def class_list(tmp_path):
    (tmp_path / "class.csv").write_text(CLASS, encoding="utf-8")
    return tmp_path / "class.csv"


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_nothing_is_solved_and_no_output_is_kept(lesson):
    notebook = handout(lesson)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    for cell, kind, asked in marked_cells(notebook):
        if kind in ("answer", "essay", "check"):
            assert cell.source == WRITERS[kind](asked, 0)
        if isinstance(asked, Essay):
            assert not [line for line in asked.rubric if line in text_of(notebook)]


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_points_stand_in_each_heading_and_add_up(lesson):
    notebook = handout(lesson)
    headings = re.findall(r"^#.* min\b.* · (\d+) points?$", text_of(notebook), re.MULTILINE)
    assert len(headings) == len(lessons.asked_in(lesson))
    assert f"**{sum(map(int, headings))} points**" in text_of(notebook)
    assert sum(map(int, headings)) == sum(asked.points for asked in lessons.asked_in(lesson))


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_code_is_the_lesson_s_own_and_no_link_leads_nowhere(lesson):
    handed_out, own = ([cell.source for cell in notebook.cells if cell.cell_type == "code"]
                       for notebook in (handout(lesson), lessons.read(lesson)))  # fmt: skip
    assert handed_out == own
    assert ".ipynb" not in text_of(handout(lesson))


@pytest.mark.parametrize("lesson", lessons.lessons())
def test_nothing_of_the_lesson_is_taken_for_the_student_s_text(lesson):
    """Not even if another editor has thrown all metadata away."""
    bare = handout(lesson)
    for number, cell in enumerate(bare.cells):
        cell.metadata, cell.id = {}, f"cell-{number}"
    cells, _ = read_cells(json.dumps(bare).encode())
    essays = [asked for asked in lessons.asked_in(lesson) if isinstance(asked, Essay)]
    assert essays and [find_essay(cells, asked.name, asked.text(), essay(asked)) for asked in essays] == [""]


def test_course_and_due_date_stand_at_the_top(tmp_path, capsys):
    out, said = tmp_path / "out", ["--course", "NLP 101", "--due", "Friday, 6 pm"]
    assert main(["assign", "02", "03", "02_soft", "--out", str(out), *said]) == 0
    assert sorted(path.name for path in out.rglob("*.*")) == [f"{LESSON}.ipynb", "03_multi_head.ipynb"]
    top = read(out / f"{LESSON}.ipynb").cells[1].source
    assert "**NLP 101**" in top and "by **Friday, 6 pm**" in top and "`attention` 3" in top
    assert "not the same for everybody" not in top and "02_softmax_attention: 9 points" in capsys.readouterr().out
    assert read(out / f"{LESSON}.ipynb") == handout(LESSON, Course("NLP 101", "Friday, 6 pm"))


def assigned(tmp_path, class_list):
    """{student: notebook} of a class with numbers of their own."""
    arguments = ["--out", str(tmp_path / "out"), "--students", str(class_list), "--variant", VARIANT]
    assert main(["assign", LESSON, *arguments]) == 0
    return {path.parent.name: read(path) for path in (tmp_path / "out").rglob("*.ipynb")}


def seed_in(notebook):
    """Which figures the check of the prediction says that the question has."""
    return int(re.search(r"score_spread\", seed=(\d+)\)", text_of(notebook))[1])


def test_everybody_has_numbers_of_their_own_and_no_secret(tmp_path, class_list):
    notebooks = assigned(tmp_path, class_list)
    assert sorted(notebooks) == NAMES
    assert len({seed_in(notebook) for notebook in notebooks.values()}) == 3
    question = next(asked for asked in lessons.asked_in(LESSON) if asked.name == "score_spread")
    for name, notebook in notebooks.items():
        assert question.text(seed_in(notebook)) in text_of(notebook)
        assert not [other for other in {*NAMES, VARIANT} - {name} if other in nbformat.writes(notebook)]
        assert "not the same for everybody" in text_of(notebook)


def test_own_numbers_are_the_same_each_time_and_others_with_another_secret():
    def text(name, variant):
        return text_of(handout(LESSON, student=name, variant=variant))

    assert text("Ada Müller", "x") == text(" ada_müller", "x")
    assert len({text("Ada Müller", variant) for variant in ("x", "y", "z")}) == 3


def solved(notebook):
    """The answers to the questions as they stand in it."""
    return solve(notebook, lambda name: seed_in(notebook))


@pytest.mark.slow
def test_own_numbers_are_graded(tmp_path, class_list):
    """All but Bob answer their own questions; he hands in what Ada has."""
    handed_in = {name: solved(notebook) for name, notebook in assigned(tmp_path, class_list).items()}
    handed_in["Bob_B"] = handed_in["Ada Müller"]
    for name, notebook in handed_in.items():
        lessons.write(notebook, tmp_path / "in" / name / f"{LESSON}.ipynb")
    graded = grade(tmp_path, "--variant", VARIANT, "--students", str(class_list))
    assert {name: score for name, (score, _) in graded.items()} == {"Ada Müller": 1, "Bob_B": 0, "J. O'Neil": 1}
    assert [flags for _, flags in graded.values() if flags] == [["This notebook was handed out to Ada Müller."]]


def grade(tmp_path, *more):
    """{student: (points of the prediction, flags)}."""
    out = tmp_path / "results"
    assert main(["grade", str(tmp_path / "in"), "--out", str(out), "--seed", "5", "--workers", "1", *more]) == 0
    return {
        one.student: (next(mark.score for mark in one.exercises if mark.name == "score_spread"), one.flags)
        for one in results.read_all(out)
    }


NO_NAMES = [("a/b", "its '/'"), ("..", "cannot be the name"), ("x" * 201, "cannot be the name"),
            (LESSON, "cannot be the name"), ("Bob B\nbob_b", "are one name"), ("name\n", "no name")]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2x"], "There is no lesson '2x'; do you mean"),
        (["0"], "There is no lesson '0'"),
        (["02", "--variant", "x"], "--variant needs --students"),
        (["02", "--nbgrader"], "--nbgrader needs --seed"),
        (["02", "--seed", "3"], "--seed goes with --nbgrader"),
        (["02", "--nbgrader", "--seed", "3", "--variant", "x"], "one notebook"),
        (["02", "--students", "nobody.csv"], "nobody.csv cannot be read"),
    ],
)
def test_bad_input_gets_one_sentence_and_nothing_is_written(tmp_path, capsys, arguments, told):
    assert main(["assign", *arguments, "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip()
    assert told in said and "\n" not in said and not (tmp_path / "out").exists()


@pytest.mark.parametrize(("names", "told"), NO_NAMES)
def test_a_name_that_can_be_no_folder_is_said(tmp_path, capsys, names, told):
    (tmp_path / "class.csv").write_text(names, encoding="utf-8")
    assert main(["assign", "02", "--out", str(tmp_path / "out"), "--students", str(tmp_path / "class.csv")]) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]  # before it stands how many students there are
    assert told in said and not (tmp_path / "out").exists()


def test_no_file_is_written_over(tmp_path, class_list, capsys):
    assigned(tmp_path, class_list)
    work = tmp_path / "out/Bob_B" / f"{LESSON}.ipynb"
    work.write_text("a week of work")
    assert main(["assign", "03", "02", "--out", str(tmp_path / "out"), "--students", str(class_list)]) == 2
    assert "is there already, and 2 more" in capsys.readouterr().err
    assert work.read_text() == "a week of work" and not list(tmp_path.rglob("03*"))


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["assign", "02", "--out", str(tmp_path / "file" / "out")]) == 2
    assert "cannot be written" in capsys.readouterr().err
