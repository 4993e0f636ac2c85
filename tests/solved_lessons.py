"""Runs a lesson with the solutions filled in, once for all tests, and watches its shape comments meanwhile."""

import ast
import os
from functools import cache
from pathlib import Path
from unittest import mock

import nbformat
from quick_training import with_quick_training

import notebooks

LESSONS = sorted(notebooks.LESSONS.glob("[0-9]*.ipynb"))
CALLS = 100_000  # that are watched in a cell without shape comments: it calls functions of other cells
WATCH = f"""
import math, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from shape_claims import Watch
watch_of_shapes = Watch(lambda name: "ipykernel" in name)

def watch_cell(info):
    watch_of_shapes.calls_left = math.inf if "# (" in info.raw_cell else {CALLS}
    sys.settrace(watch_of_shapes)

get_ipython().events.register("pre_run_cell", watch_cell)
"""
REPORT = """
get_ipython().events.unregister("pre_run_cell", watch_cell)
sys.settrace(None)
unseen = watch_of_shapes.claims() - watch_of_shapes.checked
print([watch_of_shapes.complaints, sorted(claim.text for claim in unseen)])
"""


@cache
def solved(path):
    """The cells of the solved lesson, executed strictly; what its shape comments got wrong; and which never ran."""
    notebook = notebooks.solve(notebooks.read(path))
    cells = list(notebook.cells)
    imports = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    watch, report = map(nbformat.v4.new_code_cell, (WATCH, REPORT))
    # Not before the imports: watched, torch takes four times as long to load.
    notebook.cells = [*cells[: imports + 1], watch, *cells[imports + 1 :], report]
    with mock.patch.dict(os.environ, COURSE_STRICT="1"):
        notebooks.run(with_quick_training(notebook))
    complaints, unseen = ast.literal_eval(report.outputs[0].text)
    return cells, complaints, unseen
