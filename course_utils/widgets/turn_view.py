"""TurnView: a query and a key in the plane of one pair of features, turned by their positions."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, unpack
from .learner import FunctionWidget, as_given, ask
from .two_positions import TwoPositions, limits_of

MOST_PAIRS = 8
LARGEST = 2  # the plane's edge


class TurnView(TwoPositions, FunctionWidget):
    """Arrows q and k, which can be dragged, and what becomes of them and of their dot product at two positions.

    compute: a function X -> turned X, both (length, d_k), such as your rotate_by_position. It runs at every drag.
    q, k: (2,), numbers from -2 to 2; they are the features 2 · pair and 2 · pair + 1 of rows that are else 0.
    pair: whose speed is shown, to read or to set.  d_k: even, at most 16.  length: how many positions, at least 16.
    position and distance, to read or to set: k stands at position, q at position + distance.
    score can be read: the dot product of the turned arrows.
    """

    _esm = module("turn_view")
    _css = stylesheet("turn_view.css")
    OBSERVES = ("q", "k", "pair")

    q = traitlets.List(traitlets.Float(), minlen=2, maxlen=2).tag(sync=True)
    k = traitlets.List(traitlets.Float(), minlen=2, maxlen=2).tag(sync=True)
    n_pairs = traitlets.Int().tag(sync=True)
    pair = traitlets.Int().tag(sync=True)

    def __init__(self, compute, q, k, pair=1, d_k=8, length=64, **state):
        if d_k % 2 or not 2 <= d_k <= 2 * MOST_PAIRS:
            raise InputError(f"d_k should be an even number from 2 to {2 * MOST_PAIRS}, yours is {d_k}.")
        self._example = q
        plane, pairs = (-LARGEST, LARGEST), (0, d_k // 2 - 1)
        limits = {**limits_of(length), "q": plane, "k": plane, "pair": pairs}
        arrows = {name: numbers(name, arrow, 2).tolist() for name, arrow in (("q", q), ("k", k))}
        super().__init__(compute, length=length, limits=limits, n_pairs=d_k // 2, pair=pair, **arrows, **state)
        self.result = {"q": pack(np.tile(self.q, (length, 1))), "k": pack(np.tile(self.k, (length, 1)))}
        self._answer()

    @setting("pair")
    def _there(self, name, value):
        return self.within_limits(name, value)

    @setting("q", "k")
    def _in_the_plane(self, name, value):
        return numbers(name, value, 2).clip(*self.limits[name]).round(4).tolist()

    @property
    def score(self):
        """Dot product of the turned q and the turned k."""
        return float(self._turned("q")[self.position + self.distance] @ self._turned("k")[self.position])

    def _turned(self, name):
        return unpack(self.result[name], self.length, 2)

    def _ask(self):
        return {"q": pack(self._turn(self.q)), "k": pack(self._turn(self.k))}

    def _turn(self, arrow):
        """The arrow at every position, turned: (length, 2)."""
        X = np.zeros((self.length, 2 * self.n_pairs))
        features = slice(2 * self.pair, 2 * self.pair + 2)
        X[:, features] = arrow
        turned = ask(self._compute, as_given(X, self._example))
        return numbers("the turned X", turned, *X.shape)[:, features]

    def facts(self):
        return {"q": self.q, "k": self.k, "pair": self.pair, "position": self.position, "distance": self.distance}

    def alt(self):
        at, then = self.position, self.position + self.distance
        return (f"The plane of pair {self.pair}: arrows q and k before the turn, dotted, and after it. k stands at "
                f"position {at}, q at {then}; their score is {self.score:.2f}.")  # fmt: skip

    def picture(self):
        q, k = self._turned("q")[self.position + self.distance], self._turned("k")[self.position]
        """The plane before and after the turn, and the score at each distance."""
        figure = Figure(figsize=(8, 3.6), layout="constrained")
        axes, chart = figure.subplots(1, 2)
        for name, arrow, start, colour in (("q", q, self.q, "#1565c0"), ("k", k, self.k, "#b84300")):
            axes.annotate("", start, (0, 0), arrowprops={"arrowstyle": "->", "color": colour, "ls": ":"})
            axes.annotate("", arrow, (0, 0), arrowprops={"arrowstyle": "->", "color": colour, "lw": 2})
            axes.text(*1.1 * arrow, name, color=colour)
        axes.set(xlim=(-LARGEST, LARGEST), ylim=(-LARGEST, LARGEST), aspect="equal", title=f"score {self.score:.2f}")
        scores = self._turned("q")[self.position :][: self.length // 2] @ k
        chart.plot(scores, color="0.1")
        chart.plot(self.distance, self.score, "o", color="#1565c0")
        chart.axhline(0, color="0.6", linewidth=0.8)
        chart.set(title="score, by distance from k to q", xlabel="distance")
        return figure
