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
