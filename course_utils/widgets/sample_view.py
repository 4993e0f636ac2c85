"""SampleView: scores of the next symbol become probabilities become what is kept; draw one, and so write a text."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import bars, blank
from .base import setting
from .esm import module, stylesheet
from .given import between_0_and_1, numbers, pack, token_list, unpack
from .learner import FunctionWidget, as_given, ask
from .maths import drawn, nucleus

LONGEST = 20  # symbols that are written, the end not counted
SHOWN = 12  # symbols in the still picture


class SampleView(FunctionWidget):
    """What may come next, how probable it is, and what is left of that when temperature, top-k and top-p are done.

    compute: your next_probabilities(scores, temperature, top_k) -> (vocab,), run in Python at every change; top_k is
    None where all may come. Top-p is the widget's own, after that.
    next_scores: a function from the symbols so far, a list of integers that begins with start, to scores (vocab,).
    symbols: the name of each integer.  start, end: two of them.  text: what is written at first.

    Set temperature, top_k, top_p and written (a list of integers) at will. Read `scores`, `heated` (at the temperature,
    all of them) and `probabilities` (what is kept), each (vocab,), and `text`. `dice`, numbers from 0 to 1, 21 for each
    word, write whole words, which stand in `words`.
    """

    _esm = module("sample_view")
    _css = stylesheet("sample_view.css")
    OBSERVES = ("written", "temperature", "top_k", "top_p", "dice")
    LIMITS = {"temperature": (0.1, 5.0), "top_p": (0.05, 1.0), "written": (0, LONGEST)}

    symbols = traitlets.List(traitlets.Unicode()).tag(sync=True)
    end = traitlets.Int().tag(sync=True)
    start = traitlets.Int().tag(sync=True)
    written = traitlets.List(traitlets.Int()).tag(sync=True)
    temperature = traitlets.Float(1.0).tag(sync=True)
    top_k = traitlets.Int().tag(sync=True)
    top_p = traitlets.Float(1.0).tag(sync=True)
    dice = traitlets.List(traitlets.Float()).tag(sync=True)

    def __init__(self, compute, next_scores, symbols, *, start, end, text=""):
        if not callable(next_scores):
            raise InputError(f"next_scores should be a function, yours is {str(next_scores)[:60]!r}.")
        names = token_list(symbols, name="symbols")
        self._next_scores = next_scores
        unknown = [letter for letter in text if letter not in names]
        if unknown:
            raise InputError(f"{unknown[0]!r} in text is not one of the symbols.")
        super().__init__(
            compute, symbols=names, start=start, end=end, top_k=len(names), written=[names.index(x) for x in text],
            limits={**self.LIMITS, "top_k": (1, len(names))},
        )  # fmt: skip
        self._answer()
        if self.problem:
            raise InputError(self.problem)

    @setting("temperature", "top_k", "top_p")
    def _within(self, name, value):
        return self.within_limits(name, value)

    @setting("written")
    def _some_symbols(self, name, value):
        if len(value) > LONGEST + 1 or not all(0 <= symbol < len(self.symbols) for symbol in value):
            raise InputError(f"written should be up to {LONGEST + 1} integers from 0 to {len(self.symbols) - 1}.")
        if self.end in value[:-1]:
            raise InputError("nothing can be written after the end.")
        return value

    @setting("dice")
    def _from_0_to_1(self, name, value):
        if len(value) > 100 * (LONGEST + 1) or not all(0 <= one < 1 for one in value):
            raise InputError("dice should be numbers from 0 to 1, at most 2100.")
        return value

    def _ask(self):
        scores = self._scores(self.written)
        settings = {name: getattr(self, name) for name in self.OBSERVES}
        heated = self._chosen(scores, None)
        shown = {"scores": pack(scores), "heated": pack(heated), "kept": pack(self._kept(scores))}
        if self.dice == self.result.get("dice", []):  # the words stay until others are asked for
            return {**settings, **shown, "words": self.result.get("words", []), "how": self.result.get("how", "")}
        return {**settings, **shown, "words": self._words(), "how": self._how()}

    def _scores(self, written):
        """Of the next symbol: (vocab,), as an array."""
        return numbers("next_scores", ask(self._next_scores, [self.start, *written]), len(self.symbols))

    def _chosen(self, scores, top_k):
        """What the learner's function makes of the scores: (vocab,), with the sum 1."""
        given = as_given(scores, None)
        found = between_0_and_1(self.compute_name, ask(self._compute, given, self.temperature, top_k), len(scores))
        if abs(found.sum() - 1) > 1e-3:
            raise InputError(f"{self.compute_name} should give probabilities with the sum 1, it is {found.sum():.3g}.")
        return found

    def _kept(self, scores):
        return nucleus(self._chosen(scores, self.top_k if self.top_k < len(scores) else None), self.top_p)

    def _words(self):
        """A word for every 21 of the dice: a list of text."""
        size = LONGEST + 1
        return [self._word(self.dice[first : first + size]) for first in range(0, len(self.dice), size)]

    def _word(self, dice):
        written = []
        for throw in dice:
            symbol = drawn(self._kept(self._scores(written)), throw)
            if symbol == self.end:
                return "".join(self.symbols[one] for one in written)
            written.append(symbol)
        return "".join(self.symbols[one] for one in written) + "…"

    def _how(self):
        kept = "all" if self.top_k == len(self.symbols) else str(self.top_k)
        return f"temperature {self.temperature:.2f}, top-k {kept}, top-p {self.top_p:.2f}"

    @property
    def scores(self):
        """Of each next symbol: (vocab,)."""
        return unpack(self.result["scores"], len(self.symbols))

    @property
    def heated(self):
        """Probabilities at the temperature, before anything is cut: (vocab,)."""
        return unpack(self.result["heated"], len(self.symbols))

    @property
    def probabilities(self):
        """What is kept, with the sum 1: (vocab,)."""
        return unpack(self.result["kept"], len(self.symbols))

    @property
    def text(self):
        """What is written so far, the end as a box."""
        return "".join("□" if symbol == self.end else self.symbols[symbol] for symbol in self.result["written"])

    @property
    def words(self):
        """The words that the last dice wrote: a list of text."""
        return list(self.result["words"])

    def facts(self):
        return {"text": repr(self.text), "temperature": round(self.temperature, 2), "top_k": self.top_k,
                "top_p": round(self.top_p, 2)}  # fmt: skip

    def alt(self):
        best = self.symbols[int(self.probabilities.argmax())]
        return (f"Bars of what may follow “{self.text}”: scores, probabilities at temperature {self.temperature:.2f}, "
                f"and the {np.count_nonzero(self.probabilities)} that are kept; the likeliest is {best}.")  # fmt: skip

    def picture(self):
        """Three columns of bars for the best symbols."""
        order = np.argsort(-self.scores, kind="stable")[:SHOWN]
        names = [self.symbols[symbol] for symbol in order]
        figure, axes = blank(columns=3, width=3, height=3.4)
        heated = f"temperature {self.temperature:.2f}"
        columns = {"scores": self.scores, heated: self.heated, "kept": self.probabilities}
        for ax, (title, values) in zip(axes, columns.items(), strict=True):
            bars(values[order], names, title=title, ax=ax)
        return figure
