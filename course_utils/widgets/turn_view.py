"""TurnView: a query and a key in the plane of one pair of features, turned by their positions."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, unpack
from .learner import as_given, ask
from .two_positions import TwoPositions

MOST_PAIRS = 8
LARGEST = 2.0  # the plane's edge


class TurnView(TwoPositions, CourseWidget):
    """Arrows q and k, which can be dragged, and what becomes of them and of their dot product at two positions.

    compute: a function X -> turned X, both (length, d_k), such as your rotate_by_position. It runs at every drag.
    q, k: (2,), numbers from -2 to 2; they are the features 2 · pair and 2 · pair + 1 of rows that are else 0.
    pair: whose speed is shown, to read or to set.  d_k: even, at most 16.  length: how many positions, at least 16.
    position and distance, to read or to set: k stands at position, q at position + distance.
    score can be read: the dot product of the turned arrows.
    """

    _esm = module("two_positions.js", "turn_view.js")
    _css = stylesheet("turn_view.css")
    q = traitlets.List(traitlets.Float(), minlen=2, maxlen=2).tag(sync=True)
    k = traitlets.List(traitlets.Float(), minlen=2, maxlen=2).tag(sync=True)
    n_pairs = traitlets.Int().tag(sync=True)
    pair = traitlets.Int().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)  # turned q and turned k, (length, 2) each, in one message
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, compute, q, k, pair=1, d_k=8, length=64, **state):
        if d_k % 2 or not 2 <= d_k <= 2 * MOST_PAIRS:
            raise InputError(f"d_k should be an even number from 2 to {2 * MOST_PAIRS}, yours is {d_k}.")
        self._compute, self._example = compute, q
        arrows = {name: numbers(name, arrow, 2).tolist() for name, arrow in (("q", q), ("k", k))}
        super().__init__(length=length, n_pairs=d_k // 2, pair=pair, **arrows, **state)
        self.result = {"q": pack(np.tile(self.q, (length, 1))), "k": pack(np.tile(self.k, (length, 1)))}
        self.observe(self._run, ["q", "k", "pair"])
        self._run()

    @traitlets.validate("pair")
    def _there(self, proposal):
        if not 0 <= proposal.value < self.n_pairs:
            raise SettingError(f"pair should be from 0 to {self.n_pairs - 1}, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("q", "k")
    def _in_the_plane(self, proposal):
        return [round(float(np.clip(number, -LARGEST, LARGEST)), 4) for number in proposal.value]

    @property
    def score(self):
        """Dot product of the turned q and the turned k."""
        return float(self._turned("q")[self.position + self.distance] @ self._turned("k")[self.position])

    def _turned(self, name):
        return unpack(self.result[name], self.length, 2)

    def _run(self, change=None):
        """Ask the compute function again. If it fails, say so and keep the last picture."""
        try:
            self.result = {name: pack(self._ask(arrow)) for name, arrow in (("q", self.q), ("k", self.k))}
            self.problem = ""
        except ValueError as error:
            self.problem = str(error)

    def _ask(self, arrow):
        """The arrow at every position, turned: (length, 2)."""
        X = np.zeros((self.length, 2 * self.n_pairs))
        features = slice(2 * self.pair, 2 * self.pair + 2)
        X[:, features] = arrow
        turned = ask(self._compute, as_given(X, self._example))
        return numbers("the turned X", turned, *X.shape)[:, features]

    def facts(self):
        return {"q": self.q, "k": self.k, "pair": self.pair, "position": self.position, "distance": self.distance}

    def picture(self):
        q, k = self._turned("q")[self.position + self.distance], self._turned("k")[self.position]
        figure = Figure(figsize=(4, 4))
        axes = figure.add_subplot()
        for name, arrow, start, colour in (("q", q, self.q, "tab:blue"), ("k", k, self.k, "tab:orange")):
            axes.annotate("", start, (0, 0), arrowprops={"arrowstyle": "->", "color": colour, "ls": ":"})
            axes.annotate("", arrow, (0, 0), arrowprops={"arrowstyle": "->", "color": colour, "lw": 2})
            axes.text(*1.1 * arrow, name, color=colour)
        axes.set(xlim=(-LARGEST, LARGEST), ylim=(-LARGEST, LARGEST), aspect="equal", title=f"score {self.score:.2f}")
        return figure
