"""The formulas that a widget without a function of the learner's goes by; its JavaScript has the same."""

from __future__ import annotations

import numpy as np


def softmax(scores):
    """Weights of the last axis; NaN in a row of nothing but -inf, where 0 is divided by 0."""
    with np.errstate(invalid="ignore"):  # -inf - -inf
        exps = np.exp(scores - scores.max(-1, keepdims=True))
    return exps / exps.sum(-1, keepdims=True)


def causal_mask(length):
    """(length, length), True = may look: at itself and at what came before."""
    return np.tri(length, dtype=bool)


def mean_cosine(X):
    """Of all pairs of rows of X (length, d_model); a row of zeros is like no other. 1.0 for a single row."""
    sizes = np.linalg.norm(X, axis=1, keepdims=True)
    units = X / np.where(sizes > 0, sizes, 1)
    length = len(X)
    return float(((units @ units.T).sum() - (units**2).sum()) / (length * (length - 1))) if length > 1 else 1.0


def nucleus(probabilities, top_p):
    """The most probable that together reach top_p, the one that crosses it too, brought to the sum 1: (vocab,)."""
    order = np.argsort(-probabilities, kind="stable")
    before = np.cumsum(probabilities[order]) - probabilities[order]
    kept = np.zeros_like(probabilities)
    kept[order] = np.where(before < top_p, probabilities[order], 0)
    return kept / kept.sum()


def drawn(probabilities, throw):
    """The place whose share of the line from 0 to 1 a throw, a number from 0 to 1, falls into."""
    place = np.searchsorted(np.cumsum(probabilities), throw, side="right")
    return min(int(place), int(np.flatnonzero(probabilities)[-1]))  # rounding may leave a gap at the end
