"""DecodeView: an input is typed; step by step, what the decoder read, how sure it was, and where it looked."""

from __future__ import annotations

import traitlets

from ..errors import InputError
from ..plots import heatmaps
from .base import setting
from .drafts import as_sent
from .esm import module, stylesheet
from .given import token_list, unpack
from .learner import FunctionWidget, ask

LONGEST_INPUT = 24  # characters


class DecodeView(FunctionWidget):
    """A decoder at work on an input that the reader types: one step at a time, forward and back.

    write: a function (text, width) -> list of drafts, the best first, run in Python at every change. width is how
    many drafts beam search keeps; 1 means greedy. A draft is what `course_utils.model.decoding.watch` gives, or has
    the same: source and written, lists of integers; probabilities: (steps, n_target); weights: (n_layers, n_heads,
    steps, k_len); log_probability, a number. If write raises, one sentence says so and the last picture stays.
    text: what the field holds at first.  source_symbols, target_symbols: the name of each integer.
    widths: those to choose from.  start: the name of what the decoder reads first.

    Set text, width, draft (which of the list), step, layer and head at will. Read `source` and `written` (names),
    `probabilities`, `weights` and `log_probability` of the draft shown, and `problem`, a sentence or "".
    """

    _esm = module("decode_view")
    _css = stylesheet("decode_view.css")
    OBSERVES = ("text", "width", "draft")
    SETS = (*FunctionWidget.SETS, "draft", "step", "layer", "head")

    text = traitlets.Unicode().tag(sync=True)
    widths = traitlets.List(traitlets.Int()).tag(sync=True)
    width = traitlets.Int(1).tag(sync=True)
    draft = traitlets.Int(0).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Int(0).tag(sync=True)
    start = traitlets.Unicode().tag(sync=True)
    target_symbols = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, write, text, source_symbols, target_symbols, *, widths=(1,), start="<start>"):
        self._source_symbols = token_list(source_symbols, name="source_symbols")
        targets, widths = token_list(target_symbols, name="target_symbols"), _some_widths(widths)
        state = {"target_symbols": targets, "widths": widths, "start": str(start), "text": str(text)}
        super().__init__(write, width=widths[0], **state)
        self._answer()
        if self.problem:
            raise InputError(self.problem)

    @setting("width")
    def _offered(self, name, value):
        if value not in self.widths:
            raise InputError(f"width should be one of {self.widths}, yours is {value}.")
        return value

    @setting("draft", "step", "layer", "head")
    def _there(self, name, value):
        if not self.result and value == 0:  # while it is made
            return value
        size = self._sizes()[name]
        if not 0 <= value < size:
            raise InputError(f"{name} should be from 0 to {size - 1}, yours is {value}.")
        return value

    def _sizes(self):
        n_layers, n_heads, steps, _ = self._shown["shape"]
        return {"draft": len(self.result["drafts"]), "step": steps, "layer": n_layers, "head": n_heads}

    def _answer(self, change=None):
        """Another input or width is written anew and seen from its first step; another draft is only looked at."""
        before = self.result
        with self.hold_sync():
            if change and change.name == "draft":
                self.answered = {**self.answered, "draft": self.draft}
            else:
                super()._answer(change)
            if self.result is not before:
                self.draft = self.step = 0
            for name, size in self._sizes().items() if self.result else ():  # there may be fewer of all now
                setattr(self, name, min(getattr(self, name), size - 1))

    def _ask(self):
        text = self.text.strip()
        if not text:
            raise InputError("type at least one letter.")
        if len(text) > LONGEST_INPUT:
            raise InputError(f"that is {len(text)} characters; this picture has room for {LONGEST_INPUT}.")
        try:
            drafts = ask(self._compute, text, self.width)
        except InputError as problem:  # if write itself raised one, that is a sentence already
            raise problem.__cause__ if isinstance(problem.__cause__, InputError) else problem from None
        sent = as_sent(drafts, self._source_symbols, self.target_symbols, self.compute_name)
        return {"text": text, "width": self.width, **sent}

    @property
    def _shown(self):
        drafts = self.result["drafts"]
        return drafts[min(self.draft, len(drafts) - 1)]  # a new result may have fewer than there were

    @property
    def source(self):
        """The names of what the encoder read: a list."""
        return list(self.result["source"])

    @property
    def written(self):
        """The names of what the decoder wrote, one for each step: a list."""
        return list(self._shown["written"])

    @property
    def log_probability(self):
        """Of all that was written together: the sum over the steps."""
        return self._shown["log_probability"]

    @property
    def probabilities(self):
        """Of each symbol at each step: (steps, n_target)."""
        return unpack(self._shown["probabilities"], -1, len(self.target_symbols))

    @property
    def weights(self):
        """Cross-attention: (n_layers, n_heads, steps, k_len)."""
        return unpack(self._shown["weights"], *self._shown["shape"])

    def facts(self):
        written = " ".join(self.written)
        return {"text": repr(self.result["text"]), "written": repr(written), "width": self.result["width"]}

    def alt(self):
        return (f"Heat maps of cross-attention, one for each head of layer {self.layer}: how “{self.result['text']}” "
                f"was looked at while “{' '.join(self.written)}” was written, a row for each step.")  # fmt: skip

    def picture(self):
        """Where each head of the chosen layer looks, at every step."""
        panels = {f"layer {self.layer}, head {head}": table for head, table in enumerate(self.weights[self.layer])}
        return heatmaps(panels, self.written, self.source)


def _some_widths(widths):
    """A list of widths to choose from."""
    numbered = isinstance(widths, (list, tuple, range)) and all(isinstance(width, int) for width in widths)
    if not numbered or not widths or min(widths) < 1:
        raise InputError(f"widths should be a list of whole numbers from 1, yours is {str(widths)[:60]}.")
    return list(widths)
