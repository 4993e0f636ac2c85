"""What stands in the cells of a lesson that belong to an exercise, written from the exercise.

A cell says what it is in its metadata: course = {"answer" | "check" | "question" | "essay" | "rubric": NAME}.
`seed` picks the figures of a question; 0 are the lesson's own.
"""

from __future__ import annotations

import ast
import inspect

from .bank import exercise
from .exercise import Exercise
from .questions import Choice, Essay, Prediction

VERBS = {Prediction: "Predict", Choice: "Choose", Essay: "Explain"}


def stub(asked):
    """The reference's signature and docstring, and room for the learner's code."""
    source = inspect.getsource(asked.reference)
    docstring = ast.parse(source).body[0].body[0]
    return "\n".join(source.splitlines()[: docstring.end_lineno]) + "\n    ...  # your code here"


def answer(asked, seed=0):
    """The cell that the learner fills in."""
    return stub(asked) if isinstance(asked, Exercise) else f"{asked.name} = {asked.blank}"


def solution(asked, seed=0):
    """The same cell, filled in."""
    if isinstance(asked, Exercise):
        return inspect.getsource(asked.reference).rstrip()
    return f"{asked.name} = {asked.solution(seed)}"


def check_call(asked, seed=0):
    """The cell that checks it."""
    if isinstance(asked, Exercise):
        return f"{asked.name} = check({asked.name})"
    figures = f", seed={seed}" if seed and isinstance(asked, Prediction) else ""
    return f'check({asked.name}, "{asked.name}"{figures})'


def question(asked, seed=0):
    """Heading and text of a question."""
    return f"### {VERBS[type(asked)]} · {asked.minutes} min\n\n{asked.text(seed)}"


def essay(asked, seed=0):
    """The cell to write in."""
    return "*Your answer: double-click here and write.*"


def rubric(asked, seed=0):
    """What a full answer says, folded."""
    return asked.model_answer()


WRITERS = {"answer": answer, "check": check_call, "question": question, "essay": essay, "rubric": rubric}


def marked_cells(notebook):
    """(cell, kind, exercise) for each cell that belongs to an exercise. notebook: of nbformat, or as JSON has it."""
    for cell in notebook["cells"]:
        for kind, name in cell["metadata"].get("course", {}).items():
            yield cell, kind, exercise(name)


def sync(notebook, seed_of=lambda name: 0):
    """Write every cell that belongs to an exercise. Returns the names of those that were different."""
    changed = []
    for cell, kind, asked in marked_cells(notebook):
        wanted = WRITERS[kind](asked, seed_of(asked.name))
        if cell.source != wanted:
            cell.source = wanted
            changed.append(f"{kind} {asked.name}")
    return changed


def solve(notebook, seed_of=lambda name: 0):
    """Fill in the solutions."""
    for cell, kind, asked in marked_cells(notebook):
        if kind == "answer":
            cell.source = solution(asked, seed_of(asked.name))
    return notebook


def heading(asked):
    """How the heading above an exercise with code begins after its number; a test holds the lessons to it."""
    return f"`{asked.name}` · {asked.minutes} min"
