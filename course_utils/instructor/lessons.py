"""The lessons there are, and what each of them asks, in order."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path

import nbformat

from ..errors import InputError
from ..exercises.engine import Exercise
from ..exercises.engine.cells import marked_cells

FOLDER = Path(__file__).parent.parent.parent / "notebooks"


@cache
def lessons() -> tuple[str, ...]:
    """Their names, as "02_softmax_attention". InputError if the notebooks are not beside the package."""
    found = tuple(sorted(path.stem for path in FOLDER.glob("[0-9]*.ipynb")))
    if not found:
        raise InputError(
            f"There are no lessons in {FOLDER}. Work in a copy of the whole repository, installed with "
            "`pip install -r requirements.txt`, which leaves the notebooks where they are."
        )
    return found


def known(name: str) -> str:
    """The full name of a lesson, from that or from the beginning of it ("02"). InputError if there is none such."""
    fitting = [lesson for lesson in lessons() if name and lesson.startswith(name)]
    if len(fitting) == 1:
        return fitting[0]
    near = difflib.get_close_matches(name, lessons(), n=3, cutoff=0.4) or lessons()
    raise InputError(f"There is no lesson {name!r}; do you mean {', '.join(near)}?")


def read(lesson):
    """The notebook of a lesson."""
    return nbformat.read(FOLDER / f"{lesson}.ipynb", as_version=4)


def write(notebook, path: Path):
    """Store a notebook, with a line feed at the end of each line on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


@cache
def asked_in(lesson) -> tuple:
    """The lesson's exercises and questions, each once, in the order of the notebook."""
    asked = {asked.name: asked for _, kind, asked in marked_cells(read(lesson)) if kind in ("answer", "essay")}
    return tuple(asked.values())


@cache
def taught_before(lesson) -> dict:
    """name -> function: what the lessons before this one have built, and this one may use."""
    earlier = [asked for other in lessons() if other < lesson for asked in asked_in(other)]
    return {asked.name: asked.reference for asked in earlier if isinstance(asked, Exercise)}
