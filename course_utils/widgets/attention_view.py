"""AttentionView: who looks at whom, as a heat map that moves."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .attention_inputs import as_weights, check_compute, own, scaled_scores, words
from .base import CourseWidget, module, pack, stylesheet
from .learner import as_given, ask, name_of, takes_mask

LOWEST, HIGHEST = 0.1, 10.0  # temperature
MOST_LABELS = 32  # words along one side of the still picture
LONGEST_LABEL = 20  # letters of them
INCHES_A_WORD = 0.3


class AttentionView(CourseWidget):
    """Weights of one or many heads: rows are queries, columns are keys, colours run from 0 to 1.

    Q: (q_len, d_k) or (n_heads, q_len, d_k); K: (k_len, d_k) or (n_heads, k_len, d_k); tensors, arrays or lists.
    Three ways to get weights:
    * Q and K alone: softmax(Q K^T / sqrt(d_k) / temperature) is computed in the browser, even without a kernel;
    * compute=: your attention(Q, K, V) -> (out, weights) runs in Python as the slider moves. It is handed
      Q / temperature, and a boolean mask= too (True = may look) if it has such an argument;
    * weights=: these are shown as they are.
    tokens: a sentence or a list of words, one for each query; key_tokens: the same for the keys, if they are others.
    temperature: 0.1 to 10.  causal: no query looks at later keys.  head: the one shown large, None for all.
    pinned: the query whose row is held, or None.  scale: "page", "viridis" or "cividis".

    Set temperature, causal, head, pinned and scale at will; read `weights` and `scores` as arrays.
    Raises ValueError, in one sentence, for another shape, NaN, no words or more than 64.
    """

    _esm = module("attention_maths.js", "attention_paint.js", "attention_view.js")
    _css = stylesheet("attention_view.css")

    shape = traitlets.Tuple().tag(sync=True)  # n_heads, q_len, k_len
    query_tokens = traitlets.List().tag(sync=True)
    key_tokens = traitlets.List().tag(sync=True)
    engine = traitlets.Enum(["browser", "kernel", "fixed"]).tag(sync=True)
    can_mask = traitlets.Bool(False).tag(sync=True)
    score_bytes = traitlets.Bytes().tag(sync=True)
    weight_bytes = traitlets.Bytes().tag(sync=True)
    problem = traitlets.Unicode("").tag(sync=True)
    scale = traitlets.Enum(["page", "viridis", "cividis"], "page").tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    causal = traitlets.Bool(False).tag(sync=True)
    head = traitlets.Int(None, allow_none=True).tag(sync=True)
    pinned = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(self, Q=None, K=None, V=None, *, weights=None, tokens=None, key_tokens=None, compute=None,
                 temperature=1.0, causal=False, head=None, pinned=None, scale="page"):  # fmt: skip
        self._compute = compute
        engine = "fixed" if weights is not None else "browser" if compute is None else "kernel"
        self._scores = None if engine == "fixed" else scaled_scores(Q, K)
        self._weights = np.zeros_like(self._scores) if weights is None else as_weights(weights)
        self._one_head = np.ndim(Q if weights is None else weights) == 2
        n_heads, q_len, k_len = self._weights.shape
        if engine == "kernel":
            check_compute(compute, V, k_len)
            self._inputs = own(Q), own(K), own(V)
        can_mask = q_len == k_len and (engine == "browser" or (engine == "kernel" and takes_mask(compute)))
        super().__init__(
            shape=(n_heads, q_len, k_len), engine=engine, can_mask=can_mask, **words(tokens, key_tokens, q_len, k_len),
            score_bytes=b"" if engine == "fixed" else pack(self._scores),
            temperature=temperature, causal=causal, head=head, pinned=pinned, scale=scale,
        )  # fmt: skip
        self.observe(self._run, ["temperature", "causal"])
        self._run()

    @traitlets.validate("temperature")
    def _in_range(self, proposal):
        if not LOWEST <= proposal.value <= HIGHEST:
            raise InputError(f"temperature should be between {LOWEST} and {HIGHEST:g}, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("causal")
    def _maskable(self, proposal):
        if proposal.value and not self.can_mask:
            raise InputError("causal needs as many keys as queries, and a compute function that has an argument mask.")
        return proposal.value

    @traitlets.validate("head", "pinned")
    def _there(self, proposal):
        name, value = proposal.trait.name, proposal.value
        size = self.shape[0 if name == "head" else 1]
        if value is not None and not 0 <= value < size:
            raise InputError(f"{name} should be None or from 0 to {size - 1}, yours is {value}.")
        return value

    @property
    def weights(self):
        """What is shown now: (q_len, k_len), or (n_heads, q_len, k_len) if Q had heads."""
        shown = self._softmax() if self.engine == "browser" else self._weights
        return shown[0] if self._one_head else shown

    @property
    def scores(self):
        """Q K^T / sqrt(d_k), before temperature and mask, shaped as weights; None where only weights were given."""
        return self._scores[0] if self._one_head and self._scores is not None else self._scores

    def _softmax(self):
        scores = self._scores / self.temperature
        if self.causal:
            scores = np.where(causal_mask(self.shape[1]), scores, -np.inf)
        exps = np.exp(scores - scores.max(-1, keepdims=True))
        return exps / exps.sum(-1, keepdims=True)

    def _run(self, change=None):
        """Ask the compute function again. If it fails, say so and keep the last picture."""
        if self.engine == "browser":
            return
        if self.engine == "kernel":
            try:
                self._weights, self.problem = self._ask(), ""
            except ValueError as problem:
                self.problem = str(problem)
        self.weight_bytes = pack(self._weights)

    def _ask(self):
        """The weights (n_heads, q_len, k_len) that the learner's function gives now. Raises ValueError."""
        Q, K, V = self._inputs
        options = {"mask": as_given(causal_mask(self.shape[1]), Q)} if self.causal else {}
        result = ask(self._compute, Q / self.temperature, own(K), own(V), **options)
        name = name_of(self._compute)
        if not (isinstance(result, (tuple, list)) and len(result) == 2):
            raise InputError(f"{name} should return two results, out and weights.")
        weights = as_weights(result[1], f"{name}: weights")
        if weights.shape != self.shape:
            wanted = self.shape[self._one_head :]
            raise InputError(f"{name}: weights should have the shape {wanted}, yours is {tuple(np.shape(result[1]))}.")
        return weights

    def facts(self):
        n_heads, q_len, k_len = self.shape
        known = {"heads": n_heads, "queries": q_len, "keys": k_len}
        return known if self.engine == "fixed" else {**known, "temperature": self.temperature, "causal": self.causal}

    def picture(self):
        weights = self.weights[None] if self._one_head else self.weights
        heads = range(len(weights)) if self.head is None else [self.head]
        across = min(4, len(heads))
        down = -(-len(heads) // across)
        side = min(max(2, INCHES_A_WORD * max(self.shape[1:])), 6) if len(heads) == 1 else 1.6
        figure = Figure(figsize=(side * across, side * down))
        for place, head in enumerate(heads, start=1):
            axes = figure.add_subplot(down, across, place)
            colours = "Blues" if self.scale == "page" else self.scale
            axes.imshow(weights[head], vmin=0, vmax=1, cmap=colours, interpolation="nearest")
            axes.set(xticks=[], yticks=[])
            axes.set_title("" if self._one_head else f"head {head}", fontsize=8)
            if len(heads) == 1:
                self._write_words(axes)
        return figure

    def _write_words(self, axes):
        """Words beside a heat map that stands alone; fewer of them where there are many."""
        for axis, tokens in ((axes.yaxis, self.query_tokens), (axes.xaxis, self.key_tokens)):
            every = -(-len(tokens) // MOST_LABELS)
            labels = [token[:LONGEST_LABEL] for token in tokens[::every]]
            axis.set_ticks(range(0, len(tokens), every), labels, fontsize=8)
            for label in axis.get_ticklabels():
                label.set_parse_math(False)  # a word may hold a $
        axes.tick_params(axis="x", rotation=90)
        axes.set(ylabel="query: looking", xlabel="key: looked at")


def causal_mask(length):
    """(length, length), True where a query may look: at itself and at what came before."""
    return np.tri(length, dtype=bool)
