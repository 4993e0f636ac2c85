"""HeadsMap: where all heads of a model look in one sentence, and one of them large, word by word."""

from __future__ import annotations

import numpy as np
import traitlets

from ..errors import InputError
from ..plots import head_maps
from .base import setting
from .esm import module, stylesheet
from .given import between_0_and_1, pack, token_list, unpack
from .learner import FunctionWidget, ask

MOST_TOKENS = 32
LONGEST = 400  # characters of a sentence
MOST_LAYERS, MOST_HEADS = 12, 16


class HeadsMap(FunctionWidget):
    """A small map for every head of every layer, and the chosen one large. Rows look, columns are looked at.

    compute: sentence -> (tokens, weights), run in Python at each new sentence; weights (n_layers, n_heads, length,
    length) and as many tokens as length, at most 32.
    sentences: to choose from; the first is shown.  own: may the reader type others?  layer, head: the one shown large.

    Set sentence, layer and head at will; read `tokens` and `weights`: (n_layers, n_heads, length, length).
    """

    _esm = module("heads_map")
    _css = stylesheet("heads_map.css")
    OBSERVES = ("sentence",)

    sentences = traitlets.List(traitlets.Unicode()).tag(sync=True)
    own = traitlets.Bool(True).tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    layer = traitlets.Int(0).tag(sync=True)
    head = traitlets.Int(0).tag(sync=True)

    def __init__(self, compute, sentences, *, own=True, layer=0, head=0):
        sentences = [sentences] if isinstance(sentences, str) else list(sentences)
        if not sentences or not all(isinstance(one, str) and one.strip() for one in sentences):
            raise InputError("sentences should be one or more texts, the first of which is shown.")
        self._shape = None
        super().__init__(compute, sentences=sentences, own=bool(own), sentence=sentences[0])
        self.result = self._ask()
        n_layers, n_heads = self._shape = self.result["shape"]
        self.limits = {"layer": (0, n_layers - 1), "head": (0, n_heads - 1)}
        self.layer, self.head = layer, head
        self._answer()

    @setting("layer", "head")
    def _one_of_them(self, name, value):
        return self.within_limits(name, value) if self.limits else value

    @setting("sentence")
    def _may_be_asked(self, name, value):
        if not self.own and value not in self.sentences:
            raise InputError(f"sentence should be one of these {len(self.sentences)}; others are not stored.")
        return value

    @property
    def tokens(self):
        """The pieces of the sentence, as shown."""
        return self.result["tokens"]

    @property
    def weights(self):
        """(n_layers, n_heads, length, length), as shown."""
        length = len(self.tokens)
        return unpack(self.result["weights"], *self.result["shape"], length, length)

    def _ask(self):
        if not self.sentence.strip():
            raise InputError("Type at least one word.")
        if len(self.sentence) > LONGEST:
            raise InputError(f"The sentence has {len(self.sentence)} characters; this picture has room for {LONGEST}.")
        answer, name = ask(self._compute, self.sentence), self.compute_name
        if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
            raise InputError(f"{name} should give back two results, tokens and weights.")
        tokens = token_list(answer[0], most=LONGEST + 2)
        if len(tokens) > MOST_TOKENS:
            raise InputError(f"The sentence has {len(tokens)} pieces; this picture has room for {MOST_TOKENS}.")
        axes = self._shape or (None, None)
        weights = between_0_and_1(f"{name}: weights", answer[1], *axes, len(tokens), len(tokens))
        n_layers, n_heads = weights.shape[:2]
        if n_layers > MOST_LAYERS or n_heads > MOST_HEADS:
            room = f"{MOST_LAYERS} layers of {MOST_HEADS} heads"
            raise InputError(f"There is room for {room}; these are {n_layers} of {n_heads}.")
        return {"tokens": tokens, "shape": [n_layers, n_heads], "weights": pack(weights)}

    def facts(self):
        n_layers, n_heads = self.result["shape"]
        return {"layers": n_layers, "heads": n_heads, "tokens": len(self.tokens)}

    def alt(self):
        n_layers, n_heads = self.result["shape"]
        most = self.weights[self.layer, self.head].argmax(axis=-1)
        looks = ", ".join(f"“{token}” at “{self.tokens[key]}”" for token, key in zip(self.tokens, most))
        return (
            f"Small heat maps of attention, {n_layers} layers of {n_heads} heads, and one of them large: in layer "
            f"{self.layer}, head {self.head} these tokens look most at these: {looks}."
        )

    def picture(self):
        return head_maps(np.clip(self.weights, 0, 1), self.tokens, self.layer, self.head)
