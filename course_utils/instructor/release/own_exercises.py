"""Exercises and lessons of the instructor's own: tried before they are handed out, begun as a notebook, passed on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from ...errors import InputError
from ...exercises import exercise
from ...exercises.engine import Choice, Essay, Exercise, Prediction
from ...exercises.engine.bank import own_folder
from ...exercises.engine.cells import heading, sync
from .. import lessons

SEEDS = (0, 1, 2026)  # on which an exercise is tried
IMPORTS = """\
import torch

from course_utils.exercises import check, exercises_from, show_solution

exercises_from("{folder}")"""


def asked_in(lesson: str) -> list[str]:
    """The names of those that a lesson asks."""
    own = {file.stem for file in lessons.own_files()}
    return [asked.name for asked in lessons.asked_in(lesson) if asked.name in own]


def prove(names: Iterable[str]) -> None:
    """InputError, with all that is wrong, unless each of these exercises tells right from wrong."""
    found = [f"{name} {fault}" for name in names for fault in _faults(exercise(name))]
    if found:
        raise InputError("\n  ".join(["Your exercises do not hold yet:", *found]))


def _faults(asked) -> list[str]:
    """Sentences on what an exercise gets wrong, on the first seed on which it gets something wrong."""
    if asked.points <= 0:
        return ["needs points; a plan that gives it 0 leaves it out."]
    try:
        return next(filter(None, (_faults_on(asked, seed) for seed in SEEDS)), [])
    except Exception as error:  # whatever its own functions do
        return [f"raises {type(error).__name__}: {error}"]


def _faults_on(asked, seed):
    found = []
    for what, answer, hint in _answers(asked, seed):
        result = asked.check(answer, seed)
        holds = result.status == "fail" and hint in result.message if hint else result.status == "pass"
        found += [] if holds else [f"says to {what} (seed {seed}): {result.message}"]
    return found


def _answers(asked, seed) -> Iterator[tuple[str, object, str | None]]:
    """(what it is, an answer, the hint that it should be given; None if it is right)."""
    if isinstance(asked, Exercise):
        yield "its own reference", _as_learners(asked.reference), None
        yield from ((f"the mistake {one.name!r}", _as_learners(one.wrong), one.hint) for one in asked.mistakes)
    elif isinstance(asked, Prediction):
        figures = asked.numbers(seed)
        yield "its own answer", asked.answer(**figures), None
        yield from ((f"the mistake {one.name!r}", one.wrong(**figures), one.hint) for one in asked.mistakes)
    elif isinstance(asked, Choice):
        for key, option in asked.options.items():
            yield f"the option {key!r}", key, None if option.right else option.why


def _as_learners(fn):
    """The function without what shows that it is the course's own."""

    def answer(*args):
        return fn(*args)

    answer.__module__ = "__main__"
    return answer


def new_lesson(name: str, names: Iterable[str]) -> nbformat.NotebookNode:
    """A notebook that asks these exercises, to write the text of the lesson around."""
    title = name.partition("_")[2].replace("_", " ").capitalize()
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    top = [markdown(f"# {name[:2]} · {title}\n\nWhat it is about."), code(IMPORTS.format(folder=own_folder().name))]
    notebook = nbformat.v4.new_notebook(cells=[*top, *(cell for one in names for cell in _cells(exercise(one)))])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    sync(notebook)
    return notebook


def _cells(asked):
    """Those of one exercise: `sync` writes what stands in them."""
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    if isinstance(asked, Exercise):
        yield markdown(f"### Exercise · {heading(asked)}")
        kinds = {"answer": code, "check": code}
    elif isinstance(asked, Essay):
        kinds = {"question": markdown, "essay": markdown, "rubric": markdown}
    else:
        kinds = {"question": markdown, "answer": code, "check": code}
    for kind, cell in kinds.items():
        yield cell("", id=f"{kind}-{asked.name}".replace("_", "-")[:64], metadata={"course": {kind: asked.name}})


def pass_on(folder: Path) -> None:
    """Put the modules of the instructor's own exercises beside a notebook, for its checks."""
    own = own_folder()
    (folder / own.name).mkdir(exist_ok=True)
    for module in sorted(own.glob("*.py")):
        shutil.copy(module, folder / own.name)
