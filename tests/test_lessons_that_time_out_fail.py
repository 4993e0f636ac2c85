"""Promise: a lesson in which a cell outran its time limit fails the run, whatever its other cells do."""

import re

import nbformat
import pytest
from inner_pytest import run_pytest

LATE = "import time\ntry: time.sleep({seconds})\nexcept KeyboardInterrupt: pass"


def results_of(folder, *sources):
    """How many cells of this notebook got which result under nbval with a limit of 2 s, and the exit status."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "lesson.ipynb")
    done = run_pytest(folder, "--nbval-cell-timeout=2")
    counts = re.findall(r"(\d+) (passed|failed|xfailed|xpassed)", done.stdout.splitlines()[-1])
    return {what: int(count) for count, what in counts}, done.returncode


@pytest.mark.slow
def test_a_lesson_in_time_passes(tmp_path):
    counts, status = results_of(tmp_path, LATE.format(seconds=0.1), "1 + 1;", "2 + 2;")
    assert counts["passed"] == 3 and status == 0


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, *(pytest.param(place, marks=pytest.mark.exhaustive) for place in (1, 2))])
def test_a_cell_that_is_late_fails_itself_and_all_that_follow(tmp_path, place):
    """Even one that swallows the interrupt and comes out as stored."""
    sources = ["1 + 1;", "2 + 2;", "3 + 3;"]
    sources[place] = LATE.format(seconds=8)
    counts, status = results_of(tmp_path, *sources)
    assert counts["failed"] == 3 - place and status == 1
    assert not {"xfailed", "xpassed"} & set(counts)
