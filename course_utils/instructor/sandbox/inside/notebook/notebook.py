"""One student's notebook in the sandbox: finds its answers and gives them their values, running as little as it can."""

from __future__ import annotations

import linecache
import time
import warnings
from collections.abc import Iterable, Mapping
from types import SimpleNamespace

from .....exercises.engine.handed_in import is_blank
from .....exercises.engine.running import run_cases
from .. import import_hooks
from .cells import read_cells, statements, statements_in
from .essays import find_essay
from .extract import Found, find
from .magics import with_files_run, without_magics
from .misplaced import Misplaced
from .missing import stand_in_for
from .names import modules_of, trains, uses
from .source import THE_END, Source
from .written_modules import files_written, provide

SECONDS_PER_CELL, SECONDS_FOR_ALL = 5, 20  # when all cells have to be run
LONGEST_SHOWN = 20_000  # characters of an answer
# How far a choice lets the notebook run: to the answer's own check, to its end, or with every cell, whatever it does.
TO_CHECK, TO_END, ALL_CELLS, MISPLACED = "to check", "to end", "all cells", "misplaced"
Chosen = tuple[int | None, str] | int  # a choice, as Notebook has it


class Notebook:
    """The statements of a notebook, and what its names stand for so far.

    A choice is (number of the statement among those found, how far to run), the number alone for as far as its check;
    a number of None is what running all cells has left.
    """

    def __init__(self, data: bytes):
        with warnings.catch_warnings(action="ignore"):
            self.cells, self.stamp = read_cells(data)
            files = files_written(self.cells)
            for cell in self.cells:
                cell.source = with_files_run(cell.source, files)
            self.source = Source(statements(self.cells), files)
            self.misplaced = Misplaced(self.cells, self.source)
        provide(files)
        self.found: dict[str, Found] = {}
        self.settled: dict[str, object] = {}
        self.after_all_cells: dict[str, object] | None = None
        self._begin_anew()
        for number, cell in enumerate(self.cells):  # so that a message can quote the student's line
            lines = cell.source.splitlines(keepends=True)
            linecache.cache[f"<cell {number + 1}>"] = (len(cell.source), None, lines, f"<cell {number + 1}>")

    def _begin_anew(self):
        self.namespace, self.done = {"__name__": "__main__", **self.settled}, set()

    def overview(self, names: Iterable[str], essays: Mapping[str, tuple[str, str]]) -> dict[str, object]:
        """What there is to grade, as JSON: answers and essays by name, and the exercises that cells are marked with."""
        self.expect(names)
        return {
            "answers": {name: self._told(one) for name, one in self.found.items() if one != Found()},
            "essays": {name: find_essay(self.cells, name, *asked)[:LONGEST_SHOWN] for name, asked in essays.items()},
            "marks": sorted({name for cell in self.cells for name in cell.marks.values()}),
            "stamp": self.stamp,
            "trains": any(trains(cell.source) for cell in self.cells),
        }

    def expect(self, names: Iterable[str]) -> None:
        """From now on these are the exercises."""
        self.found = {name: find(self.source, name) for name in names}
        for name, found in self.found.items():
            found.misplaced = [] if found.tried else self.misplaced.find(name)

    def value(self, name: str, choice: Chosen) -> object:
        """The value that a choice gives a name. Runs what its statement needs and has not been run yet.

        Raises whatever the answer's own statement raises.
        """
        number, how = (choice, TO_CHECK) if isinstance(choice, int) else choice
        if number is None:
            return self._left_by_all_cells(name)
        found = self.found[name]
        statement = found.misplaced[number][1] if how == MISPLACED else found.tried[number]
        if how == ALL_CELLS:
            exec(_runnable(statement), self.after_all_cells)
            return self.after_all_cells.get(name)
        self._run(statement, THE_END if how != TO_CHECK else self.source.end_of_check(statement, name), how)
        return self.namespace.get(name)

    def _run(self, statement, until, how):
        if any(place > until for place in self.done):  # something that stands further down has run
            self._begin_anew()
        needed = self.source.needed_by(statement, self.settled, self.found, until)
        if how != TO_CHECK:  # a name may be given its value below the statement that reads it
            needed.sort(key=lambda one: self.source.order_after(one, statement))
        for one in needed:
            if one is statement:
                exec(_runnable(statement), self.namespace)
            elif one.place not in self.done:
                self.done.add(one.place)
                self._run_anyhow(one)

    def settle(self, name: str, value: object) -> None:
        """From now on the name stands for this value, whoever uses it."""
        self.settled[name] = self.namespace[name] = value
        if self.after_all_cells is not None:
            self.after_all_cells[name] = value

    def _run_anyhow(self, statement):
        """What the answer needs may fail; then the answer itself will show it."""
        try:
            exec(_runnable(statement), self.namespace)
        except ImportError as error:
            self.namespace |= {name: stand_in_for(error) for name in self.source.binds[statement.place]}
        except BaseException:  # SystemExit too
            pass

    def run_all_cells(self, seconds: float) -> None:
        """Like the learner's "Run All", but past errors, and with little time for each cell. seconds: for all."""
        self.after_all_cells = {"__name__": "__main__"}
        import_hooks.handed_to_check.clear()
        seconds_per_cell = min(SECONDS_PER_CELL, seconds / 4)
        stop = time.monotonic() + min(SECONDS_FOR_ALL, seconds - 2 * seconds_per_cell)
        for number, cell in enumerate(self.cells):
            if cell.kind == "code" and time.monotonic() < stop:
                run_cases(self._running(number, cell), [SimpleNamespace(args=())], seconds_per_cell)

    def _running(self, number, cell):
        def run():
            exec(compile(without_magics(cell.source), f"<cell {number + 1}>", "exec"), self.after_all_cells)

        return run

    def _left_by_all_cells(self, name):
        """What stands under the name; if that is blank, what its check was handed."""
        value = (self.after_all_cells or {}).get(name)
        blank = value is None or value is ... or is_blank(value)
        return import_hooks.handed_to_check.get(name, value) if blank else value

    def _told(self, found):
        return {
            "tried": [(statement.shown or statement.text)[:LONGEST_SHOWN] for statement in found.tried],
            "uses": [self._uses(statement) for statement in found.tried],
            "blank": found.blank and found.blank[:LONGEST_SHOWN],
            "broken": found.broken and [found.broken.error[:500], found.broken.text[:LONGEST_SHOWN]],
            "imported": found.imported,
            "hidden": found.hidden,
            "misplaced": [[where, statement.text[:LONGEST_SHOWN]] for where, statement in found.misplaced[:1]],
        }

    def _uses(self, statement):
        needed = self.source.needed_by(statement, (), self.found)
        files = {module for one in needed for module in modules_of(one.node)} & set(self.source.files)
        written = [one.node for name in files for one in statements_in(self.source.files[name], 0) if one.node]
        return uses([*(one.node for one in needed), *written])


def _runnable(statement):
    if statement.code is None:
        raise RecursionError("the statement is nested too deeply for Python")
    return statement.code
