"""What the lessons claim from experiments, each claim with a function that tries it on seeds of your choice.

One module for each lesson, `lesson_NN.py`. A claim's sentence stands word for word in its lesson; the function
runs the lesson's own code (see `lesson`), on other seeds and at several learning rates.
"""

import ast
import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import notebooks

CONSTANT = re.compile(r"[A-Z][A-Z_]{2,}")  # TASK, READERS: not the matrices W_Q and X


class Found(NamedTuple):
    """Whether a claim holds on all the seeds it was tried on, and what was seen: figures in a few words."""

    holds: bool
    seen: str


@dataclass(frozen=True)
class Claim:
    """A sentence as its lesson says it; the learning rates at which it is tried, if any; the trial, seeds -> Found."""

    sentence: str
    rates: tuple
    tried: Callable


def claim(sentence, rates=()):
    """Marks a function (seeds -> Found) as the trial of a sentence of its module's lesson."""

    def mark(tried):
        tried.claim = Claim(sentence, tuple(rates), tried)
        return tried

    return mark


def lessons():
    """The numbers of the lessons that have claims: "02", "03", ..."""
    return sorted(file.stem.removeprefix("lesson_") for file in Path(__file__).parent.glob("lesson_*.py"))


def claims_of(number):
    """The claims of one lesson, in the order of its module."""
    module = importlib.import_module(f"claims.lesson_{number}")
    return [made.claim for made in vars(module).values() if isinstance(getattr(made, "claim", None), Claim)]


@cache
def lesson(number):
    """The imports, functions and CONSTANTS of a lesson with its exercises solved. None of its experiments is run."""
    (path,) = notebooks.LESSONS.glob(f"{number}_*.ipynb")
    cells = notebooks.solve(notebooks.read(path)).cells
    statements = [line for cell in cells if cell.cell_type == "code" for line in ast.parse(cell.source).body]
    code = compile(ast.Module([line for line in statements if _defines(line)], []), path.name, "exec")
    names = {}
    exec(code, names)
    return SimpleNamespace(**names)


def _defines(statement):
    """Whether a statement only gives a name to something: an import, a function, a class or a CONSTANT."""
    if isinstance(statement, ast.Assign):
        return all(isinstance(name, ast.Name) and CONSTANT.fullmatch(name.id) for name in statement.targets)
    return isinstance(statement, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef)
