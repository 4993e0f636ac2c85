"""Promise: whatever a file is called and wherever it lies, it is graded or named, and so is everybody else."""

import csv
import json
import os
import sys

import pytest
from example_class import LESSON, fair, hand_in, solved

from course_utils.instructor import results
from course_utils.instructor.__main__ import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse some of these names"),
]
FULL = fair(set())
NAMES = [
    "z" + "-copy" * 45 + "x",
    "a" * 249,  # with its ending 255 bytes
    "\U00012000" * 62,  # four bytes each, and a letter
    "con",
    "nul.x",
    "line\nbreak\ttab",
    "\u202eright to left",
    "=HYPERLINK('x')",
    "<b>&amp;",
    "%s {0} $HOME `x`",
    "-rf",
]
BYTES = ["bytes \udcff", "bytes \udcfe"]  # no letters in UTF-8


def many_cells(notebook):
    notebook.cells[1:1] = [{"cell_type": "code", "source": f"x{number} = 1"} for number in range(20_000)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """(folder, {student: result}, what `grade` said)."""
    folder = tmp_path_factory.mktemp("places")
    submitted = folder / "in"
    for name in NAMES + BYTES:
        hand_in(submitted / f"{name}.ipynb")
    hand_in(submitted / "many cells.ipynb", many_cells)
    (submitted / "nested.ipynb").write_text('{"cells":' * 50_000 + "[" * 50_000)
    (submitted / "number.ipynb").write_text('{"cells": ' + "9" * 100_000 + "}")
    (submitted / "folder.ipynb").mkdir()
    hand_in(submitted / "full.ipynb" / f"{LESSON}.ipynb")
    os.mkfifo(submitted / "fifo.ipynb")
    (submitted / "dangling.ipynb").symlink_to("nowhere")
    (submitted / "circle.ipynb").symlink_to("circle.ipynb")
    (submitted / "above").symlink_to("..")
    (submitted / "device.ipynb").symlink_to("/dev/zero")
    hand_in(submitted / "unreadable.ipynb")
    (submitted / "unreadable.ipynb").chmod(0)
    assert main(["grade", str(submitted), "--out", str(folder / "out"), "--seed", "3"]) == 0
    return folder, {one.student: one for one in results.read_all(folder / "out")}


def points(one):
    return sum(mark.score or 0 for mark in one.exercises)


def test_every_name_is_graded(graded):
    whose = [*NAMES, *(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") for name in BYTES)]
    assert {student: points(graded[1][student]) for student in whose} == dict.fromkeys(whose, FULL)


def test_what_is_odd_inside_is_graded_or_says_why(graded):
    found = graded[1]
    assert points(found["many cells"]) == points(found["full.ipynb"]) == FULL
    assert "not written in JSON" in found["nested"].problem and "no cells" in found["number"].problem
    for link in ("dangling", "circle", "device"):
        assert "is a link" in found[link].problem
    if os.getuid():
        assert "cannot be read: Permission denied" in found["unreadable"].problem


def test_everybody_has_a_row_and_a_page(graded):
    folder, found = graded
    assert main(["report", str(folder / "out")]) == 1
    with open(folder / "out/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(found)
    assert len(list((folder / "out/report/feedback").iterdir())) == len(found)


def test_two_hundred_megabytes_of_code(tmp_path):
    notebook = solved()
    notebook.cells.insert(0, {"cell_type": "code", "source": "# " + "x" * 200_000_000})
    (tmp_path / "big.ipynb").write_text(json.dumps(notebook))
    assert main(["grade", str(tmp_path / "big.ipynb"), "--out", str(tmp_path / "out"), "--seed", "3"]) == 0
    (one,) = results.read_all(tmp_path / "out")
    assert points(one) == FULL or one.problem
