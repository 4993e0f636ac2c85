"""WaitingView: one sentence through a recurrent net, token by token, and through attention, all at once."""

from __future__ import annotations

import traitlets
from matplotlib.figure import Figure

from ..errors import InputError
from .base import CourseWidget, SettingError, module, numbers, pack, stylesheet, token_list, unpack

MOST_SHOWN = 16  # tokens side by side


class WaitingView(CourseWidget):
    """Two lanes that the reader steps through, and counters of what must wait for what.

    tokens: words, or one sentence.  states: (length, d_h), what a recurrent net makes of each token.
    weights: (length, length), what attention makes of the same tokens.
    Traits to read and set: step (0 to length), source and target (places of two tokens, from 0).
    Raises ValueError if the sizes do not fit, for NaN, and for more than 16 tokens.
    """

    _esm = module("waiting_lanes.js", "waiting_view.js")
    _css = stylesheet("waiting_view.css")
    words = traitlets.List(traitlets.Unicode()).tag(sync=True)
    d_h = traitlets.Int().tag(sync=True)
    state_bytes = traitlets.Bytes().tag(sync=True)
    weight_bytes = traitlets.Bytes().tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    source = traitlets.Int(0).tag(sync=True)
    target = traitlets.Int(0).tag(sync=True)

    def __init__(self, tokens, states, weights, source=0, target=None, step=0):
        words = token_list(tokens)
        if len(words) > MOST_SHOWN:
            raise InputError(f"tokens has {len(words)} words; this picture has room for {MOST_SHOWN}.")
        states = numbers("states", states, len(words), None)
        weights = numbers("weights", weights, len(words), len(words))
        super().__init__(words=words, d_h=states.shape[1], state_bytes=pack(states), weight_bytes=pack(weights))
        self.source, self.target, self.step = source, len(words) - 1 if target is None else target, step

    @traitlets.validate("source", "target", "step")
    def _check_place(self, proposal):
        name, last = proposal.trait.name, len(self.words) - (proposal.trait.name != "step")
        if not 0 <= proposal.value <= last:
            raise SettingError(f"{name} should be from 0 to {last}, yours is {proposal.value}.")
        return proposal.value

    @property
    def states(self):
        """What the recurrent lane shows: (length, d_h)."""
        return unpack(self.state_bytes, len(self.words), self.d_h)

    @property
    def weights(self):
        """What the attention lane shows: (length, length)."""
        return unpack(self.weight_bytes, len(self.words), len(self.words))

    @property
    def counts(self):
        """The counters: steps done, steps in all, and steps between the two tokens (None: there is no way)."""
        length, apart = len(self.words), self.target - self.source
        return {
            "RNN": {"done": self.step, "all": length, "path": apart if apart >= 0 else None},
            "attention": {"done": min(self.step, 1), "all": 1, "path": 1},
        }

    def facts(self):
        return {"tokens": len(self.words), "step": self.step, "source": self.source, "target": self.target}

    def picture(self):
        """Both lanes when all is done: the states, and the weights."""
        figure = Figure(figsize=(8, 3), layout="constrained")
        left, right = figure.subplots(1, 2)
        left.imshow(self.states.T, cmap="RdBu", vmin=-1, vmax=1, aspect="auto")
        left.set(title=f"RNN: {len(self.words)} steps, each waits for the last", ylabel="numbers of a state", yticks=[])
        right.imshow(self.weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        right.set(title="attention: 1 step", xlabel="key: looked at", ylabel="query: looking")
        right.set_yticks(range(len(self.words)), self.words)
        for axes in (left, right):
            axes.set_xticks(range(len(self.words)), self.words, rotation=60)
        return figure
