"""Promise: in batches by Snakemake a class comes out as graded in one go, and only what has changed runs again."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from example_class import LESSON, all_right, half, hand_in

import course_utils
from course_utils.exercises.engine.cells import solve
from course_utils.instructor import lessons, results
from course_utils.instructor.__main__ import main
from course_utils.instructor.variants import figures_seed

SNAKEFILE = Path(course_utils.__file__).parent.parent / "Snakefile"
SNAKEMAKE = Path(sys.executable).parent / "snakemake"
ODD_NAMES = ["s p a c e", "ä", "o'neil", "{braces}", "{input}", "a;b", "$HOME", "star*", "line\nbreak", "a\udcff"]
VARIANT = "autumn"

pytestmark = pytest.mark.skipif(not SNAKEMAKE.exists() and not shutil.which("snakemake"), reason="no Snakemake")


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


def own_numbers(folder, names):
    """Each student's own notebook, with their own numbers right."""
    (folder / "class.csv").write_text("\n".join(f'"{name}"' for name in names), encoding="utf-8")
    handed_out = ["--students", str(folder / "class.csv"), "--variant", VARIANT]
    assert main(["assign", "02", "--out", str(folder / "out"), *handed_out]) == 0
    for name in names:
        notebook = nbformat.read(folder / "out" / name / f"{LESSON}.ipynb", as_version=4)
        yield name, solve(notebook, lambda asked, name=name: figures_seed(VARIANT, name, asked))


@pytest.mark.slow
def test_in_batches_as_in_one_go(tmp_path):
    """27 files: platforms' names, repeats over two batches, sections, own numbers, odd names, files that are none."""
    submitted = tmp_path / "submitted"
    names = [f"Doe, Jane ({number})" for number in range(10)]
    for number, (name, notebook) in enumerate(own_numbers(tmp_path, names)):
        lessons.write(notebook, submitted / "section" / name / "hw.ipynb")
        if number < 2:
            lessons.write(notebook, submitted / "z again" / name / "later.ipynb")
            touch(submitted / "z again" / name / "later.ipynb", 2e9)
    for name in ODD_NAMES:
        hand_in(submitted / name / f"{LESSON}.ipynb", half)
    for number in range(4):
        hand_in(submitted / f"Nobody_{number}_assignsubmission_file_" / "x.ipynb")
    (submitted / "link.ipynb").symlink_to("nowhere")
    (submitted / "folder.ipynb").mkdir()
    (submitted / "homework.zip").write_bytes(b"PK")
    said = snakemake(tmp_path, f"variant={VARIANT}", "students=class.csv", "lesson=02")
    assert said.count("localrule grade") == 2
    how = ["--variant", VARIANT, "--students", str(tmp_path / "class.csv")]
    one_go = ["grade", str(submitted), "--out", str(tmp_path / "one"), "--seed", "7", "--lesson", "02", *how]
    assert main(one_go) == 0 and main(["report", str(tmp_path / "one"), *how[2:]]) == 1  # the link
    rows, same = (table(tmp_path / folder / "report/gradebook.csv") for folder in ("results", "one"))
    assert rows == same and len(rows) == 25
    assert sum("this one counts" in row["notes"] for row in rows.values()) == 2
    assert {row[f"{LESSON} score_spread (of 1)"] for name, row in rows.items() if name in names} == {"1"}


def table(path):
    """The rows by student, with files named as from the folder of them all."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row["student"]: {**row, "notes": row["notes"].split("submitted/")[-1]} for row in csv.DictReader(file)}


@pytest.mark.slow
def test_only_what_has_changed_is_graded_again(tmp_path):
    for number in range(27):  # two batches
        hand_in(tmp_path / "submitted" / f"s{number:02}" / f"{LESSON}.ipynb", half if number % 9 == 0 else all_right)
    assert snakemake(tmp_path).count("localrule grade") == 2
    before = {one.student: one.seconds for one in read(tmp_path)}
    hand_in(tmp_path / "submitted" / "s26" / f"{LESSON}.ipynb", half)
    assert snakemake(tmp_path).count("localrule grade") == 1
    assert {one.student for one in read(tmp_path) if one.seconds != before[one.student]} == {"s26"}
    assert "Nothing to be done" in snakemake(tmp_path)
    shutil.rmtree(tmp_path / "submitted" / "s26")  # the second batch is smaller now
    snakemake(tmp_path)
    assert "s26" not in table(tmp_path / "results/report/gradebook.csv")


def test_a_variant_that_snakemake_would_change_is_refused(tmp_path):
    (tmp_path / "submitted").mkdir()
    with pytest.raises(AssertionError, match="write variant"):
        snakemake(tmp_path, "variant=007")
