"""MaskView: cells to forbid, a sentence to shorten, and what attention then does with the rest of each row."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, token_list, unpack
from .learner import as_given, ask, name_of

MOST_WORDS = 16  # more cells than 16 x 16 are too small to click


class MaskView(CourseWidget):
    """Weights of one sentence under a mask: rows are queries, columns are keys, colours run from 0 to 1.

    Q, K: (length, d_k).  V: (length, d_v), or None for K; tensors, arrays or lists.  tokens: the words.
    compute: your masked_attention(Q, K, V, mask) -> (out, weights), run in Python at every change; without one the
    browser computes softmax(Q K^T / sqrt(d_k)) of what the mask allows.

    Read `mask` and `weights`, both (length, length). Set `causal`, `words` (how many of the tokens are words; the rest
    is padding) and `forbidden` (a list of [row, column]) at will.
    """

    _esm = module("mask_view.js")
    _css = stylesheet("mask_view.css")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    engine = traitlets.Enum(["browser", "kernel"]).tag(sync=True)
    score_bytes = traitlets.Bytes().tag(sync=True)  # (length, length), what the browser computes with
    free_bytes = traitlets.Bytes().tag(sync=True)  # (length, length), the weights with no mask, to compare
    weight_bytes = traitlets.Bytes().tag(sync=True)  # (length, length), NaN in a row that sees nothing
    causal = traitlets.Bool(False).tag(sync=True)
    words = traitlets.Int().tag(sync=True)
    forbidden = traitlets.List().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(self, Q, K, V=None, *, tokens=None, compute=None, causal=False, words=None, forbidden=()):
        length = len(numbers("Q", Q, None, None))
        if length > MOST_WORDS:
            raise SettingError(f"Q has {length} rows; this picture has room for {MOST_WORDS}.")
        V = K if V is None else V
        self._inputs = [as_given(numbers(name, M, length, None), M) for name, M in zip("QKV", (Q, K, V), strict=True)]
        self._compute = compute or _in_python
        super().__init__(tokens=token_list(tokens, length), engine="kernel" if compute else "browser",
                         score_bytes=pack(_scores(*self._inputs[:2])), words=length if words is None else words,
                         causal=causal, forbidden=[list(cell) for cell in forbidden])  # fmt: skip
        self.weight_bytes = pack(np.zeros((length, length)))
        self.free_bytes = self._asked(np.ones((length, length), dtype=bool)) or self.weight_bytes
        self.observe(self._run, ["causal", "words", "forbidden"])
        self._run()

    @traitlets.validate("words")
    def _some_words(self, proposal):
        if not 1 <= proposal.value <= len(self.tokens):
            raise SettingError(f"words should be 1 to {len(self.tokens)}, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("forbidden")
    def _cells_that_exist(self, proposal):
        length = len(self.tokens)
        for cell in proposal.value:
            if len(cell) != 2 or not all(0 <= place < length for place in cell):
                raise SettingError(
                    f"a forbidden cell is [row, column], 0 to {length - 1} each; yours is {cell}."
                )
        return proposal.value

    @property
    def mask(self):
        """(length, length), boolean, True = may look."""
        length = len(self.tokens)
        mask = np.tile(np.arange(length) < self.words, (length, 1))
        if self.causal:
            mask &= np.tri(length, dtype=bool)
        for row, column in self.forbidden:
            mask[row, column] = False
        return mask

    @property
    def weights(self):
        """(length, length), as shown; NaN in a row that sees nothing."""
        return unpack(self.weight_bytes, len(self.tokens), len(self.tokens))

    def _run(self, change=None):
        """Ask the compute function again. If it fails, say so and keep the last picture."""
        self.weight_bytes = self._asked(self.mask) or self.weight_bytes

    def _asked(self, mask):
        """The bytes of the weights under this mask; None, and a problem in words, if the function fails."""
        try:
            result = ask(self._compute, *self._inputs, as_given(mask, self._inputs[0]))
            weights = _weights_of(result, len(self.tokens), name_of(self._compute))
        except ValueError as error:
            self.problem = str(error)
            return None
        self.problem = ""
        return pack(weights)

    def facts(self):
        return {"tokens": len(self.tokens), "words": self.words, "causal": self.causal, "allowed": int(self.mask.sum())}

    def picture(self):
        figure = Figure(figsize=(4, 4))
        axes = figure.add_subplot()
        axes.imshow(self.weights, vmin=0, vmax=1, cmap="Blues")
        for row, column in np.argwhere(~self.mask):
            axes.plot(column, row, "x", color="0.7", markersize=6)
        axes.set_xticks(range(len(self.tokens)), self.tokens, rotation=60, ha="right")
        axes.set_yticks(range(len(self.tokens)), self.tokens)
        return figure


def _scores(Q, K):
    Q, K = numbers("Q", Q), numbers("K", K)
    if Q.shape != K.shape:
        raise SettingError(f"Q and K should have the same shape, yours are {Q.shape} and {K.shape}.")
    return Q @ K.T / np.sqrt(Q.shape[1])


def _in_python(Q, K, V, mask):
    """What the browser computes, for whoever reads `weights`."""
    scores = np.where(numbers("mask", mask) > 0, _scores(Q, K), -np.inf)
    with np.errstate(invalid="ignore"):  # a row that sees nothing: -inf - -inf is NaN, and NaN is shown
        exps = np.exp(scores - scores.max(-1, keepdims=True))
    return None, exps / exps.sum(-1, keepdims=True)


def _weights_of(result, length, name):
    """The weights of (out, weights), (length, length); NaN is let through. Raises ValueError with one sentence."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        raise SettingError(f"{name} should give back two results, out and weights.")
    weights = result[1].detach() if hasattr(result[1], "detach") else result[1]
    try:
        filled = np.nan_to_num(np.asarray(weights, dtype=float))
    except (TypeError, ValueError):
        filled = weights  # no numbers: the next line says so
    numbers("weights", filled, length, length)
    return weights
