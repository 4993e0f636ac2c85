"""MatrixPipeline: every number of self-attention, from X to out, and all of them can be touched."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from .base import setting
from .esm import module, stylesheet
from .given import LARGEST, editable, numbers, token_list
from .learner import FunctionWidget, as_given, ask, takes_mask, two_results
from .maths import causal_mask, softmax
from .number_grids import grids_figure

INPUTS = ("X", "W_Q", "W_K", "W_V")
RESULTS = ("Q", "K", "V", "scores", "scaled", "masked", "weights", "out")
MOST = 6  # tokens, and columns of any matrix: more would not fit on a page
VISIBLE = 0.005  # a smaller difference does not show in two decimals


def stages(X, W_Q, W_K, W_V, causal=False, scale=True):
    """Every matrix of single-head self-attention by name, Q, K, V, scores, scaled, masked, weights, out, in float64.

    X: (length, d_model), W_Q and W_K: (d_model, d_k), W_V: (d_model, d_v).
    causal: no token looks at a later one.  scale: divide the scores by sqrt(d_k).
    """
    Q, K, V = X @ W_Q, X @ W_K, X @ W_V
    scores = Q @ K.T  # (length, length)
    scaled = scores / np.sqrt(K.shape[1]) if scale else scores
    masked = np.where(causal_mask(len(X)), scaled, -np.inf) if causal else scaled
    weights = softmax(masked)
    return dict(zip(RESULTS, (Q, K, V, scores, scaled, masked, weights, weights @ V)))


def _input(name):
    def put(self, value):
        self.inputs = {**self.inputs, name: value}

    return property(lambda self: np.array(self.inputs[name]), put, doc=f"{name} as float64; assign to change it.")


def _stage(name):
    return property(lambda self: self._stages()[name], doc=f"{name} as float64, as shown now.")


class MatrixPipeline(FunctionWidget):
    """Self-attention of a few tokens as grids of numbers: change a number and every later matrix follows.

    X: (length, d_model), W_Q and W_K: (d_model, d_k), W_V: (d_model, d_v); at most 6 tokens and 6 columns.
    tokens: a word per row of X.  causal: no token looks at a later one.  scale: divide by sqrt(d_k).
    compute: your attention(Q, K, V) -> (out, weights), which then makes weights and out; it is handed mask= while
    causal is on, if it takes one.

    X, W_Q, W_K, W_V, causal and scale can be read and set. Q, K, V, scores, scaled, masked (-inf where a token may
    not look; scaled itself while causal is off), weights and out can be read. `selected` is the cell whose sum is
    written out, such as ("scores", 0, 1). Wrong input raises ValueError and changes nothing.
    """

    _esm = module("matrix_pipeline")
    _css = stylesheet("matrix_grid.css", "matrix_pipeline.css")
    HAS_FORMULA = True
    OBSERVES = ("inputs", "causal", "scale")
    LIMITS = {"number": (-LARGEST, LARGEST)}

    # Lists, not float32 bytes: these are a hundred numbers, and what a person types must come back as it was typed.
    inputs = traitlets.Dict().tag(sync=True)
    tokens = traitlets.List().tag(sync=True)
    causal = traitlets.Bool(False).tag(sync=True)
    scale = traitlets.Bool(True).tag(sync=True)
    selected = traitlets.Tuple().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)  # what "reset" goes back to

    X, W_Q, W_K, W_V = map(_input, INPUTS)
    Q, K, V, scores, scaled, masked, weights, out = map(_stage, RESULTS)

    def __init__(self, X, W_Q, W_K, W_V, tokens=None, causal=False, compute=None, scale=True):
        self._example = X
        inputs = _checked({"X": X, "W_Q": W_Q, "W_K": W_K, "W_V": W_V})
        first, length = {"inputs": inputs, "causal": causal, "scale": scale}, len(inputs["X"])
        selected = ("scores", 0, min(1, length - 1))
        super().__init__(compute, **first, first=first, tokens=token_list(tokens, length), selected=selected)
        self._answer()

    @setting("inputs")
    def _fitting(self, name, value):
        checked = _checked(value)
        for name, old in self.first["inputs"].items():
            if np.shape(checked[name]) != np.shape(old):
                raise InputError(f"{name} should keep its shape {np.shape(old)}, yours is {np.shape(checked[name])}; "
                                 "another size needs a new MatrixPipeline.")  # fmt: skip
        return checked

    @setting("tokens")
    def _one_per_row(self, name, value):
        return token_list(value, len(self.inputs["X"]))

    @setting("selected")
    def _existing(self, name, value):
        matrix, row, column = value
        if matrix not in RESULTS:
            raise InputError(f"selected should name one of {', '.join(RESULTS)}, yours is {matrix!r}.")
        rows, columns = self._stages()[matrix].shape
        if not (row in range(rows) and column in range(columns)):
            raise InputError(f"{matrix} has {rows} rows and {columns} columns; there is no cell [{row}, {column}].")
        return value

    def _formula(self):
        return stages(*(np.array(self.inputs[name]) for name in INPUTS), self.causal, self.scale)

    def _stages(self):
        answered = {name: np.array(self.result[name]) for name in ("weights", "out") if self.result}
        return {**self._formula(), **answered}

    def _ask(self):
        """weights and out of the learner's function, and what they were made of: the page draws all of it at once."""
        name, known = self.compute_name, self._formula()
        masked = self.causal and takes_mask(self._compute)
        options = {"mask": as_given(np.isfinite(known["masked"]), self._example)} if masked else {}
        result = ask(self._compute, *(as_given(known[M], self._example) for M in "QKV"), **options)
        named = zip(("out", "weights"), two_results(result, name))
        given = {M: numbers(f"{name}: {M}", value, *known[M].shape) for M, value in named}
        made_of = {"inputs": self.inputs, "causal": self.causal, "scale": self.scale}
        return {**made_of, **{M: array.tolist() for M, array in given.items()}, "remark": self._remark(given, known)}

    def _remark(self, given, known):
        """A sentence where compute does not do what the grids before it say."""
        name, stage = self.compute_name, "masked" if self.causal else "scaled"
        if self.causal and not takes_mask(self._compute):
            return f"{name} takes no mask=, so its weights do not follow the tick box."
        apart = np.abs(given["weights"] - known["weights"]).max()
        if apart > VISIBLE:
            return f"The weights of {name} differ from softmax({stage}) by up to {apart:.2f}."
        apart = np.abs(given["out"] - known["out"]).max()
        return f"The out of {name} differs from weights V by up to {apart:.2f}." if apart > VISIBLE else ""

    def facts(self):
        (tokens, d_model), d_k, d_v = self.X.shape, self.W_K.shape[1], self.W_V.shape[1]
        sizes = {"tokens": tokens, "d_model": d_model, "d_k": d_k, "d_v": d_v}
        return {**sizes, "causal": self.causal, "scale": self.scale}

    def alt(self):
        tokens, d_model = self.X.shape
        return (f"Self-attention of {tokens} tokens as grids of numbers: X ({tokens} by {d_model}) and W_Q, W_K, W_V "
                f"make Q, K, V; these make the scores, the weights and out. The weights of “{self.tokens[0]}” are "
                f"{', '.join(f'{weight:.2f}' for weight in self.weights[0])}.")  # fmt: skip

    def picture(self):
        shown = {**{name: np.array(self.inputs[name]) for name in INPUTS}, **self._stages()}
        if not self.causal:
            del shown["masked"]
        return grids_figure(shown, self.tokens, **({} if self.scale else {"scaled": "scaled $=$ scores"}))


def _checked(given):
    """The four inputs as lists of lists; ValueError where one is too large or does not fit the others."""
    arrays = {name: _small(name, given[name]) for name in INPUTS}
    X, W_Q, W_K, W_V = arrays.values()
    if len(X) > MOST:
        raise InputError(f"X has {len(X)} tokens; MatrixPipeline has room for {MOST}.")
    for name, W in (("W_Q", W_Q), ("W_K", W_K), ("W_V", W_V)):
        if len(W) != X.shape[1]:
            raise InputError(f"{name} has {len(W)} rows but X has {X.shape[1]} columns: these should be the same.")
    if W_Q.shape != W_K.shape:
        d_q, d_k = W_Q.shape[1], W_K.shape[1]
        raise InputError(f"W_Q has {d_q} columns but W_K has {d_k}: a query and a key need the same length.")
    return {name: array.tolist() for name, array in arrays.items()}


def _small(name, value):
    array = editable(name, value, None, None)
    if array.shape[1] > MOST:
        raise InputError(f"{name} has {array.shape[1]} columns; MatrixPipeline has room for {MOST}.")
    return array
