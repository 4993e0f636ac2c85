"""MaskView: cells to forbid, a sentence to shorten, and what attention then does with the rest of each row."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.patches import Rectangle

from ..errors import InputError
from ..plots import heatmap
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, token_list, unpack
from .learner import FunctionWidget, as_given, ask, in_time, two_results
from .maths import causal_mask, softmax

MOST_TOKENS = 16  # more cells than 16 x 16 are too small to click


class MaskView(FunctionWidget):
    """Weights of one sentence under a mask: rows are queries, columns are keys, colours run from 0 to 1.

    Q, K: (length, d_k).  V: (length, d_v), or None for K; tensors, arrays or lists.  tokens: the words.
    compute: your masked_attention(Q, K, V, mask) -> (out, weights), run in Python at every change; without one the
    browser computes softmax(Q K^T / sqrt(d_k)) of what the mask allows.

    Read `mask` and `weights`, both (length, length). Set `causal`, `length` (how many of the tokens are words; the
    rest is padding) and `forbidden` (a list of [row, column]) at will.
    """

    _esm = module("mask_view")
    _css = stylesheet("mask_view.css")
    HAS_FORMULA = True
    OBSERVES = ("causal", "length", "forbidden")

    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    score_bytes = traitlets.Bytes().tag(sync=True)  # (length, length), what the page computes with
    free_bytes = traitlets.Bytes().tag(sync=True)  # (length, length), the weights with no mask, to compare
    causal = traitlets.Bool(False).tag(sync=True)
    length = traitlets.Int().tag(sync=True)
    forbidden = traitlets.List().tag(sync=True)

    def __init__(self, Q, K, V=None, *, tokens=None, compute=None, causal=False, length=None, forbidden=()):
        size = len(numbers("Q", Q, None, None))
        if size > MOST_TOKENS:
            raise InputError(f"Q has {size} rows; this picture has room for {MOST_TOKENS}.")
        V = K if V is None else V
        self._inputs = [as_given(numbers(name, M, size, None), M) for name, M in zip("QKV", (Q, K, V), strict=True)]
        self._scores = _scores(*self._inputs[:2])
        super().__init__(
            compute, tokens=token_list(tokens, size), limits={"length": (1, size)}, score_bytes=pack(self._scores),
            free_bytes=pack(softmax(self._scores)), length=size if length is None else length, causal=causal,
            forbidden=[list(cell) for cell in forbidden],
        )  # fmt: skip
        if compute:
            self._ask_without_mask()
        self._answer()

    def _ask_without_mask(self):
        """What stands in the place of a first picture, and is compared with later."""
        everything = np.ones((len(self.tokens), len(self.tokens)), dtype=bool)
        self.result = {**self._settings(), "weights": pack(np.zeros(everything.shape))}
        try:
            self.free_bytes = in_time(lambda: pack(self._weights(everything)), self.compute_name)
        except ValueError:  # it will be said of the first picture
            self.free_bytes = self.result["weights"]

    @setting("length")
    def _some_words(self, name, value):
        return self.within_limits(name, value)

    @setting("forbidden")
    def _cells_that_exist(self, name, value):
        places = range(len(self.tokens))
        for cell in value:
            if len(cell) != 2 or not all(place in places for place in cell):
                raise InputError(f"a forbidden cell is [row, column], 0 to {places[-1]} each; yours is {cell}.")
        return value

    @property
    def mask(self):
        """(length, length), boolean, True = may look."""
        size = len(self.tokens)
        mask = np.tile(np.arange(size) < self.length, (size, 1))
        if self.causal:
            mask &= causal_mask(size)
        for row, column in self.forbidden:
            mask[row, column] = False
        return mask

    @property
    def weights(self):
        """(length, length), as shown; NaN in a row that sees nothing."""
        if not self.result:
            return softmax(np.where(self.mask, self._scores, -np.inf))
        return unpack(self.result["weights"], len(self.tokens), len(self.tokens))

    def _ask(self):
        return {**self._settings(), "weights": pack(self._weights(self.mask))}

    def _settings(self):
        return {name: getattr(self, name) for name in self.OBSERVES}

    def _weights(self, mask):
        """The weights (length, length) that the learner's function gives under this mask; NaN is let through."""
        result = ask(self._compute, *self._inputs, as_given(mask, self._inputs[0]))
        _, weights = two_results(result, self.compute_name)
        weights = weights.detach() if hasattr(weights, "detach") else weights
        try:
            filled = np.nan_to_num(np.asarray(weights, dtype=float))
        except (TypeError, ValueError):
            filled = weights  # no numbers: the next line says so
        numbers("weights", filled, *mask.shape)
        return weights

    def facts(self):
        sizes = {"tokens": len(self.tokens), "length": self.length}
        return {**sizes, "causal": self.causal, "allowed": int(self.mask.sum())}

    def alt(self):
        kinds = [*(["later words"] if self.causal else []), *(["padding"] if self.length < len(self.tokens) else []),
                 *([f"{len(self.forbidden)} cells chosen by hand"] if self.forbidden else [])]  # fmt: skip
        hidden = f"Forbidden: {', '.join(kinds)}." if kinds else "Nothing is forbidden."
        return f"Table of attention weights, {len(self.tokens)} queries by {len(self.tokens)} keys. {hidden}"

    def picture(self):
        figure = heatmap(self.weights, self.tokens)
        for row, column in np.argwhere(~self.mask):  # striped, as in the page
            square = {"xy": (column - 0.5, row - 0.5), "width": 1, "height": 1}
            figure.axes[0].add_patch(Rectangle(**square, fill=False, hatch="////", edgecolor="0.6", linewidth=0))
        return figure


def _scores(Q, K):
    Q, K = numbers("Q", Q), numbers("K", K)
    if Q.shape != K.shape:
        raise InputError(f"Q and K should have the same shape, yours are {Q.shape} and {K.shape}.")
    return Q @ K.T / np.sqrt(Q.shape[1])
