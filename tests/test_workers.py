"""Promise: with several workers a lesson's cells still run in one kernel, from top to bottom."""

import nbformat
import pytest
from inner_pytest import run_pytest


@pytest.mark.slow
def test_a_lesson_stays_with_one_worker(tmp_path):
    cells = ["n = 0", *["n += 1"] * 8, "assert n == 8"]
    for name in ("one", "two", "three"):
        lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        nbformat.write(lesson, tmp_path / f"{name}.ipynb")
    done = run_pytest(tmp_path, "-n", "2", "--no-loadscope-reorder")
    assert f"{3 * len(cells)} passed" in done.stdout, done.stdout[-2000:]
