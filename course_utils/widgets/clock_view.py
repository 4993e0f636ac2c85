"""ClockView: the code of a position as a row of clocks, one per pair of columns."""

from __future__ import annotations

import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from ..errors import InputError
from .base import CourseWidget
from .esm import module, stylesheet
from .given import numbers, pack
from .learner import ask, in_time, name_of
from .number_grids import SIGNED
from .two_positions import TwoPositions, limits_of

MOST_COLUMNS = 16
FIRST, SECOND = "#1565c0", "#b84300"  # colours of the two hands


class ClockView(TwoPositions, CourseWidget):
    """Two positions as the hands of clocks above the table of all codes, and the dot product of the two.

    compute: a function (length, d_model) -> table, (length, d_model), such as your sinusoidal_positions.
    length: rows of the table, at least 16.  d_model: its columns, even, at most 16. Each pair of columns is a
    clock: the first number points right, the second up.
    position and distance, to read or to set: one hand shows position, the other position + distance.
    table and dot_product can be read.
    """

    _esm = module("clock_view")
    _css = stylesheet("clock_view.css")
    d_model = traitlets.Int().tag(sync=True)
    table_bytes = traitlets.Bytes().tag(sync=True)

    def __init__(self, compute, length=64, d_model=8, **state):
        if d_model % 2 or not 2 <= d_model <= MOST_COLUMNS:
            raise InputError(f"d_model should be an even number from 2 to {MOST_COLUMNS}, yours is {d_model}.")
        limits, asked = limits_of(length), lambda: ask(compute, length, d_model)
        self._table = numbers("the table", in_time(asked, name_of(compute)), length, d_model)
        super().__init__(length=length, d_model=d_model, table_bytes=pack(self._table), limits=limits, **state)

    @property
    def table(self):
        """(length, d_model), as compute gave it."""
        return self._table.copy()

    @property
    def dot_product(self):
        """Of the codes of the two positions."""
        return float(self._table[self.position] @ self._table[self.position + self.distance])

    def facts(self):
        return {"length": self.length, "d_model": self.d_model, "position": self.position, "distance": self.distance}

    def alt(self):
        second = self.position + self.distance
        return (f"{self.d_model // 2} clocks above a table of {self.length} position codes. One hand of each shows "
                f"position {self.position}, the other position {second}; the dot product of the two codes is "
                f"{self.dot_product:.2f}.")  # fmt: skip

    def picture(self):
        """The clocks with both hands, and the table with both positions marked."""
        pairs = self.d_model // 2
        figure = Figure(figsize=(1.3 * pairs + 0.6, 4.6), layout="constrained")
        grid = figure.add_gridspec(2, pairs, height_ratios=(1, 2.4))
        for pair in range(pairs):
            self._draw_clock(figure.add_subplot(grid[0, pair]), pair)
        axes = figure.add_subplot(grid[1, :])
        axes.imshow(self._table, vmin=-1, vmax=1, cmap=SIGNED, aspect="auto", interpolation="nearest")
        names = [f"{'cos' if column % 2 else 'sin'} · {column}" for column in range(self.d_model)]
        axes.set_xticks(range(self.d_model), names, size=8)
        axes.set_ylabel("position")
        for position, colour in self._hands():
            axes.axhline(position, color="white", linewidth=3.5)
            axes.axhline(position, color=colour, linewidth=1.8)
        return figure

    def _hands(self):
        """Both positions with their colours, the second first, for it may lie below."""
        return (self.position + self.distance, SECOND), (self.position, FIRST)

    def _draw_clock(self, axes, pair):
        axes.add_patch(Circle((0, 0), 1, fill=False, color="0.5"))
        for (position, colour), width in zip(self._hands(), (4, 1.8)):
            axes.plot((0, self._table[position, 2 * pair]), (0, self._table[position, 2 * pair + 1]), colour, lw=width)
        axes.set(xlim=(-1.1, 1.1), ylim=(-1.1, 1.1), aspect="equal")
        axes.set_axis_off()
