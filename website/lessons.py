"""Runs the lessons for the website and brings back what its widgets need: their states, and numbers that Python keeps.

A hidden cell after each cell that shows a widget asks, in the lesson's own kernel, for the widget's state.
"""

from __future__ import annotations

import ast
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from cells import WIDGET
from kept import KEPT
from nbclient import NotebookClient

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
    """Execute on a fresh kernel, on one thread, with short training where a lesson offers it."""
    env = {**os.environ, "OMP_NUM_THREADS": "1", "COURSE_SHORT": "1"}
    place = {"metadata": {"path": str(LESSONS)}}
    NotebookClient(notebook, timeout=SECONDS, resources=place, record_timing=False).execute(env=env)


def needed_for(cells, shows) -> list[int]:
    """Places of the cells without which those at `shows` cannot run, found by the names that they read and write.

    A cell that seeds or may draw random numbers stays in front of one that is needed, so that the numbers are the same.
    """
    needed, wanted = set(), set()
    for i in reversed(range(len(cells))):
        if cells[i].cell_type != "code":
            continue
        reads, writes, draws = names_of(cells[i].source)
        if i in shows or writes & wanted or (draws and needed):
            needed.add(i)
            wanted |= reads
    return sorted(needed)


RANDOM = {"manual_seed", "randn", "rand", "randint", "randperm", "multinomial", "normal_", "seed"}


def names_of(source: str):
    """(names read, names written, may it draw random numbers) of a cell; what a method may change counts as written."""
    tree = ast.parse(source)
    reads = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    writes = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            writes.add(node.name)
        elif isinstance(node, ast.alias):
            writes.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            writes |= _changed_by(node.value)
    return reads, writes, any(isinstance(node, ast.Attribute) and node.attr in RANDOM for node in ast.walk(tree))


def _changed_by(call):
    """The names that a call on a line of its own may change: its object and its arguments, but for what only shows."""
    if isinstance(call.func, ast.Name) and call.func.id in {"print", "show", "check", "show_solution"}:
        return set()
    return {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
