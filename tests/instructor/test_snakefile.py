"""Promise: in batches by Snakemake a class comes out as graded in one go, and only what has changed runs again."""

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import own_lesson
import pytest
from example_class import LESSON, answer, cell_of, filled_in, half, hand_in

import course_utils
from course_utils.exercises.engine.cells import solve
from course_utils.instructor import lessons, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.release.handout import handout
from course_utils.instructor.report.essay_sheet import SECRET
from course_utils.instructor.variants import figures_seed

SNAKEFILE = Path(course_utils.__file__).parent.parent / "Snakefile"
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
ODD_NAMES = ["s p a c e", "ä", "o'neil", "{braces}", "{input}", "a;b", "$HOME", "star*", "line\nbreak", "a\udcff"]
VARIANT = "autumn"

pytestmark = [
    pytest.mark.skipif(not SNAKEMAKE.exists() and not shutil.which("snakemake"), reason="no Snakemake"),
    pytest.mark.usefixtures("warm_sandboxes"),
]


def snakemake(folder, *config):
    """What it says."""
    program = str(SNAKEMAKE) if SNAKEMAKE.exists() else "snakemake"
    command = [program, "--snakefile", str(SNAKEFILE), "--cores", "2", "--config", "seed=7", f"python={sys.executable}"]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run([*command, *config], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout + done.stderr


def read(folder):
    return results.read_all(folder / "results")


def touch(path, seconds):
    os.utime(path, (seconds, seconds))


PLAN = """
course = "NLP 101"
due = "2026-12-04 18:00"
exercises = "ours"
[late]
per_day = 0.25
[lessons.02.points]
softmax = 4
[lessons."21_window"]
"""


def blank(folder, lesson, student):
    return nbformat.read(folder / "out" / student / f"{lesson}.ipynb", as_version=4)


def own_numbers(name):
    return lambda asked: figures_seed(VARIANT, name, asked)


def a_class(folder):
    """A plan with own exercises, and what 23 people have handed in, as people do. Returns the names of ten of them."""
    own_lesson.begin(folder)
    (folder / "plan.toml").write_text(PLAN)
    names = [f"Doe, Jane ({number})" for number in range(10)]
    (folder / "class.csv").write_text("\n".join(f'"{name}"' for name in [*names, "Ada Absent"]), encoding="utf-8")
    how = ["--plan", str(folder / "plan.toml"), "--students", str(folder / "class.csv"), "--variant", VARIANT]
    assert main(["assign", "--out", str(folder / "out"), *how]) == 0
    submitted = folder / "submitted"
    for number, name in enumerate(names):
        notebook = solve(blank(folder, LESSON, name), own_numbers(name))
        cell_of(notebook, "essay", "why_scale").source = "Without it the softmax saturates."
        lessons.write(notebook, submitted / "section" / name / "hw.ipynb")
        own = blank(folder, own_lesson.LESSON, name)
        solve(own)
        if number % 2:
            answer(own, "window_mask", own_lesson.BOTH_WAYS)
        lessons.write(own, submitted / "section" / name / "window.ipynb")
        if number < 2:  # handed in again
            lessons.write(blank(folder, LESSON, name), submitted / "z again" / name / "later.ipynb")
            touch(submitted / "z again" / name / "later.ipynb", 2e9)
    for name in ODD_NAMES:
        hand_in(submitted / name / f"{LESSON}.ipynb", half)
    with zipfile.ZipFile(submitted / "moodle.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"Nobody_{number}_assignsubmission_file_/x.ipynb", json.dumps(filled_in(handout(LESSON))))
        archive.writestr("Nobody_7_assignsubmission_file_/essay.docx", "Word")
    (submitted / "Ada Absent").mkdir()
    (submitted / "Ada Absent/answer.py").write_text("x = 1")
    (submitted / "link.ipynb").symlink_to("nowhere")
    (submitted / "folder.ipynb").mkdir()
    (folder / "times.csv").write_text(f'Student,Time\n"{names[3]}",2026-12-05 12:00\n')
    (folder / "points.csv").write_text(f'student,exercise,points\n"{names[4]}",attention,1\n')
    return names


BOTH = {"students": "class.csv", "plan": "plan.toml"}
CONFIG = {**BOTH, "variant": VARIANT, "override": "points.csv", "handed_in": "02 times.csv"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """(folder, the names of a_class) once Snakemake has graded that class."""
    folder = tmp_path_factory.mktemp("class")
    names = a_class(folder)
    (folder / "results").mkdir()
    (folder / "results" / SECRET).write_text("the same")
    assert again(folder).count("localrule grade") == 2
    return folder, names


def again(folder):
    return snakemake(folder, *(f"{name}={value}" for name, value in CONFIG.items()))


@pytest.mark.slow
def test_in_batches_as_in_one_go(graded):
    """The same files, byte for byte: gradebook, class page, essays, feedback, the list with totals."""
    folder, names = graded
    (folder / "one").mkdir()
    (folder / "one" / SECRET).write_text("the same")
    lists = [word for name, value in BOTH.items() for word in (f"--{name}", value)]
    with contextlib.chdir(folder):
        assert main(["grade", "submitted", "--out", "one", "--seed", "7", "--variant", VARIANT, *lists]) == 0
        sheets = ["--override", "points.csv", "--handed-in", "02", "times.csv"]
        assert main(["report", "one", *lists, *sheets]) == 1  # the link
        assert contents(Path("results/report")) == contents(Path("one/report"))
    rows = table(folder / "results/report/gradebook.csv")
    assert len(rows) == 10 + 1 + len(ODD_NAMES) + 3 + 1
    assert [rows[name]["total"] for name in names[:6]] == ["3", "0", "12", "6.75", "10", "9"]
    assert "this one counts" in rows[names[0]]["notes"] and "75% of the points" in rows[names[3]]["notes"]
    assert "attention: 1 by hand, not 3" in rows[names[4]]["notes"]
    assert rows["Ada Absent"]["notes"] == "answer.py is no notebook."
    assert {rows[name][f"{LESSON} score_spread (of 1)"] for name in names[2:3]} == {"1"}  # of their own numbers


def contents(folder):
    """{file: what is in it}; the time of a zip's members is not looked at, nor how long something took."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".json":
            found[path.relative_to(folder)] = json.loads(path.read_bytes()) | {"execution_time": 0}
        elif path.is_file() and path.suffix != ".zip":
            found[path.relative_to(folder)] = path.read_bytes().replace(b"results/", b"one/")
    return found


def table(path):
    """The rows by student."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@pytest.mark.slow
def test_only_what_has_changed_is_graded_again(graded):
    folder, names = graded
    before = {one.place: one.seconds for one in read(folder)}
    first, second = (folder / "submitted/z again" / name / "later.ipynb" for name in names[:2])  # of the second batch
    lessons.write(solve(blank(folder, LESSON, names[0]), own_numbers(names[0])), first)
    second.unlink()  # so that the batch is smaller
    assert again(folder).count("localrule grade") == 1
    assert {one.place for one in read(folder) if one.seconds != before[one.place]} == {str(first)}
    rows = table(folder / "results/report/gradebook.csv")
    assert (rows[names[0]]["total"], rows[names[1]]["total"]) == ("12", "9")
    assert "Nothing to be done" in again(folder)


def test_a_variant_that_snakemake_would_change_is_refused(tmp_path):
    (tmp_path / "submitted").mkdir()
    with pytest.raises(AssertionError, match="write variant"):
        snakemake(tmp_path, "variant=007")
