"""BlockView: one word's numbers on their way through a Transformer block whose parts can be switched off."""

from __future__ import annotations

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from ..plots.figures import FAINT, INK, drawable, short_number
from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, token_list, unpack
from .learner import as_given, ask
from .number_grids import SIGNED

ORDERS = {  # from the way in to the way out; each step is a station where the numbers can be seen
    "pre-LN": ("norm_1", "attention", "add_1", "norm_2", "feed_forward", "add_2"),
    "post-LN": ("attention", "add_1", "norm_1", "feed_forward", "add_2", "norm_2"),
}
STEPS = ORDERS["pre-LN"]
MOST_BLOCKS = 24
MOST_WORDS = 12
WIDEST = 16  # features, drawn as cells


class BlockView(CourseWidget):
    """A word's numbers at each station of the block, in pre-LN or post-LN, one block or the same one many times.

    attention, feed_forward, layer_norm: your functions of X (length, d_model) that give the same shape; they are run
    in Python at each change.  X: (length, d_model), a tensor, an array or a list.  tokens: the words.
    order: "pre-LN" or "post-LN".  blocks: how often the block is passed; the last pass is shown.  token: which word.
    off: the steps that are switched off, of norm_1, attention, add_1, norm_2, feed_forward, add_2. A norm that is off
    hands on what it gets; attention or feed-forward that is off brings only zeros; without an add (the residual) the
    part's result goes on alone.

    Set order, off, blocks and token at will. Read `stations`: {step: (length, d_model)}, "in" first, in the order of
    the way; `out`, the last of them; and `alike`, the mean cosine between the outs of two words.
    """

    _esm = module("pointing.js", "block_layout.js", "block_view.js")
    _css = stylesheet("block_view.css")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    order = traitlets.Enum(list(ORDERS), "pre-LN").tag(sync=True)
    off = traitlets.List(traitlets.Unicode()).tag(sync=True)
    blocks = traitlets.Int(1).tag(sync=True)
    token = traitlets.Int(0).tag(sync=True)
    result = traitlets.Dict().tag(sync=True)  # steps, off, blocks, values, alike: in one message, so that they fit
    problem = traitlets.Unicode("").tag(sync=True)

    def __init__(self, attention, feed_forward, layer_norm, X, *, tokens=None, order="pre-LN", off=(), blocks=1,
                 token=0):  # fmt: skip
        length, d_model = numbers("X", X, None, None).shape
        if length > MOST_WORDS or d_model > WIDEST:
            raise InputError(f"X should be at most {MOST_WORDS} by {WIDEST} to be drawn, yours is {(length, d_model)}.")
        self._X, self._example = numbers("X", X), X
        parts = {"attention": attention, "feed_forward": feed_forward, "layer_norm": layer_norm}
        self._parts = {name: _named(name, function) for name, function in parts.items()}
        super().__init__(tokens=token_list(tokens, length))
        self.result = self._packed("pre-LN", [], 1, [self._X] * (len(STEPS) + 1))
        self.order, self.off, self.blocks, self.token = order, list(off), blocks, token
        self.observe(self._run, ["order", "off", "blocks"])
        self._run()

    @traitlets.validate("off")
    def _known_steps(self, proposal):
        unknown = [step for step in proposal.value if step not in STEPS]
        if unknown:
            raise SettingError(f"off should name some of {', '.join(STEPS)}, yours has {unknown[0]!r}.")
        return sorted(set(proposal.value), key=STEPS.index)

    @traitlets.validate("blocks")
    def _some_blocks(self, proposal):
        if not 1 <= proposal.value <= MOST_BLOCKS:
            raise SettingError(f"blocks should be 1 to {MOST_BLOCKS}, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("token")
    def _a_word(self, proposal):
        if not 0 <= proposal.value < len(self.tokens):
            raise SettingError(f"token should be 0 to {len(self.tokens) - 1}, yours is {proposal.value}.")
        return proposal.value

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

    def _run(self, change=None):
        """Pass the block again. If a function fails, say so and keep the last picture."""
        try:
            X = self._X
            for _ in range(self.blocks):
                passed = self._pass(X)
                X = passed[-1]
        except ValueError as problem:
            self.problem = str(problem)
            return
        self.result = self._packed(self.order, self.off, self.blocks, passed)
        self.problem = ""

    def _pass(self, X):
        """What stands at each station of one block, a list of (length, d_model), X first."""
        passed, stream = [X], X
        for step in ORDERS[self.order]:
            now = passed[-1]
            if step.startswith("norm"):
                now = now if step in self.off else self._ask("layer_norm", now)
                stream = now if self.order == "post-LN" else stream
            elif step.startswith("add"):
                now = stream = now if step in self.off else stream + now
            else:
                now = np.zeros_like(now) if step in self.off else self._ask(step, now)
            passed.append(now)
        return passed

    def _ask(self, name, X):
        given = ask(self._parts[name], as_given(X, self._example))
        if given is None:
            raise InputError(f"{name} gives nothing back: does it end with return?")
        return numbers(f"what {name} gives", given, *X.shape)

    def _packed(self, order, off, blocks, passed):
        return {"order": order, "steps": list(ORDERS[order]), "off": list(off), "blocks": blocks,
                "values": pack(np.stack(passed)), "alike": mean_cosine(passed[-1])}  # fmt: skip

    def facts(self):
        return {"words": len(self.tokens), "order": self.order, "blocks": self.blocks, "off": self.off}

    def picture(self):
        """The word's numbers, from the way in at the bottom to the way out at the top."""
        rows = {name: table[self.token] for name, table in reversed(self.stations.items())}
        figure = Figure(figsize=(8.5, 3))
        axes = figure.add_subplot()
        values = np.stack(list(rows.values()))  # (stations, d_model)
        axes.imshow(SIGNED(0.5 + 0.5 * values / (2 + np.abs(values))), aspect="auto")
        for (i, j), number in np.ndenumerate(values):
            axes.text(j, i, short_number(number, 1), ha="center", va="center", size=8, color=INK)
        axes.set_yticks(range(len(rows)), [f"{name} (off)" if name in self.result["off"] else name for name in rows])
        axes.set_xticks([])
        word, blocks = drawable(self.tokens[self.token]), self.result["blocks"]
        axes.set_title(f"“{word}”, {self.result['order']}, block {blocks} of {blocks}", size=10, parse_math=False)
        axes.tick_params(colors=FAINT, labelcolor=INK, labelsize=9)
        return figure


def mean_cosine(X):
    """Of all pairs of rows of X (length, d_model); a row of zeros is like no other. 1.0 for a single row."""
    sizes = np.linalg.norm(X, axis=1, keepdims=True)
    units = X / np.where(sizes > 0, sizes, 1)
    length = len(X)
    return float(((units @ units.T).sum() - (units**2).sum()) / (length * (length - 1))) if length > 1 else 1.0


def _named(name, function):
    """The function under this name, so that a message about a lambda says which one it was."""

    def part(X):
        return function(X)

    part.__name__ = name
    return part
