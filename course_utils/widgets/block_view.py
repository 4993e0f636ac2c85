"""BlockView: one word's numbers on their way through a Transformer block whose parts can be switched off."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from ..plots.figures import FAINT, INK, drawable, short_number
from .base import setting
from .esm import module, stylesheet
from .given import numbers, pack, token_list, unpack
from .learner import FunctionWidget, as_given, ask
from .maths import mean_cosine
from .number_grids import SIGNED

ORDERS = {  # from the way in to the way out; each step is a station where the numbers can be seen
    "pre-LN": ("norm_1", "attention", "add_1", "norm_2", "feed_forward", "add_2"),
    "post-LN": ("attention", "add_1", "norm_1", "feed_forward", "add_2", "norm_2"),
}
STEPS = ORDERS["pre-LN"]
MOST_TOKENS = 12
WIDEST = 16  # features, drawn as cells


class BlockView(FunctionWidget):
    """A word's numbers at each station of the block, in pre-LN or post-LN, one block or the same one many times.

    attention, feed_forward, layer_norm: your functions of X (length, d_model) that give the same shape; they are run
    in Python at each change.  X: (length, d_model), a tensor, an array or a list.  tokens: the words.
    order: "pre-LN" or "post-LN".  blocks: how often the block is passed; the last pass is shown.
    position: of the token whose numbers are shown.
    off: the steps that are switched off, of norm_1, attention, add_1, norm_2, feed_forward, add_2. A norm that is off
    hands on what it gets; attention or feed-forward that is off brings only zeros; without an add (the residual) the
    part's result goes on alone.

    Set order, off, blocks and position at will. Read `stations`: {step: (length, d_model)}, "in" first, in the order
    of the way; `out`, the last of them; and `alike`, the mean cosine between the outs of two words.
    """

    _esm = module("block_view")
    _css = stylesheet("block_view.css")
    OBSERVES = ("order", "off", "blocks")
    LIMITS = {"blocks": (1, 24)}

    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    order = traitlets.Enum(list(ORDERS), "pre-LN").tag(sync=True)
    off = traitlets.List(traitlets.Unicode()).tag(sync=True)
    blocks = traitlets.Int(1).tag(sync=True)
    position = traitlets.Int(0).tag(sync=True)

    def __init__(self, attention, feed_forward, layer_norm, X, *, tokens=None, order="pre-LN", off=(), blocks=1,
                 position=0):  # fmt: skip
        length, d_model = numbers("X", X, None, None).shape
        if length > MOST_TOKENS or d_model > WIDEST:
            raise InputError(f"X should be at most {MOST_TOKENS} by {WIDEST} to be drawn, yours is {length, d_model}.")
        self._X, self._example = numbers("X", X), X
        parts = {"attention": attention, "feed_forward": feed_forward, "layer_norm": layer_norm}
        self._parts = {name: _named(name, function) for name, function in parts.items()}
        super().__init__(
            self._pass, "the block", tokens=token_list(tokens, length), order=order, off=list(off), blocks=blocks,
            limits={**self.LIMITS, "position": (0, length - 1)}, position=position,
        )  # fmt: skip
        self.result = self._packed("pre-LN", [], 1, [self._X] * (len(STEPS) + 1))
        self._answer()

    @setting("off")
    def _known_steps(self, name, value):
        unknown = [step for step in value if step not in STEPS]
        if unknown:
            raise InputError(f"off should name some of {', '.join(STEPS)}, yours has {unknown[0]!r}.")
        return sorted(set(value), key=STEPS.index)

    @setting("blocks", "position")
    def _in_range(self, name, value):
        return self.within_limits(name, value)

    @property
    def stations(self):
        """{step: (length, d_model)} of the last pass, "in" first."""
        values = unpack(self.result["values"], -1, *self._X.shape)
        return dict(zip(("in", *self.result["steps"]), values, strict=True))

    @property
    def out(self):
        """(length, d_model), what leaves the last block."""
        return list(self.stations.values())[-1]

    @property
    def alike(self):
        """The mean cosine between the outs of two words: 1 if all point the same way."""
        return self.result["alike"]

    def _ask(self):
        X = self._X
        for _ in range(self.blocks):
            passed = self._pass(X)
            X = passed[-1]
        return self._packed(self.order, self.off, self.blocks, passed)

    def _pass(self, X):
        """What stands at each station of one block, a list of (length, d_model), X first."""
        passed, stream = [X], X
        for step in ORDERS[self.order]:
            now = passed[-1]
            if step.startswith("norm"):
                now = now if step in self.off else self._part("layer_norm", now)
                stream = now if self.order == "post-LN" else stream
            elif step.startswith("add"):
                now = stream = now if step in self.off else stream + now
            else:
                now = np.zeros_like(now) if step in self.off else self._part(step, now)
            passed.append(now)
        return passed

    def _part(self, name, X):
        given = ask(self._parts[name], as_given(X, self._example))
        if given is None:
            raise InputError(f"{name} gives nothing back: does it end with return?")
        return numbers(f"what {name} gives", given, *X.shape)

    def _packed(self, order, off, blocks, passed):
        return {"order": order, "steps": list(ORDERS[order]), "off": list(off), "blocks": blocks,
                "values": pack(np.stack(passed)), "alike": mean_cosine(passed[-1])}  # fmt: skip

    def facts(self):
        return {"tokens": len(self.tokens), "order": self.order, "blocks": self.blocks, "off": self.off}

    def alt(self):
        way = " → ".join(f"{step} (off)" if step in self.result["off"] else step for step in self.stations)
        return (f"The numbers of “{self.tokens[self.position]}” on their way through a {self.result['order']} block, "
                f"a row for each station: {way}.")  # fmt: skip

    def picture(self):
        """The word's numbers, from the way in at the bottom to the way out at the top."""
        rows = {name: table[self.position] for name, table in reversed(self.stations.items())}
        figure = Figure(figsize=(8.5, 3))
        axes = figure.add_subplot()
        values = np.stack(list(rows.values()))  # (stations, d_model)
        axes.imshow(SIGNED(0.5 + 0.5 * values / (2 + np.abs(values))), aspect="auto")
        for (i, j), number in np.ndenumerate(values):
            axes.text(j, i, short_number(number, 1), ha="center", va="center", size=8, color=INK)
        axes.set_yticks(range(len(rows)), [f"{name} (off)" if name in self.result["off"] else name for name in rows])
        axes.set_xticks([])
        word, blocks = drawable(self.tokens[self.position]), self.result["blocks"]
        axes.set_title(f"“{word}”, {self.result['order']}, block {blocks} of {blocks}", size=10, parse_math=False)
        axes.tick_params(colors=FAINT, labelcolor=INK, labelsize=9)
        return figure


def _named(name, function):
    """The function under this name, so that a message about a lambda says which one it was."""

    def part(X):
        return function(X)

    part.__name__ = name
    return part
