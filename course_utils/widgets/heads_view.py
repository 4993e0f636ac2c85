"""HeadsView: the same numbers cut into few or many heads, where each head looks, and what it brings."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import heatmaps
from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, token_list, unpack
from .learner import as_given, ask, name_of

MOST_HEADS = 16
MOST_WORDS = 16
WIDEST = 64  # features that are drawn as cells


class HeadsView(CourseWidget):
    """Attention weights of all heads, and each head's own part of the output, for any n_heads that divides d_model.

    compute: your multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads) -> (out, weights), run in Python at each change.
    X: (length, d_model), one sentence.  W_Q, W_K, W_V, W_O: (d_model, d_model); tensors, arrays or lists.
    tokens: the words.  n_heads: into how many heads the numbers are cut.  query: the word whose numbers are shown.

    Set n_heads and query at will. Read `weights`: (n_heads, length, length); `parts`: (n_heads, length, d_model),
    what each head alone would put out, found by setting the other heads' rows of W_O to 0; and `out`, their sum.
    """

    _esm = module(
        "pointing.js", "attention_maths.js", "attention_paint.js", "heads_layout.js", "heads_paint.js", "heads_view.js"
    )
    _css = stylesheet("heads_view.css")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    choices = traitlets.List(traitlets.Int()).tag(sync=True)
    n_heads = traitlets.Int(1).tag(sync=True)
    query = traitlets.Int(0).tag(sync=True)
    projected = traitlets.Bytes().tag(sync=True)  # (3, length, d_model): Q, K and V before the cut
    result = traitlets.Dict().tag(sync=True)  # n_heads, weights, parts, out: in one message they fit together
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, compute, X, W_Q, W_K, W_V, W_O, *, tokens=None, n_heads=1, query=0):
        length, d_model = numbers("X", X, None, None).shape
        if length > MOST_WORDS or d_model > WIDEST:
            raise InputError(f"X should be at most {MOST_WORDS} by {WIDEST} to be drawn, yours is {(length, d_model)}.")
        named = zip(("W_Q", "W_K", "W_V", "W_O"), (W_Q, W_K, W_V, W_O), strict=True)
        self._matrices = [numbers(name, W, d_model, d_model) for name, W in named]
        self._compute, self._X, self._example = compute, numbers("X", X), X
        choices = [n for n in range(1, min(d_model, MOST_HEADS) + 1) if d_model % n == 0]
        projected = pack(np.stack([self._X @ W for W in self._matrices[:3]]))
        super().__init__(tokens=token_list(tokens, length), choices=choices, projected=projected)
        empty = {"weights": (1, length, length), "parts": (1, length, d_model), "out": (length, d_model)}
        self.result = {"n_heads": 1, **{name: pack(np.zeros(shape)) for name, shape in empty.items()}}
        self.n_heads, self.query = n_heads, query
        self.observe(self._run, "n_heads")
        self._run()

    @traitlets.validate("n_heads")
    def _divides(self, proposal):
        if proposal.value not in self.choices:
            raise SettingError(f"n_heads should be one of {self.choices}, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("query")
    def _a_word(self, proposal):
        if not 0 <= proposal.value < len(self.tokens):
            raise SettingError(f"query should be 0 to {len(self.tokens) - 1}, yours is {proposal.value}.")
        return proposal.value

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

    def _run(self, change=None):
        """Ask the compute function again. If it fails, say so and keep the last picture."""
        W_O = self._matrices[3]
        try:
            out, weights = self._ask(W_O)
            parts = [self._ask(only(W_O, head, self.n_heads))[0] for head in range(self.n_heads)]
        except ValueError as error:
            self.problem = str(error)
            return
        found = {"weights": pack(weights), "parts": pack(np.stack(parts)), "out": pack(out)}
        self.result = {"n_heads": self.n_heads, **found}
        self.problem = ""

    def _ask(self, W_O):
        """out (length, d_model) and weights (n_heads, length, length) with this W_O; the sentence is a batch of 1."""
        arrays = (self._X[None], *self._matrices[:3], W_O)
        result = ask(self._compute, *(as_given(array.copy(), self._example) for array in arrays), self.n_heads)
        name, (length, d_model) = name_of(self._compute), self._X.shape
        if not (isinstance(result, (tuple, list)) and len(result) == 2):
            raise InputError(f"{name} should give back two results, out and weights.")
        out = numbers(f"{name}: out", result[0], 1, length, d_model)
        return out[0], numbers(f"{name}: weights", result[1], 1, self.n_heads, length, length)[0]

    def facts(self):
        return {"words": len(self.tokens), "d_model": self._X.shape[1], "n_heads": self.result["n_heads"]}

    def picture(self):
        return heatmaps({f"head {head}": table for head, table in enumerate(self.weights)}, self.tokens)


def only(W_O, head, n_heads):
    """W_O with nothing left but this head's rows: out then holds what this head alone brings."""
    d_k = len(W_O) // n_heads
    kept = np.zeros_like(W_O)
    kept[head * d_k : (head + 1) * d_k] = W_O[head * d_k : (head + 1) * d_k]
    return kept
