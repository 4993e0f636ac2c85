"""Keeps the lessons and the exercises in step: what is asked stands once, in course_utils/exercises.

sync   write stubs, checks and question texts into the notebooks, from the exercises
check  say where a notebook and its exercises disagree (exit status 1)
run    sync, run top to bottom on a fresh kernel with nothing solved, and store the outputs
solve  write solved copies into a folder
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course_utils.exercises.engine import Exercise
from course_utils.exercises.engine.cells import heading, marked_cells, solve, sync

LESSONS = Path(__file__).parent.parent / "notebooks"
STRICT_SECONDS = 600  # a cell that runs longer is stuck


def disagreements(notebook):
    """Sentences on what differs between a notebook and its exercises."""
    said = [f"the cell '{what}' differs from the exercise" for what in sync(nbformat.from_dict(notebook))]
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for _, kind, asked in marked_cells(notebook):
        if kind == "answer" and isinstance(asked, Exercise) and heading(asked) not in text:
            said.append(f"no heading says {heading(asked)}")
    return said


def run(notebook, folder=LESSONS):
    """Execute on a fresh kernel; keep outputs, drop what differs from machine to machine."""
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=STRICT_SECONDS, record_timing=False, resources=place).execute()
    notebook.metadata.pop("widgets", None)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def read(path):
    """The notebook at path."""
    return nbformat.read(path, as_version=4)


def write(notebook, path):
    """Store it with a line feed at the end of each line, on Windows too."""
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def do(path, command, folder):
    """One command on one notebook; returns the number of complaints."""
    notebook = read(path)
    if command == "check":
        said = disagreements(notebook)
        print(*(f"{path.name}: {line}" for line in said), sep="\n", end="\n" if said else "")
        return len(said)
    if command == "solve":
        write(solve(notebook), folder / path.name)
        return 0
    changed = sync(notebook)
    print(f"{path.name}: {', '.join(changed) or 'in step'}")
    write(run(notebook) if command == "run" else notebook, path)
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=["sync", "check", "run", "solve"])
    parser.add_argument("notebooks", nargs="*", type=Path, default=sorted(LESSONS.glob("[0-9]*.ipynb")))
    parser.add_argument("--out", type=Path, default=Path("solved"), help="where solve writes its copies")
    options = parser.parse_args()
    if options.command == "solve":
        options.out.mkdir(parents=True, exist_ok=True)
    sys.exit(sum(do(path, options.command, options.out) for path in options.notebooks) > 0)


if __name__ == "__main__":
    main()
