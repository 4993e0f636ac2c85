"""Lesson 02: scores, softmax, weighted sum."""

import torch

from ..model.attention import attention
from .assemblies.attending import ATTENTION
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.attention import MISTAKES, RETURNS


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    Q, K = (rounded(fixed(rows, 4)) for rows in (2, 3))
    Q[:, -1], K[:, -1] = torch.tensor([64, 0]), torch.tensor([32, 0, 32])  # adds 64 · 32 / √4 = 1024 to two scores of query 0
    return [
        Case("one key: its value comes back", (fixed(2, 4), fixed(1, 4), fixed(1, 5))),
        Case("2 queries, 3 keys, d_k = 4, d_v = 5", (2 * fixed(2, 4), 2 * fixed(3, 4), fixed(3, 5))),
        Case("everything of size 4", (2 * fixed(4, 4), 2 * fixed(4, 4), fixed(4, 4))),
        Case("a batch of 2: 3 queries, 4 keys", (2 * fixed(2, 3, 5), 2 * fixed(2, 4, 5), fixed(2, 4, 6))),
        Case("batch 2 and 3 heads", (2 * fixed(2, 3, 4, 5), 2 * fixed(2, 3, 6, 5), fixed(2, 3, 6, 7))),
        Case("K is a transposed view", (fixed(2, 3), fixed(3, 5).T, fixed(5, 4))),
        Case("two scores of 1000, all others near 0", (Q, K, fixed(3, 5))),
        Case("a batch of 3: 2 queries, 5 keys", (2 * normal(3, 2, 4), 2 * normal(3, 5, 4), normal(3, 5, 3))),
    ]


def rounded(x):
    """To multiples of 1/16: so that scores of 1000 are still exact in float32."""
    return (16 * x).round() / 16


EXERCISE = Exercise(
    name="attention",
    lesson="02_softmax_attention",
    reference=attention,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Three stages, one line each: scores (dot products, divided by the root of d_k), weights (softmax of each row), out.",
        "`scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])`; then `softmax`, then `weights @ V`.",
    ),
    points=3,
    minutes=8,
    assembly=ATTENTION,
    returns=RETURNS,
    rules=(
        (lambda out, weights: bool((weights >= 0).all()), "Some weights are negative; after a softmax none is."),
        (lambda out, weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of weights must sum to 1: softmax over the keys."),
    ),
)
