"""Functions among the arguments of a case: they stay where the answers are, and the sandbox gets their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...exercises.engine import Case

LENT = "call "


def lent_out(cases: Iterable[Case]) -> tuple[list[tuple], dict[str, Callable]]:
    """(arguments of each case, {"call 3": function}): each function's name stands in its place."""
    functions = {}

    def sent(arg):
        if not callable(arg):
            return arg
        functions[f"{LENT}{len(functions)}"] = arg
        return f"{LENT}{len(functions) - 1}"

    return [tuple(map(sent, case.args)) for case in cases], functions
