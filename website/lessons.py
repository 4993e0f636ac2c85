"""Runs the lessons for the website and brings back what its widgets need: their states, and numbers that Python keeps.

A hidden cell after each cell that shows a widget asks, in the lesson's own kernel, for the widget's state.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from cells import WIDGET
from kept import ENOUGH, KEPT
from nbclient import NotebookClient
from needed import needed_for, with_enough

HERE = Path(__file__).parent
LESSONS = HERE.parent / "notebooks"
SECONDS = 1800  # a cell that trains, on a busy machine
AT_ONCE = 2
PROBE = """import sys; sys.path.insert(0, {here!r}); import probe
print(probe.state_of(Out[max(Out)], lambda widget: {kept}))"""


def read_all(from_notebooks: bool) -> list:
    """(name, notebook, states) of each lesson; its outputs are those stored, or new ones."""
    paths = sorted(LESSONS.glob("[0-9]*.ipynb"))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda path: read(path, from_notebooks), paths))


def read(path: Path, from_notebooks: bool):
    """One lesson. from_notebooks: run only the cells of which the widgets are made, and show the stored outputs."""
    stored = nbformat.read(path, as_version=4)
    shows = [i for i, cell in enumerate(stored.cells) if shows_widget(cell)]
    needed = needed_for(stored.cells, shows) if from_notebooks else range(len(stored.cells))
    running, probes = nbformat.v4.new_notebook(metadata=stored.metadata), []
    for i in needed:
        running.cells.append(nbformat.from_dict(stored.cells[i]))
        if from_notebooks:
            running.cells[-1].source = with_enough(stored.cells[i].source, ENOUGH.get(path.stem, {}))
        if i in shows:
            kept = KEPT.get(path.stem, {}).get(len(probes), "None")
            probes.append(nbformat.v4.new_code_cell(PROBE.format(here=str(HERE), kept=kept)))
            running.cells.append(probes[-1])
    run(running)
    states = [json.loads("".join(out.text for out in probe.outputs)) for probe in probes]
    if not from_notebooks:
        stored.cells = [cell for cell in running.cells if cell not in probes]
    return path.stem, stored, states


def shows_widget(cell) -> bool:
    """Is a widget among its outputs?"""
    return any(WIDGET in output.get("data", {}) for output in cell.get("outputs", []))


def run(notebook):
    """Execute on a fresh kernel, on one thread, with short training where a lesson offers it, and no model fetched."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", "COURSE_SHORT": "1", "COURSE_MODELS": os.devnull}
    place = {"metadata": {"path": str(LESSONS)}}
    NotebookClient(notebook, timeout=SECONDS, resources=place, record_timing=False).execute(env=env)
