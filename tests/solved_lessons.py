"""Runs a lesson with the solutions filled in, once for all tests, and watches its shape comments meanwhile."""

import ast
import os
from functools import cache
from pathlib import Path
from unittest import mock

import nbformat

import notebooks

LESSONS = sorted(notebooks.LESSONS.glob("[0-9]*.ipynb"))
WATCH = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from shape_claims import Watch
watch_of_shapes = Watch(lambda name: "ipykernel" in name)
sys.settrace(watch_of_shapes)
"""
REPORT = """
sys.settrace(None)
unseen = watch_of_shapes.claims() - watch_of_shapes.checked
print([watch_of_shapes.complaints, sorted(claim.text for claim in unseen)])
"""


@cache
def solved(path):
    """The cells of the solved lesson, executed strictly; what its shape comments got wrong; and which never ran."""
    notebook = notebooks.solve(notebooks.read(path))
    before, after = map(nbformat.v4.new_code_cell, (WATCH, REPORT))
    notebook.cells = [before, *notebook.cells, after]
    with mock.patch.dict(os.environ, COURSE_STRICT="1"):
        notebooks.run(notebook)
    complaints, unseen = ast.literal_eval(after.outputs[0].text)
    return notebook.cells[1:-1], complaints, unseen
