"""What came of one definition of an answer, and the sentences about those that could not be tried as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...exercises.engine import Choice, Exercise, Prediction

NOT_STARTED = "not started."
NO_MODULE = re.compile(r"No module named '(\w{1,60})")


@dataclass
class Outcome:
    """choice: which of those found, as inside/notebook.py has it.  lacks_a_name: a name was missing when it ran.

    lacks_a_module: the name of a module that is not installed where it ran, "" if none was missing.
    """

    status: str
    message: str
    mistake: str | None = None
    choice: tuple | None = None
    lacks_a_name: bool = False
    lacks_a_module: str = ""


def without_definition(asked: Exercise | Prediction | Choice, found: Mapping) -> Outcome:
    """The outcome for a name that no statement gives a value."""
    if found.get("broken"):
        return Outcome("fail", f"{found['broken'][0]}.")
    if found.get("imported"):
        return Outcome("fail", f"this is the course's own {asked.name}: write it yourself.", "the course's own")
    return Outcome("todo", NOT_STARTED)


def raised(what: tuple[str, str], choice: tuple) -> Outcome:
    """The outcome if the statement that defines the answer raised. what: the error's name and text."""
    name, text = what
    said = f"the cell raised {name}: {text.rstrip('.')[:200]}."
    return Outcome("fail", said, None, choice, name == "NameError", missing_module(name, text))


def missing_module(name: str, text: str) -> str:
    """The module that an error of this name and text says is not there, "" if it says something else."""
    found = NO_MODULE.search(text[:200]) if name == "ModuleNotFoundError" else None
    return found[1] if found else ""


def misplaced(asked: Exercise | Prediction | Choice, where: str, choice: tuple) -> Outcome:
    """The outcome of what would define the answer and stands in text, or under another name."""
    if where.startswith("a "):
        told = f"your {asked.name} stands in {where}, which is not run: turn it into a cell of code."
    else:
        told = f"yours is called {where}: call it {asked.name}."
    return Outcome("fail", told, None, choice)


def flag_of_misplaced(asked: Exercise | Prediction | Choice, where: str, tried: Outcome) -> str:
    """The sentence for the instructor. tried: what came of it all the same."""
    verdict = {"pass": "it is right", "fail": "it is not right"}.get(tried.status, "it is not filled in")
    if where.startswith("a "):
        seen = f"{where[:1].upper()}{where[1:]} holds a definition of {asked.name}; was the cell's kind changed?"
    else:
        seen = f"A cell defines {where}, and nothing defines {asked.name}; is it meant?"
    return f"{seen} Tried all the same, {verdict}."


def text_of(found: Mapping, choice: tuple | None) -> str:
    """The student's own code: what was tried, or else what there is."""
    number, how = choice or (None, "")
    if number is not None:
        return found["misplaced"][number][1] if how == "misplaced" else found["tried"][number]
    broken = found.get("broken")
    return broken[1] if broken else found.get("blank") or ""
