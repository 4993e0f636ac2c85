"""HeadsView: the same numbers cut into few or many heads, where each head looks, and what it brings."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import heatmaps
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, token_list, unpack
from .learner import FunctionWidget, as_given, ask, two_results

MOST_HEADS = 16
MOST_TOKENS = 16
WIDEST = 64  # features that are drawn as cells


class HeadsView(FunctionWidget):
    """Attention weights of all heads, and each head's own part of the output, for any n_heads that divides d_model.

    compute: your multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads) -> (out, weights), run in Python at each change.
    X: (length, d_model), one sentence.  W_Q, W_K, W_V, W_O: (d_model, d_model); tensors, arrays or lists.
    tokens: the words.  n_heads: into how many heads the numbers are cut.  query: the position of the token that looks.

    Set n_heads and query at will. Read `weights`: (n_heads, length, length); `parts`: (n_heads, length, d_model),
    what each head alone would put out, found by setting the other heads' rows of W_O to 0; and `out`, their sum.
    """

    _esm = module("heads_view")
    _css = stylesheet("heads_view.css")
    OBSERVES = ("n_heads",)

    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    choices = traitlets.List(traitlets.Int()).tag(sync=True)
    n_heads = traitlets.Int(1).tag(sync=True)
    query = traitlets.Int(0).tag(sync=True)
    projected = traitlets.Bytes().tag(sync=True)  # (3, length, d_model): Q, K and V before the cut

    def __init__(self, compute, X, W_Q, W_K, W_V, W_O, *, tokens=None, n_heads=1, query=0):
        length, d_model = numbers("X", X, None, None).shape
        if length > MOST_TOKENS or d_model > WIDEST:
            raise InputError(f"X should be at most {MOST_TOKENS} by {WIDEST} to be drawn, yours is {length, d_model}.")
        named = zip(("W_Q", "W_K", "W_V", "W_O"), (W_Q, W_K, W_V, W_O), strict=True)
        self._matrices = [numbers(name, W, d_model, d_model) for name, W in named]
        self._X, self._example = numbers("X", X), X
        choices = [n for n in range(1, min(d_model, MOST_HEADS) + 1) if d_model % n == 0]
        projected = pack(np.stack([self._X @ W for W in self._matrices[:3]]))
        super().__init__(
            compute, tokens=token_list(tokens, length), choices=choices, projected=projected,
            limits={"query": (0, length - 1)}, n_heads=n_heads, query=query,
        )  # fmt: skip
        empty = {"weights": (1, length, length), "parts": (1, length, d_model), "out": (length, d_model)}
        self.result = {"n_heads": 1, **{name: pack(np.zeros(shape)) for name, shape in empty.items()}}
        self._answer()

    @setting("n_heads")
    def _divides(self, name, value):
        if value not in self.choices:
            raise InputError(f"n_heads should be one of {self.choices}, yours is {value}.")
        return value

    @setting("query")
    def _a_token(self, name, value):
        return self.within_limits(name, value)

    @property
    def weights(self):
        """(n_heads, length, length), as shown."""
        return unpack(self.result["weights"], self.result["n_heads"], len(self.tokens), len(self.tokens))

    @property
    def parts(self):
        """(n_heads, length, d_model): what each head alone would put out."""
        return unpack(self.result["parts"], self.result["n_heads"], *self._X.shape)

    @property
    def out(self):
        """(length, d_model): what all heads put out together."""
        return unpack(self.result["out"], *self._X.shape)

    def _ask(self):
        W_O = self._matrices[3]
        out, weights = self._attend(W_O)
        parts = [self._attend(only(W_O, head, self.n_heads))[0] for head in range(self.n_heads)]
        return {"n_heads": self.n_heads, "weights": pack(weights), "parts": pack(np.stack(parts)), "out": pack(out)}

    def _attend(self, W_O):
        """out (length, d_model) and weights (n_heads, length, length) with this W_O; the sentence is a batch of 1."""
        arrays = (as_given(array.copy(), self._example) for array in (self._X[None], *self._matrices[:3], W_O))
        name, (length, d_model) = self.compute_name, self._X.shape
        out, weights = two_results(ask(self._compute, *arrays, self.n_heads), name)
        out = numbers(f"{name}: out", out, 1, length, d_model)
        return out[0], numbers(f"{name}: weights", weights, 1, self.n_heads, length, length)[0]

    def facts(self):
        return {"tokens": len(self.tokens), "d_model": self._X.shape[1], "n_heads": self.result["n_heads"]}

    def alt(self):
        n_heads, token = self.result["n_heads"], self.tokens[self.query]
        rows = enumerate(self.weights[:, self.query])
        looks = ", ".join(f"head {head} at “{self.tokens[row.argmax()]}”" for head, row in rows)
        return f"Heat maps of attention weights, one for each of {n_heads} heads. “{token}” looks most: {looks}."

    def picture(self):
        return heatmaps({f"head {head}": table for head, table in enumerate(self.weights)}, self.tokens)


def only(W_O, head, n_heads):
    """W_O with nothing left but this head's rows: out then holds what this head alone brings."""
    d_k = len(W_O) // n_heads
    kept = np.zeros_like(W_O)
    kept[head * d_k : (head + 1) * d_k] = W_O[head * d_k : (head + 1) * d_k]
    return kept
