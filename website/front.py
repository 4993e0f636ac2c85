"""The front page's widget: the course's sentence, each word asking all others; and vectors for words of one's own."""

from __future__ import annotations

import base64
import json

import numpy as np
import probe

from course_utils.data import SENTENCE, embed
from course_utils.data.word_vectors import word_vector, words
from course_utils.widgets import AttentionView

TEMPERATURE = 2  # at 1 most words look at little but themselves


def widget() -> dict:
    """The state of the sentence's AttentionView, as a lesson's widgets are stored."""
    tokens, X = embed(SENTENCE)
    view = AttentionView(X, X, tokens=tokens, temperature=TEMPERATURE)
    return {**json.loads(probe.state_of(view, lambda view: None)), "still": view._repr_mimebundle_()[0]["image/png"]}


def vectors() -> str:
    """All words with their vectors, base64: the words, a line each, a zero byte, then 16-bit floats, 16 a word."""
    table = np.stack([word_vector(word).numpy() for word in words()]).astype("<f2")
    return base64.b64encode("\n".join(words()).encode() + b"\0" + table.tobytes()).decode()
