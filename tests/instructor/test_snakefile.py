"""Promise: the Snakefile gives commands that exist, and Snakemake, where it is there, grades only what has changed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from example_class import all_right, fair, half, hand_in

import course_utils
from course_utils.instructor import results
from course_utils.instructor.__main__ import parser

SNAKEFILE = Path(course_utils.__file__).parent.parent / "Snakefile"
VALUES = {
    "input": "a.ipynb b.ipynb",
    "RESULTS": "results",
    "SUBMISSIONS": "submitted",
    "config[seed]": "12345",
}


def commands():
    """The arguments of each command in it, filled in as Snakemake would."""
    for command in re.findall(r'shell: COMMAND \+ "([^|"]+)', SNAKEFILE.read_text(encoding="utf-8")):
        yield re.sub(r"{([^}:]+)(:q)?}", lambda place: VALUES[place[1]], command).split()


def test_its_commands_exist():
    found = [parser().parse_args(arguments) for arguments in commands()]
    assert [options.run.__module__.rpartition(".")[2] for options in found] == ["report", "grade"]
    assert found[1].submissions == [Path("a.ipynb"), Path("b.ipynb")] and found[1].within == Path("submitted")


@pytest.mark.skipif(not shutil.which("snakemake"), reason="Snakemake is not installed")
def test_snakemake_grades_a_class_and_then_only_what_has_changed(tmp_path):
    for number in range(27):  # two batches
        change = half if number % 9 == 0 else all_right
        hand_in(tmp_path / "submitted" / f"s{number:02} ä" / "02_softmax_attention.ipynb", change)
    hand_in(tmp_path / "submitted" / "s00 ä" / ".ipynb_checkpoints" / "02-checkpoint.ipynb")
    assert snakemake(tmp_path).count("localrule grade") == 2
    scores = {one.student: sum(mark.score or 0 for mark in one.exercises) for one in read(tmp_path)}
    assert scores == {f"s{n:02} ä": fair({"attention"} if n % 9 == 0 else set()) for n in range(27)}
    before = {one.student: one.seconds for one in read(tmp_path)}
    hand_in(tmp_path / "submitted" / "s26 ä" / "02_softmax_attention.ipynb", half)
    assert snakemake(tmp_path).count("localrule grade") == 1
    assert {one.student for one in read(tmp_path) if one.seconds != before[one.student]} == {"s26 ä"}
    assert "Nothing to be done" in snakemake(tmp_path)
    assert (tmp_path / "results/report/gradebook.csv").exists()


def read(folder):
    return results.read_all(folder / "results")


def snakemake(folder):
    """What it says."""
    command = ["snakemake", "--snakefile", str(SNAKEFILE), "--cores", "2", "--config", "seed=7"]
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, f"python={sys.executable}"], cwd=folder, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout + done.stderr
