"""One student's notebook in the sandbox: finds its answers and gives them their values, running as little as it can."""

from __future__ import annotations

import ast
import linecache
import time
from types import SimpleNamespace

from ...exercises.engine.running import run_cases
from .cells import read_cells, statements, without_magics
from .essays import find_essay
from .extract import Found, Source

SECONDS_PER_CELL, SECONDS_FOR_ALL = 5, 20  # when all cells have to be run


class Notebook:
    """The statements of a notebook, and what its names stand for so far."""

    def __init__(self, data: bytes):
        self.cells, self.stamp = read_cells(data)
        self.source = Source(statements(self.cells))
        self.found: dict[str, Found] = {}
        self.settled: set[str] = set()
        self._forget()
        for number, cell in enumerate(self.cells):  # so that a message can quote the student's line
            lines = cell.source.splitlines(keepends=True)
            linecache.cache[f"<cell {number + 1}>"] = (len(cell.source), None, lines, f"<cell {number + 1}>")

    def _forget(self):
        self.namespace, self.done = {"__name__": "__main__"}, set()

    def overview(self, names, essays):
        """What there is to grade, as JSON: answers and essays by name, and the exercises that cells are marked with."""
        found = {name: self.source.find(name) for name in names}
        return {
            "answers": {name: _told(one) for name, one in found.items() if one != Found()},
            "essays": {name: find_essay(self.cells, name, *asked)[:20_000] for name, asked in essays.items()},
            "marks": sorted({name for cell in self.cells for name in cell.marks.values()}),
            "stamp": self.stamp,
        }

    def expect(self, names):
        """From now on these are the exercises."""
        self.found = {name: self.source.find(name) for name in names}

    def value(self, name, choice):
        """The value that the answer's statement number `choice` gives its name; None: that of a run of all cells.

        Runs what the statement needs and has not been run yet. Raises whatever the answer's own statement raises.
        """
        if choice is None:
            return self.namespace.get(name)
        statement = self.found[name].tried[choice]
        for needed in self.source.needed_by(statement, self.settled, self.found):
            if needed is statement:
                exec(_compiled(statement), self.namespace)
            elif needed.place not in self.done:
                self.done.add(needed.place)
                self._run_anyhow(needed)
        return self.namespace.get(name)

    def settle(self, name, value):
        """From now on the name stands for this value, whoever uses it."""
        self.namespace[name] = value
        self.settled.add(name)

    def _run_anyhow(self, statement):
        """What the answer needs may fail; then the answer itself will show it."""
        try:
            exec(_compiled(statement), self.namespace)
        except BaseException:  # SystemExit too
            pass

    def run_all_cells(self, seconds):
        """Like the learner's "Run All", but past errors, and with little time for each cell. seconds: for all."""
        self._forget()
        self.done = {statement.place for statement in self.source.statements}
        seconds_per_cell = min(SECONDS_PER_CELL, seconds / 4)
        stop = time.monotonic() + min(SECONDS_FOR_ALL, seconds - 2 * seconds_per_cell)
        for number, cell in enumerate(self.cells):
            if cell.kind == "code" and time.monotonic() < stop:
                run_cases(self._running(number, cell), [SimpleNamespace(args=())], seconds_per_cell)

    def _running(self, number, cell):
        def run():
            exec(compile(without_magics(cell.source), f"<cell {number + 1}>", "exec"), self.namespace)

        return run


def _compiled(statement):
    return compile(ast.Module([statement.node], []), statement.file, "exec")


def _told(found):
    return {
        "tried": [statement.text[:20_000] for statement in found.tried],
        "blank": found.blank and found.blank[:20_000],
        "broken": found.broken and [found.broken.error[:500], found.broken.text[:20_000]],
        "imported": found.imported,
        "hidden": found.hidden,
    }
