"""Runs a lesson with the solutions filled in, once for all tests, and watches its shape comments meanwhile."""

import ast
import os
from functools import cache
from pathlib import Path
from unittest import mock

import nbformat
from needed import looked_at, needed_for
from quick_training import with_quick_training

import notebooks
from course_utils.exercises.engine.cells import marked_cells

LESSONS = sorted(notebooks.LESSONS.glob("[0-9]*.ipynb"))
# Calls that are watched in a cell without shape comments, for it calls functions of other cells: as long as some of
# their comments were not reached, and then.
MANY, FEW = 100_000, 2_000
WATCH = f"""
import math, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from shape_claims import Watch
watch_of_shapes = Watch(lambda name: "ipykernel" in name)

def watch_cell(info):
    unseen = watch_of_shapes.claims() - watch_of_shapes.checked
    watch_of_shapes.calls_left = math.inf if "# (" in info.raw_cell else {MANY} if unseen else {FEW}
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
    """The cells of the solved lesson, executed strictly; what its shape comments got wrong; and which never ran.

    Left out are cells in which nothing is the learner's and nothing claims a shape: nbval runs them, as they are here.
    """
    notebook = notebooks.solve(notebooks.read(path))
    places = needed_for(notebook.cells, touched(notebook))
    cells = [notebook.cells[place] for place in places if notebook.cells[place].cell_type == "code"]
    watch, report = map(nbformat.v4.new_code_cell, (WATCH, REPORT))
    # Not before the imports: watched, torch takes four times as long to load.
    notebook.cells = [cells[0], watch, *cells[1:], report]
    with mock.patch.dict(os.environ, COURSE_STRICT="1"):
        notebooks.run(with_quick_training(notebook))
    complaints, unseen = ast.literal_eval(report.outputs[0].text)
    return cells, complaints, unseen


def touched(notebook):
    """Places of answers, checks and cells with shape comments, of all cells that read what an answer leads to, and of
    the first that calls a function with shape comments: a second one shows no more of them."""
    answers = [cell for cell, _, _ in marked_cells(notebook)]
    found, led_to, uncalled = set(), set(), set()
    for place, (cell, uses) in enumerate(zip(notebook.cells, looked_at(notebook.cells), strict=True)):
        follows = bool(uses.reads & led_to) or any(cell is answer for answer in answers)
        if follows or "# (" in cell.source or uses.reads & uncalled:
            found.add(place)
            led_to |= uses.sets | uses.changes if follows else set()
            uncalled = uncalled - uses.reads | functions_in(cell)
    return found


def functions_in(cell):
    """Names of the functions and classes that a cell defines."""
    parts = ast.parse(cell.source).body if cell.cell_type == "code" else []
    return {part.name for part in parts if isinstance(part, ast.FunctionDef | ast.ClassDef)}
