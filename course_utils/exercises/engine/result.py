"""What a check found, and what it knows of the mistakes people make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """What people get wrong, as a wrong implementation (or a wrong way to a number), and what a good tutor says to it."""

    name: str
    wrong: Callable
    hint: str


@dataclass(frozen=True)
class Result:
    """status: "todo", "pass" or "fail".  message: what to do next, in plain words.

    mistake: the name of the known mistake, if it was one.  printed: what the function printed while it was tried.
    warned: what torch and NumPy warned of meanwhile, each once, one line each.
    """

    status: str
    message: str
    mistake: str | None = None
    printed: str = ""
    warned: str = ""
