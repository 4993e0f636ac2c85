"""Promise: exercises of one's own go the same way as the course's, from the plan to the gradebook."""

import contextlib
import csv
import json
import shutil
from pathlib import Path

import nbformat
import pytest
from example_class import answer, cell_of
from nbclient import NotebookClient
from own_lesson import BOTH_WAYS, LESSON, begin

from course_utils.errors import InputError
from course_utils.exercises import exercise, exercises_from, names
from course_utils.exercises.engine.bank import only_the_courses_own
from course_utils.exercises.engine.cells import solve
from course_utils.instructor import lessons
from course_utils.instructor.__main__ import main
from course_utils.instructor.plan import read_plan

IMPORTED = "from course_utils.exercises.window_mask import window_mask"
SEEN = '''
"""How many each position sees."""

import torch

from course_utils.exercises.engine import Case, Exercise

from .window_mask import window_mask


def seen(length, width):
    """The number of positions that each one sees (q_len,)."""
    return window_mask(length, width).sum(-1)


EXERCISE = Exercise(
    name="seen", lesson="21_window", reference=seen, cases=lambda seed: [Case("short", (4, 2)), Case("long", (9, 3))],
    mistakes=(), hints=("a", "b"), points=1, minutes=1, returns={"seen": "q_len"},
)
'''
SEEN_WRITTEN = "def seen(length, width):\n    return window_mask(length, width).sum(-1)"


@pytest.fixture(autouse=True)
def forgotten():
    """No other test finds them."""
    yield
    lessons.use()


@pytest.fixture
def own(tmp_path):
    """A folder with the guide's plan, exercises and lesson."""
    return begin(tmp_path)


def run(folder, notebook):
    """What the checks say when a learner runs the notebook where it was handed out."""
    notebook = nbformat.from_dict(notebook)
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    return " ".join(out.get("text", "") + out.get("data", {}).get("text/plain", "") for out in outputs)


@pytest.mark.slow
def test_from_the_guide_to_the_gradebook(own):
    (own / "ours/seen.py").write_text(SEEN)
    with contextlib.chdir(own):
        Path(f"{LESSON}.ipynb").unlink()
        assert main(["lesson", LESSON, "--exercises", "ours", "--asks", "window_mask", "seen", "why_window"]) == 0
    plan, out = ["--plan", str(own / "plan.toml")], own / "out"
    (own / "class.csv").write_text("Ada\nBob\nCid\nDan\n")
    assert main(["assign", *plan, "--out", str(own / "handed"), "--students", str(own / "class.csv")]) == 0
    blank = nbformat.read(own / f"handed/Ada/{LESSON}.ipynb", as_version=4)
    assert "not started" in run(own / "handed/Ada", blank)

    hand_ins = {name: nbformat.from_dict(blank) for name in ("Ada", "Bob", "Cid")}
    solve(hand_ins["Ada"])
    cell_of(hand_ins["Ada"], "essay", "why_window").source = "21 layers: each reaches 49 further."
    for name, source in (("Bob", BOTH_WAYS), ("Cid", IMPORTED)):
        answer(hand_ins[name], "window_mask", source)
        answer(hand_ins[name], "seen", SEEN_WRITTEN)
    assert "Yours looks ahead too." in run(own / "handed/Bob", hand_ins["Bob"])
    for name, notebook in hand_ins.items():
        path = own / f"in/{name}/{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    grade = ["grade", str(own / "in"), "--out", str(out), "--seed", "7", *plan]
    assert main(grade) == 0
    assert main(["report", str(out), *plan, "--students", str(own / "class.csv")]) == 0
    with open(out / "report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    function, counted = f"{LESSON} window_mask (of 3)", f"{LESSON} seen (of 1)"
    got = {name: (row[function], row[counted], row["total"], row["still to read"]) for name, row in rows.items()}
    assert got["Ada"] == ("3", "1", "4", "1") and got["Dan"] == ("", "", "0", "0")
    assert got["Bob"] == got["Cid"] == ("0", "1", "1", "0")  # `seen` was tried with the right window_mask
    assert "window_mask is imported from the course" in rows["Cid"]["notes"]
    page = (out / "report/class.html").read_text(encoding="utf-8")
    assert "both ways" in page and "Yours looks ahead too." in page
    assert "Each layer reaches 49" in (out / "report/essays.html").read_text(encoding="utf-8")


def test_what_is_handed_out_can_be_checked_without_the_plan(own):
    assert main(["assign", "--plan", str(own / "plan.toml"), "--out", str(own / "handed")]) == 0
    assert sorted(path.name for path in (own / "handed/ours").iterdir()) == ["why_window.py", "window_mask.py"]
    text = (own / f"handed/{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "5 points" in text and "Friday 18 December 2026" in text and "Each layer reaches" not in text


def test_without_the_plan_they_are_not_there(own):
    read_plan(own / "plan.toml")
    assert "window_mask" in names() and LESSON in lessons.lessons()
    assert main(["assign", "21", "--out", str(own / "handed")]) == 2
    assert "window_mask" not in names() and LESSON not in lessons.lessons()
    with pytest.raises(KeyError):
        exercise("window_mask")


def test_a_changed_exercise_is_read_and_graded_anew(own):
    from course_utils.instructor.grade.submission_grader import Settings, digest
    from course_utils.instructor.submissions.submission import handed_in

    read_plan(own / "plan.toml")
    (one,) = handed_in([own / f"{LESSON}.ipynb"]).submissions
    before, module = digest(one, Settings(7)), own / "ours/window_mask.py"
    module.write_text(module.read_text(encoding="utf-8").replace("points=3", "points=4"), encoding="utf-8")
    read_plan(own / "plan.toml")
    assert exercise("window_mask").points == 4 and digest(one, Settings(7)) != before


def test_a_lesson_called_like_one_of_the_course_takes_its_place(own):
    changed = lessons.read("02_softmax_attention")
    changed.cells = [cell for cell in changed.cells if "softmax" in cell.metadata.get("course", {}).values()]
    lessons.write(changed, own / "02_softmax_attention.ipynb")
    (own / "plan.toml").write_text("[lessons.02_softmax_attention]\n")
    assert read_plan(own / "plan.toml").points == {"02_softmax_attention": {"softmax": 2}}


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        ("softmax.py", "", "has the name of a part of the course"), ("engine.py", "", "a part of the course"),
        ("x.py", "1 +", "SyntaxError"), ("x.py", "", "no attribute 'EXERCISE'"),
        ("x.py", "from course_utils.exercises.softmax import EXERCISE", "is called 'softmax'"),
        ("x.txt", "", "There are no exercises in"),
    ],
)  # fmt: skip
def test_a_module_that_is_no_exercise_gets_one_sentence(tmp_path, name, source, told):
    (tmp_path / name).write_text(source)
    with pytest.raises(InputError, match=told):
        exercises_from(tmp_path)
    assert exercise("softmax").name == "softmax" and "x" not in names()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("return back.abs() < width", "return window_mask(length, width)", "the mistake 'both ways' (seed 0): right"),
        ("points=3", "points=0", "window_mask needs points"),
        ("return (back >= 0)", "raise ValueError  # (back", "window_mask raises ValueError"),
    ],
)
def test_an_exercise_that_does_not_hold_is_not_handed_out(own, capsys, before, after, told):
    module = own / "ours/window_mask.py"
    module.write_text(module.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert main(["assign", "--plan", str(own / "plan.toml"), "--out", str(own / "handed")]) == 2
    assert told in capsys.readouterr().err and not (own / "handed").exists()


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ('exercises = "theirs"\n[lessons.02]', "names no folder"), ("exercises = 3\n[lessons.02]", "names no folder"),
        ('exercises = "ours"\n[lessons.22_window]', "There is no lesson '22_window'"),
    ],
)  # fmt: skip
def test_a_plan_with_wrong_exercises_gets_one_sentence(own, plan, told):
    (own / "plan.toml").write_text(plan)
    with pytest.raises(InputError, match=told):
        read_plan(own / "plan.toml")


@pytest.mark.parametrize(("name", "told"), [("window", "cannot be the name"), ("02_window", "the number of 02_softm")])
def test_a_lesson_has_a_number_of_its_own(own, capsys, name, told):
    assert main(["lesson", name, "--exercises", str(own / "ours")]) == 2
    assert told in capsys.readouterr().err and not (own / f"{name}.ipynb").exists()


def test_no_lesson_is_written_over(own, capsys):
    assert main(["lesson", LESSON, "--exercises", str(own / "ours")]) == 2
    assert "is there already" in capsys.readouterr().err


def test_results_of_own_exercises_ask_for_the_plan(own, capsys):
    from example_results import graded, right, write_class

    read_plan(own / "plan.toml")
    write_class(own / "results", [graded("Ada", right("window_mask"), lesson=LESSON)])
    assert main(["report", str(own / "results")]) == 2
    assert "give the plan that names their folder" in capsys.readouterr().err


def test_a_helper_is_no_exercise(own):
    shutil.copy(own / "ours/window_mask.py", own / "ours/_helper.py")
    exercises_from(own / "ours")
    assert "_helper" not in names() and "window_mask" in names()
    only_the_courses_own()


OLD = '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}'


def test_a_lesson_in_an_older_format_is_read(tmp_path):
    (tmp_path / "21_old.ipynb").write_text(OLD)
    lessons.use(notebooks=[tmp_path / "21_old.ipynb"])
    assert lessons.asked_in("21_old") == ()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 4}', "no JSON", "\xff"])
def test_a_lesson_that_is_no_notebook_gets_one_sentence(tmp_path, text):
    (tmp_path / "21_odd.ipynb").write_text(text, encoding="latin-1")
    lessons.use(notebooks=[tmp_path / "21_odd.ipynb"])
    with pytest.raises(InputError, match="cannot be read as a notebook"):
        lessons.asked_in("21_odd")
