"""ShuffleView: words to put into another order, and what attention then makes of them."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, token_list, unpack
from .learner import as_given, ask, name_of


class ShuffleView(CourseWidget):
    """The weights of a sentence whose words can be moved, and how far each word's output is from what it was.

    compute: a function X -> (out, weights), out (length, d_v) and weights (length, length); run at every move.
    X: (length, d_model), one word per row, a tensor, an array or a list.  tokens: a sentence, or a list of words.
    positions: (length, d_model) or None; if given, a tick box adds it to the words where they stand.
    order: word numbers from left to right, to read or to set.  with_positions: the tick box.
    weights and change can be read: (length, length) in the present order, and (length,) the largest change in each
    word's output, in the present order too, compared with the first order.
    """

    _esm = module("shuffle_view.js")
    _css = stylesheet("shuffle_view.css")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    order = traitlets.List(traitlets.Int()).tag(sync=True)
    has_positions = traitlets.Bool().tag(sync=True)
    with_positions = traitlets.Bool(False).tag(sync=True)
    result = traitlets.Dict().tag(sync=True)  # order, weights and change in one message, so that they fit together
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(self, compute, X, tokens=None, positions=None):
        length, d_model = numbers("X", X, None, None).shape
        if positions is not None:
            positions = as_given(numbers("positions", positions, length, d_model), X)
        self._compute, self._X, self._positions = compute, as_given(numbers("X", X), X), positions
        self._start = list(range(length))
        super().__init__(tokens=token_list(tokens, length), has_positions=positions is not None)
        nothing = pack(np.zeros((length, length)))
        self.result = {"order": self._start, "weights": nothing, "change": pack(np.zeros(length))}
        self.observe(self._run, ["order", "with_positions"])
        self.order = self._start

    @traitlets.validate("order")
    def _each_word_once(self, proposal):
        if sorted(proposal.value) != self._start:
            wanted = f"each number from 0 to {len(self._start) - 1} once"
            raise SettingError(f"order should have {wanted}, yours is {proposal.value}.")
        return proposal.value

    @property
    def weights(self):
        """(length, length), rows and columns in the present order."""
        return unpack(self.result["weights"], len(self.tokens), len(self.tokens))

    @property
    def change(self):
        """(length,), the largest change in each word's output, in the present order."""
        return unpack(self.result["change"], len(self.tokens))

    def _run(self, change=None):
        """Ask the compute function again. If it fails, say so and keep the last picture."""
        try:
            first, _ = self._ask(self._start)
            out, weights = self._ask(self.order)
        except ValueError as error:
            self.problem = str(error)
            return
        moved = np.abs(out - first[self.order]).max(axis=1)
        self.result = {"order": self.order, "weights": pack(weights), "change": pack(moved)}
        self.problem = ""

    def _ask(self, order):
        """The outputs (length, d_v) and weights (length, length) of the words in this order."""
        X, length = self._X[order], len(order)
        result = ask(self._compute, X if not self.with_positions else X + self._positions)
        if not (isinstance(result, (tuple, list)) and len(result) == 2):
            raise InputError(f"{name_of(self._compute)} should give back two results, out and weights.")
        return numbers("out", result[0], length, None), numbers("weights", result[1], length, length)

    def facts(self):
        moved = sum(now != before for now, before in zip(self.order, self._start, strict=True))
        return {"words": len(self.tokens), "moved": moved, "with_positions": self.with_positions}

    def picture(self):
        words = [self.tokens[word] for word in self.order]
        figure = Figure(figsize=(4, 4))
        axes = figure.add_subplot()
        axes.imshow(self.weights, vmin=0, vmax=1, cmap="Blues")
        axes.set_xticks(range(len(words)), words, rotation=60, ha="right")
        axes.set_yticks(range(len(words)), words)
        return figure
