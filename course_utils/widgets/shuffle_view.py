"""ShuffleView: words to put into another order, and what attention then makes of them."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import heatmap
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, token_list, unpack
from .learner import FunctionWidget, as_given, ask, two_results


class ShuffleView(FunctionWidget):
    """The weights of a sentence whose words can be moved, and how far each word's output is from what it was.

    compute: a function X -> (out, weights), out (length, d_v) and weights (length, length); run at every move.
    X: (length, d_model), one word per row, a tensor, an array or a list.  tokens: a sentence, or a list of words.
    positions: (length, d_model) or None; if given, a tick box adds it to the words where they stand.
    order: word numbers from left to right, to read or to set.  with_positions: the tick box.
    weights and change can be read: (length, length) in the present order, and (length,) the largest change in each
    word's output, in the present order too, compared with the first order.
    """

    _esm = module("shuffle_view")
    _css = stylesheet("shuffle_view.css")
    OBSERVES = ("order", "with_positions")

    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    order = traitlets.List(traitlets.Int()).tag(sync=True)
    has_positions = traitlets.Bool().tag(sync=True)
    with_positions = traitlets.Bool(False).tag(sync=True)

    def __init__(self, compute, X, tokens=None, positions=None):
        length, d_model = numbers("X", X, None, None).shape
        if positions is not None:
            positions = as_given(numbers("positions", positions, length, d_model), X)
        self._X, self._positions = as_given(numbers("X", X), X), positions
        self._start = list(range(length))
        tokens = token_list(tokens, length)
        super().__init__(compute, tokens=tokens, order=self._start, has_positions=positions is not None)
        nothing = pack(np.zeros((length, length)))
        self.result = {"order": self._start, "weights": nothing, "change": pack(np.zeros(length))}
        self._answer()

    @setting("order")
    def _each_word_once(self, name, value):
        if sorted(value) != self._start:
            wanted = f"each number from 0 to {len(self._start) - 1} once"
            raise InputError(f"order should have {wanted}, yours is {value}.")
        return value

    @property
    def weights(self):
        """(length, length), rows and columns in the present order."""
        return unpack(self.result["weights"], len(self.tokens), len(self.tokens))

    @property
    def change(self):
        """(length,), the largest change in each word's output, in the present order."""
        return unpack(self.result["change"], len(self.tokens))

    def _ask(self):
        first, _ = self._attend(self._start)
        out, weights = self._attend(self.order)
        moved = np.abs(out - first[self.order]).max(axis=1)
        return {"order": self.order, "weights": pack(weights), "change": pack(moved)}

    def _attend(self, order):
        """The outputs (length, d_v) and weights (length, length) of the words in this order."""
        X, length = self._X[order], len(order)
        result = ask(self._compute, X if not self.with_positions else X + self._positions)
        out, weights = two_results(result, self.compute_name)
        return numbers("out", out, length, None), numbers("weights", weights, length, length)

    def facts(self):
        moved = sum(now != before for now, before in zip(self.order, self._start, strict=True))
        return {"tokens": len(self.tokens), "moved": moved, "with_positions": self.with_positions}

    def alt(self):
        words = " ".join(self.tokens[word] for word in self.result["order"])
        return (f"Heat map of attention weights with the words in the order “{words}”, and how much each word's output "
                f"has changed: at most {self.change.max():.2f}.")  # fmt: skip

    def picture(self):
        """The heat map, and on its right what became of each word's output."""
        order = self.result["order"]
        figure = heatmap(self.weights, [self.tokens[word] for word in order])
        axes, right = figure.axes[0], len(order) + 0.2
        axes.text(right, -0.8, "change of output", size=8, va="center")
        for place, change in enumerate(self.change):
            axes.text(right, place, f"{change:.2f}", size=8.5, va="center")
        return figure
