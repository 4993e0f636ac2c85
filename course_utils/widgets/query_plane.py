"""QueryPlane: a soft look-up among arrows in a plane; the query can be pulled about."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from ..plots.figures import drawable
from .base import setting
from .esm import module, stylesheet
from .given import LARGEST, editable, numbers, token_list
from .learner import FunctionWidget, as_given, ask
from .maths import softmax

MOST_KEYS = 12
VISIBLE = 0.005  # a smaller difference does not show in two decimals


class QueryPlane(FunctionWidget):
    """Keys as arrows with their words, a query to drag; dot products, softmax weights and the blended value follow.

    K: (k_len, 2), at most 12 keys.  tokens: a word per key.  q: the query, two numbers.
    V: (k_len, 2), points in the same plane; or (k_len,), numbers on a line; None: each key is its own value.
    temperature: the scores are divided by it, 0.1 to 10.  movable_keys: the keys can be dragged too.
    compute: your soft_lookup(q, K, V) -> blended value; it then makes the blend, from q / temperature. Where V is
    numbers it is handed a column, (k_len, 1).

    q, K, V and temperature can be read and set; scores (K q), weights and blend can be read.
    `selected` is the number of the key whose sums are written out. Wrong input raises ValueError and changes nothing.
    """

    _esm = module("query_plane")
    _css = stylesheet("query_plane.css")
    HAS_FORMULA = True
    OBSERVES = ("q_vector", "key_vectors", "value_vectors", "temperature")
    LIMITS = {"temperature": (0.1, 10), "number": (-LARGEST, LARGEST)}

    # Lists, not float32 bytes: a few numbers, and what Python sets must come back as it was set.
    q_vector = traitlets.List().tag(sync=True)
    key_vectors = traitlets.List().tag(sync=True)
    value_vectors = traitlets.List().tag(sync=True)  # rows of 2 or of 1; empty: the keys
    tokens = traitlets.List().tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    movable_keys = traitlets.Bool(False).tag(sync=True)
    selected = traitlets.Int(0).tag(sync=True)
    first = traitlets.Dict().tag(sync=True)  # what "reset" goes back to

    def __init__(self, K, tokens=None, V=None, q=(1.0, 0.5), *, temperature=1.0, compute=None, movable_keys=False):
        self._example, self._flat = K, V is not None and np.ndim(V) == 1
        K = _plane("K", K)
        first = {"q_vector": editable("q", q, 2).tolist(), "key_vectors": K.tolist(), "temperature": float(temperature)}
        limits = {**self.LIMITS, "selected": (0, len(K) - 1)}
        super().__init__(compute, **first, first=first, tokens=token_list(tokens, len(K)), limits=limits,
                         value_vectors=_values(V, len(K)), movable_keys=movable_keys)  # fmt: skip
        self._answer()

    @setting("q_vector")
    def _two_numbers(self, name, value):
        return editable("q", value, 2).tolist()

    @setting("key_vectors")
    def _same_keys(self, name, value):
        return editable("K", value, len(self.first["key_vectors"]), 2).tolist()

    @setting("value_vectors")
    def _same_values(self, name, value):
        return editable("V", value, len(self.first["key_vectors"]), 1 if self._flat else 2).tolist() if value else []

    @setting("temperature", "selected")
    def _in_range(self, name, value):
        return self.within_limits(name, value)

    @property
    def q(self):
        """The query, (2,); assign to move it."""
        return np.array(self.q_vector)

    @q.setter
    def q(self, value):
        self.q_vector = editable("q", value, 2).tolist()

    @property
    def K(self):
        """The keys, (k_len, 2); assign to move them."""
        return np.array(self.key_vectors)

    @K.setter
    def K(self, value):
        self.key_vectors = editable("K", value, len(self.key_vectors), 2).tolist()

    @property
    def V(self):
        """The values, (k_len, 2) or (k_len,); the keys unless others were given."""
        values = np.array(self.value_vectors or self.key_vectors)
        return values[:, 0] if self._flat else values

    @V.setter
    def V(self, value):
        shape = self.V.shape
        self.value_vectors = editable("V", value, *shape).reshape(shape[0], -1).tolist()

    @property
    def scores(self):
        """Dot product of the query with each key, (k_len,)."""
        return self.K @ self.q

    @property
    def weights(self):
        """softmax(scores / temperature), (k_len,)."""
        return softmax(self.scores / self.temperature)

    @property
    def blend(self):
        """The weighted average of the values: (2,), or a number where the values are numbers."""
        blend = np.array(self.result["blend"]) if self.result else self._columns().T @ self.weights
        return float(blend[0]) if self._flat else blend

    def _columns(self):
        return self.V.reshape(len(self.tokens), -1)  # (k_len, d_v)

    def _ask(self):
        values = self._columns()
        given = (as_given(array, self._example) for array in (self.q / self.temperature, self.K, values))
        name = f"{self.compute_name}: the blend"
        blend = numbers(name, ask(self._compute, *given))
        blend = numbers(name, blend.reshape(1) if blend.size == 1 else blend, values.shape[1])
        apart = np.abs(blend - self.weights @ values).max()
        remark = f"The blend of {self.compute_name} differs from softmax(K q) V by up to {apart:.2f}."
        return {"blend": blend.tolist(), "remark": remark if apart > VISIBLE else ""}

    def facts(self):
        values = "keys" if not self.value_vectors else "numbers" if self._flat else "points"
        return {"keys": len(self.tokens), "values": values, "q": f"({self.q_vector[0]:.2f}, {self.q_vector[1]:.2f})"}

    def alt(self):
        given = [f"“{token}” {weight:.2f}" for token, weight in zip(self.tokens, self.weights)]
        return (f"Left, keys as arrows in a plane and the query q = ({self.q[0]:.2f}, {self.q[1]:.2f}); right, the "
                f"weights as bars: {', '.join(given)}.")  # fmt: skip

    def picture(self):
        """The arrows on the left, the weights as bars on the right."""
        figure = Figure(figsize=(9, 4.2))
        _draw_plane(figure.add_subplot(1, 2, 1), self)
        axes = figure.add_subplot(1, 2, 2)
        places = range(len(self.tokens))
        bars = axes.barh(places, self.weights, color="#2171b5")
        axes.set_yticks(places, labels=[drawable(word) for word in self.tokens], parse_math=False)
        axes.bar_label(bars, fmt="%.2f", padding=3)
        axes.set(xlim=(0, 1.1), title="weights", xticks=[])
        axes.invert_yaxis()
        return figure


def _draw_plane(axes, plane):
    limit = 1.25 * max(np.abs(plane.K).max(), np.abs(plane.q).max(), 0.1)
    axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
    for word, (x, y) in zip(plane.tokens, plane.K, strict=True):
        axes.annotate("", (x, y), (0, 0), arrowprops={"arrowstyle": "->", "color": "#2171b5"})
        axes.text(x, y, f" {drawable(word)}", parse_math=False)
    axes.annotate("", plane.q, (0, 0), arrowprops={"arrowstyle": "->", "color": "#b0004e", "lw": 2.5})
    axes.text(*plane.q, " q", color="#b0004e", weight="bold")
    if not plane._flat:
        axes.plot(*plane.blend, "D", color="#1b7a2f")
    axes.grid(alpha=0.3)
    blend = f"{plane.blend:.2f}" if plane._flat else f"({plane.blend[0]:.2f}, {plane.blend[1]:.2f})"
    axes.set_title(f"blend = {blend}", color="#1b7a2f")


def _plane(name, K):
    K = editable(name, K, None, 2)
    if len(K) > MOST_KEYS:
        raise InputError(f"{name} has {len(K)} keys; QueryPlane has room for {MOST_KEYS}.")
    return K


def _values(V, k_len):
    """Rows of two coordinates or of one number; none where the keys are the values."""
    if V is None:
        return []
    if np.ndim(V) == 1:
        return editable("V", V, k_len)[:, None].tolist()
    return editable("V", V, k_len, 2).tolist()
