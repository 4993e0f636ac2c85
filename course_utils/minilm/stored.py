"""What scripts/store_minilm.py measured with MiniLM, for machines without it: maps of eight sentences, and numbers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import torch

from .files import is_fetched

DATA = Path(__file__).parent.parent / "data"
MAPS, NUMBERS, ORDER = (DATA / f"minilm_{name}" for name in ("maps.npz", "numbers.json", "order.json"))


@cache
def stored_maps():
    """Where all heads look in eight sentences: sentence -> (tokens, weights).

    weights: (n_layers, n_heads, length, length), stored in steps of 1/255, so each is off by at most 0.002.
    """
    with np.load(MAPS) as file:
        texts = json.loads(str(file["texts"]))  # [sentence, tokens] each
        return {
            sentence: (tokens, torch.from_numpy(file[f"maps_{i}"]) / 255) for i, (sentence, tokens) in enumerate(texts)
        }


@cache
def stored_order():
    """All 72 heads, the one to switch off first in front, as numbers 12 * layer + head: chosen greedily."""
    return json.loads(ORDER.read_text(encoding="utf-8"))


class Measured:
    """Numbers of the lesson: measured now if MiniLM is on this machine, else as they were stored.

    taken: what has been measured now, by name.
    """

    def __init__(self):
        self.taken = {}

    def __call__(self, name, measure):
        """measure() if the model is here, else what measure() gave when it was stored: numbers, texts, lists, dicts."""
        if not is_fetched():
            return json.loads(NUMBERS.read_text(encoding="utf-8"))[name]
        self.taken[name] = plain(measure())
        return self.taken[name]

    def __repr__(self):
        return "Measured()"


def plain(value):
    """The value as JSON has it, numbers to four decimals."""
    if isinstance(value, torch.Tensor | np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value
