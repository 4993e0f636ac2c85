"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """status: "todo", "pass" or "fail".  message: what to do next, in plain words.

    mistake: the name of the known mistake, if it was one.  printed: what the function printed while it was tried.
    """

    status: str
    message: str
    mistake: str | None = None
    printed: str = ""
