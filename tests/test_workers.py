"""Promise: with several workers a lesson's cells still run in one kernel, from top to bottom."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

CONFTEST = Path(__file__).parent.parent / "conftest.py"


@pytest.mark.slow
def test_a_lesson_stays_with_one_worker(tmp_path):
    shutil.copy(CONFTEST, tmp_path)
    cells = ["n = 0", *["n += 1"] * 8, "assert n == 8"]
    for name in ("one", "two", "three"):
        lesson = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
        nbformat.write(lesson, tmp_path / f"{name}.ipynb")
    options = ["-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "-n", "2", "--no-loadscope-reorder"]
    done = subprocess.run([sys.executable, "-m", "pytest", *options], cwd=tmp_path, capture_output=True, text=True)
    assert f"{3 * len(cells)} passed" in done.stdout, done.stdout[-2000:]
