"""Keeps the lessons and the exercises in step: what is asked stands once, in course_utils/exercises.

sync   write stubs, checks and question texts into the notebooks, from the exercises
check  say where a notebook and its exercises disagree (exit status 1)
run    sync, run top to bottom on a fresh kernel with nothing solved, and store the outputs
solve  write solved copies into a folder

A cell says what it is in its metadata: course = {"answer" | "check" | "question" | "essay" | "rubric": NAME}.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course_utils.exercises import exercise
from course_utils.exercises.engine import Choice, Essay, Exercise, Prediction

LESSONS = Path(__file__).parent.parent / "notebooks"
VERBS = {Prediction: "Predict", Choice: "Choose", Essay: "Explain"}
STRICT_SECONDS = 600  # a cell that runs longer is stuck


def stub(asked):
    """The reference's signature and docstring, and room for the learner's code."""
    source = inspect.getsource(asked.reference)
    docstring = ast.parse(source).body[0].body[0]
    return "\n".join(source.splitlines()[: docstring.end_lineno]) + "\n    ...  # your code here"


def answer(asked):
    """The cell that the learner fills in."""
    return stub(asked) if isinstance(asked, Exercise) else f"{asked.name} = {asked.blank}"


def solution(asked):
    """The same cell, filled in."""
    if isinstance(asked, Exercise):
        return inspect.getsource(asked.reference).rstrip()
    return f"{asked.name} = {asked.solution()}"


def check_call(asked):
    """The cell that checks it."""
    if isinstance(asked, Exercise):
        return f"{asked.name} = check({asked.name})"
    return f'check({asked.name}, "{asked.name}")'


def question(asked):
    """Heading and text of a question."""
    return f"### {VERBS[type(asked)]} · {asked.minutes} min\n\n{asked.text()}"


def essay(asked):
    """The cell to write in."""
    return "*Your answer: double-click here and write.*"


def rubric(asked):
    """What a full answer says, folded."""
    return asked.model_answer()


WRITERS = {"answer": answer, "check": check_call, "question": question, "essay": essay, "rubric": rubric}


def marked_cells(notebook):
    """(cell, kind, exercise) for each cell that belongs to an exercise."""
    for cell in notebook.cells:
        for kind, name in cell.metadata.get("course", {}).items():
            yield cell, kind, exercise(name)


def sync(notebook):
    """Write every cell that belongs to an exercise. Returns the names of those that were different."""
    changed = []
    for cell, kind, asked in marked_cells(notebook):
        wanted = WRITERS[kind](asked)
        if cell.source != wanted:
            cell.source = wanted
            changed.append(f"{kind} {asked.name}")
    return changed


def disagreements(notebook):
    """Sentences on what differs between a notebook and its exercises."""
    said = [f"the cell '{what}' differs from the exercise" for what in sync(nbformat.from_dict(notebook))]
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for _, kind, asked in marked_cells(notebook):
        heading = f"`{asked.name}` · {asked.minutes} min"
        if kind == "answer" and isinstance(asked, Exercise) and heading not in text:
            said.append(f"no heading says {heading}")
    return said


def solve(notebook):
    """Fill in the solutions."""
    for cell, kind, asked in marked_cells(notebook):
        if kind == "answer":
            cell.source = solution(asked)
    return notebook


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
