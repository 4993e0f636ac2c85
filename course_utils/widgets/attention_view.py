"""AttentionView: who looks at whom, as a heat map that moves."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import heatmap, heatmaps
from .attention_inputs import as_weights, check_compute, own, scaled_scores, words
from .base import setting
from .esm import module, stylesheet
from .given import pack
from .learner import FunctionWidget, as_given, ask, takes_mask, two_results
from .maths import causal_mask, softmax


class AttentionView(FunctionWidget):
    """Weights of one or many heads: rows are queries, columns are keys.

    Q: (q_len, d_k) or (n_heads, q_len, d_k); K: (k_len, d_k) or (n_heads, k_len, d_k); tensors, arrays or lists.
    Three ways to get weights:
    * Q and K alone: softmax(Q K^T / sqrt(d_k) / temperature) is computed in the browser, even without a kernel;
    * compute=: your attention(Q, K, V) -> (out, weights) runs in Python as the slider moves. It is handed
      Q / temperature, and a boolean mask= too (True = may look) if it has such an argument;
    * weights=: these are shown as they are.
    tokens: a sentence or a list of words, one for each query; key_tokens: the same for the keys, if they are others.
    temperature: 0.1 to 10.  causal: no query looks at later keys.  head: the one shown large, None for all.
    query: the position of the token whose row is held, or None.  scale: "page", "viridis" or "cividis".
    colours: "0 to 1", or "0 to largest": the largest weight in sight has full colour.

    Set temperature, causal, head, query, scale and colours at will; read `weights` and `scores` as arrays.
    Raises ValueError, in one sentence, for another shape, NaN, no words or more than 64.
    """

    _esm = module("attention_view")
    _css = stylesheet("attention_view.css")
    HAS_FORMULA = True
    OBSERVES = ("temperature", "causal")
    LIMITS = {"temperature": (0.1, 10)}

    shape = traitlets.Tuple().tag(sync=True)  # n_heads, q_len, k_len
    tokens = traitlets.List().tag(sync=True)
    key_tokens = traitlets.List().tag(sync=True)
    can_mask = traitlets.Bool(False).tag(sync=True)
    score_bytes = traitlets.Bytes().tag(sync=True)  # empty where only weights were given
    scale = traitlets.Enum(["page", "viridis", "cividis"], "page").tag(sync=True)
    colours = traitlets.Enum(["0 to 1", "0 to largest"], "0 to 1").tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    causal = traitlets.Bool(False).tag(sync=True)
    head = traitlets.Int(None, allow_none=True).tag(sync=True)
    query = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(self, Q=None, K=None, V=None, *, weights=None, tokens=None, key_tokens=None, compute=None,
                 temperature=1.0, causal=False, head=None, query=None, scale="page", colours="0 to 1"):  # fmt: skip
        compute = compute if weights is None else None
        self._scores = scaled_scores(Q, K) if weights is None else None
        self._weights = np.zeros_like(self._scores) if weights is None else as_weights(weights)
        self._one_head = np.ndim(Q if weights is None else weights) == 2
        n_heads, q_len, k_len = self._weights.shape
        if compute is not None:
            check_compute(compute, V, k_len)
            self._inputs = own(Q), own(K), own(V)
        can_mask = weights is None and q_len == k_len and (compute is None or takes_mask(compute))
        super().__init__(
            compute, shape=(n_heads, q_len, k_len), can_mask=can_mask, **words(tokens, key_tokens, q_len, k_len),
            score_bytes=b"" if weights is not None else pack(self._scores),
            limits={**self.LIMITS, "head": (0, n_heads - 1), "query": (0, q_len - 1)}, temperature=temperature,
            causal=causal, head=head, query=query, scale=scale, colours=colours,
        )  # fmt: skip
        if compute or weights is not None:
            self.result = {"weights": pack(self._weights)}
        self._answer()

    @setting("temperature", "head", "query")
    def _in_range(self, name, value):
        return value if value is None else self.within_limits(name, value)

    @setting("causal")
    def _maskable(self, name, value):
        if value and not self.can_mask:
            raise InputError("causal needs as many keys as queries, and a compute function that has an argument mask.")
        return value

    @property
    def weights(self):
        """What is shown now: (q_len, k_len), or (n_heads, q_len, k_len) if Q had heads."""
        shown = self._weights if self.result else self._softmax()
        return shown[0] if self._one_head else shown

    @property
    def scores(self):
        """Q K^T / sqrt(d_k), before temperature and mask, shaped as weights; None where only weights were given."""
        return self._scores[0] if self._one_head and self._scores is not None else self._scores

    def _softmax(self):
        scores = self._scores / self.temperature
        return softmax(np.where(causal_mask(self.shape[1]), scores, -np.inf) if self.causal else scores)

    def _ask(self):
        Q, K, V = self._inputs
        options = {"mask": as_given(causal_mask(self.shape[1]), Q)} if self.causal else {}
        _, given = two_results(ask(self._compute, Q / self.temperature, own(K), own(V), **options), self.compute_name)
        weights = as_weights(given, f"{self.compute_name}: weights")
        if weights.shape != self.shape:
            wanted, yours = self.shape[self._one_head :], tuple(np.shape(given))
            raise InputError(f"{self.compute_name}: weights should have the shape {wanted}, yours is {yours}.")
        self._weights = weights
        return {"weights": pack(weights)}

    def facts(self):
        n_heads, q_len, k_len = self.shape
        known = {"heads": n_heads, "queries": q_len, "keys": k_len}
        return {**known, "temperature": self.temperature, "causal": self.causal} if self.score_bytes else known

    def alt(self):
        weights = self._seen()  # (heads, q_len, k_len)
        n_heads, q_len, k_len = weights.shape
        what = "Heat map" if n_heads == 1 else f"{n_heads} heat maps, one for each head,"
        head, row, column = np.unravel_index(weights.argmax(), weights.shape)
        where = f" of head {head}" if n_heads > 1 else ""
        return (f"{what} of attention weights, {q_len} queries by {k_len} keys. The largest is “{self.tokens[row]}” "
                f"looking at “{self.key_tokens[column]}”{where}: {weights[head, row, column]:.2f}.")  # fmt: skip

    def _seen(self):
        """The weights of the heads in sight: (heads, q_len, k_len)."""
        weights = self.weights.reshape(self.shape)
        return weights if self.head is None else weights[self.head : self.head + 1]

    def picture(self):
        heads, seen = range(self.shape[0]) if self.head is None else [self.head], self._seen()
        titles = [f"head {head}" if self.shape[0] > 1 else None for head in heads]
        if len(seen) == 1:
            return heatmap(seen[0], self.tokens, self.key_tokens, titles[0])
        return heatmaps(dict(zip(titles, seen)), self.tokens, self.key_tokens)
