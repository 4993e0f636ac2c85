"""WaitingView: one sentence through a recurrent net, token by token, and through attention, all at once."""

from __future__ import annotations

import traitlets
from matplotlib.figure import Figure

from .base import CourseWidget, setting
from .esm import module, stylesheet
from .given import numbers, pack, token_list, unpack
from .number_grids import SIGNED

MOST_SHOWN = 16  # tokens side by side


class WaitingView(CourseWidget):
    """Two lanes that the reader steps through, and counters of what must wait for what.

    tokens: words, or one sentence.  states: (length, d_h), what a recurrent net makes of each token.
    weights: (length, length), what attention makes of the same tokens.
    Traits to read and set: step (0 to length), source and target (places of two tokens, from 0).
    Raises ValueError if the sizes do not fit, for NaN, and for more than 16 tokens.
    """

    _esm = module("waiting_view")
    _css = stylesheet("waiting_view.css")
    tokens = traitlets.List(traitlets.Unicode()).tag(sync=True)
    d_h = traitlets.Int().tag(sync=True)
    state_bytes = traitlets.Bytes().tag(sync=True)
    weight_bytes = traitlets.Bytes().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    source = traitlets.Int(0).tag(sync=True)
    target = traitlets.Int(0).tag(sync=True)

    def __init__(self, tokens, states, weights, source=0, target=None, step=0):
        tokens = token_list(tokens, most=MOST_SHOWN)
        length = len(tokens)
        states, weights = numbers("states", states, length, None), numbers("weights", weights, length, length)
        places = {name: (0, length - 1) for name in ("source", "target")}
        super().__init__(
            tokens=tokens, d_h=states.shape[1], state_bytes=pack(states), weight_bytes=pack(weights),
            limits={"step": (0, length), **places}, source=source, step=step,
            target=length - 1 if target is None else target,
        )  # fmt: skip

    @setting("source", "target", "step")
    def _in_the_sentence(self, name, value):
        return self.within_limits(name, value)

    @property
    def states(self):
        """What the recurrent lane shows: (length, d_h)."""
        return unpack(self.state_bytes, len(self.tokens), self.d_h)

    @property
    def weights(self):
        """What the attention lane shows: (length, length)."""
        return unpack(self.weight_bytes, len(self.tokens), len(self.tokens))

    @property
    def counts(self):
        """The counters: steps done, steps in all, and steps between the two tokens (None: there is no way)."""
        length, apart = len(self.tokens), self.target - self.source
        return {
            "RNN": {"done": self.step, "all": length, "path": apart if apart >= 0 else None},
            "attention": {"done": min(self.step, 1), "all": 1, "path": 1},
        }

    def facts(self):
        return {"tokens": len(self.tokens), "step": self.step, "source": self.source, "target": self.target}

    def alt(self):
        length, ends = len(self.tokens), (self.tokens[self.source], self.tokens[self.target])
        path = self.counts["RNN"]["path"]
        way = "no way leads back in the RNN" if path is None else f"{path} steps in the RNN"
        return (f"Left, the states of a recurrent net, made in {length} steps that wait for each other. Right, weights "
                f"of attention, made in one. From “{ends[0]}” to “{ends[1]}”: {way}, 1 in attention.")  # fmt: skip

    def picture(self):
        """Both lanes when all is done: the states, and the weights."""
        figure = Figure(figsize=(8, 3), layout="constrained")
        left, right = figure.subplots(1, 2)
        left.imshow(self.states.T, cmap=SIGNED, vmin=-1, vmax=1, aspect="auto")
        left.set(title=f"RNN: {len(self.tokens)} steps, each waits for the last")
        left.set(ylabel="numbers of a state", yticks=[])
        right.imshow(self.weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        right.set(title="attention: 1 step", xlabel="key: looked at", ylabel="query: looking")
        right.set_yticks(range(len(self.tokens)), self.tokens)
        for axes in (left, right):
            axes.set_xticks(range(len(self.tokens)), self.tokens, rotation=60)
        return figure
