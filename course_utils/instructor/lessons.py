"""The lessons there are, the course's and perhaps some of your own, and what each of them asks, in order."""

from __future__ import annotations

import contextlib
import difflib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError
from ..exercises import exercises_from
from ..exercises.engine import Exercise
from ..exercises.engine.bank import only_the_courses_own, own_folder
from ..exercises.engine.cells import marked_cells

if TYPE_CHECKING:  # whoever grades needs no nbformat, which takes as long to import as torch
    import nbformat

FOLDER = Path(__file__).parent.parent.parent / "notebooks"
OWN_NAME = re.compile(r"\d\d_\w+")
_own: dict[str, Path] = {}  # name -> notebook, of the instructor's own


def use(folder: Path | None = None, notebooks: Iterable[Path] = ()) -> None:
    """From now on these lessons and the exercises of this folder are known beside the course's, and no others.

    notebooks: called as lessons are; one that is called like a lesson of the course takes its place. InputError if one
    of them cannot be used.
    """
    _own.clear()
    for cached in (lessons, asked_in, taught_before):
        cached.cache_clear()
    if folder is None:
        only_the_courses_own()
    else:
        exercises_from(folder)
    numbers = {lesson[:2]: lesson for lesson in lessons()}
    for path in notebooks:
        if not OWN_NAME.fullmatch(path.stem):
            raise InputError(f"{path.name} cannot be the name of a lesson: call it like 21_dropout.ipynb.")
        if numbers.setdefault(path.stem[:2], path.stem) != path.stem:
            raise InputError(f"{path.name} has the number of {numbers[path.stem[:2]]}: give it another.")
        _own[path.stem] = path
    lessons.cache_clear()


def own_files() -> list[Path]:
    """The modules and notebooks of the instructor's own that are in use."""
    folder = own_folder()
    return [*_own.values(), *(sorted(folder.glob("*.py")) if folder else ())]


@cache
def lessons() -> tuple[str, ...]:
    """Their names, as "02_softmax_attention". InputError if the notebooks are not beside the package."""
    found = tuple(sorted({path.stem for path in FOLDER.glob("[0-9]*.ipynb")} | set(_own)))
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


def read(lesson: str) -> nbformat.NotebookNode:
    """The notebook of a lesson."""
    import nbformat

    path = _place(lesson)
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise InputError(f"{path} cannot be read as a notebook: {error}.") from None


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Store a notebook, with a line feed at the end of each line on every system."""
    import nbformat

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


@cache
def asked_in(lesson: str) -> tuple:
    """The lesson's exercises and questions, each once, in the order of the notebook."""
    try:
        marked = marked_cells(_notebook(lesson))
        asked = {asked.name: asked for _, kind, asked in marked if kind in ("answer", "essay")}
    except KeyError as unknown:
        raise InputError(f"In {lesson}.ipynb {unknown.args[0]}") from None
    return tuple(asked.values())


@cache
def taught_before(lesson: str) -> dict:
    """name -> function: what the lessons before this one have built, and this one may use."""
    earlier = [asked for other in lessons() if other < lesson for asked in asked_in(other)]
    return {asked.name: asked.reference for asked in earlier if isinstance(asked, Exercise)}


def _notebook(lesson):
    """As JSON has it, if it is of the present format; an older one, or what is none, is nbformat's affair."""
    with contextlib.suppress(ValueError):
        notebook = json.loads(_place(lesson).read_bytes())
        if isinstance(notebook, dict) and notebook.get("nbformat") == 4 and "cells" in notebook:
            return notebook
    return read(lesson)


def _place(lesson):
    return _own.get(lesson, FOLDER / f"{lesson}.ipynb")
