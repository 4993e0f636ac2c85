"""Lesson 05: attention that obeys a mask."""

import torch

from ..model.masks import causal_mask, masked_attention, padding_mask
from .assemblies.attending import MASKED
from .attention import rounded
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.masked_attention import MISTAKES, RETURNS

TINY = 0.003  # the inputs are so mild that no allowed key of a first case weighs less


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    some = torch.tensor([[True, False, True], [False, True, True]])
    words = padding_mask(torch.tensor([2, 4]), 4)  # (2, 4)
    per_head = torch.arange(24).reshape(2, 3, 2, 2).remainder(5) != 1  # (2, 3, 2, 2)
    return [
        Case("1 query, 2 keys, one forbidden", (fixed(1, 4), fixed(2, 4), fixed(2, 5), torch.tensor([[True, False]]))),
        Case("2 queries, 3 keys, d_k = 4, d_v = 5", (2 * fixed(2, 4), 2 * fixed(3, 4), fixed(3, 5), some)),
        Case("nothing forbidden", (2 * fixed(2, 4), 2 * fixed(3, 4), fixed(3, 5), some | True)),
        Case("causal, everything of size 4", (2 * fixed(4, 4), 2 * fixed(4, 4), fixed(4, 4), causal_mask(4))),
        Case("a batch of 2, one causal mask for all", (2 * fixed(2, 3, 5), 2 * fixed(2, 3, 5), fixed(2, 3, 6), causal_mask(3))),
        Case("a batch of 2, padding mask (2, 1, 4)", (2 * fixed(2, 3, 5), 2 * fixed(2, 4, 5), fixed(2, 4, 6), words[:, None])),
        Case("batch 2, 3 heads, padding and causal together",
             (fixed(2, 3, 4, 5), fixed(2, 3, 4, 5), fixed(2, 3, 4, 6), words[:, None, None] & causal_mask(4))),
        Case("another mask for each head", (fixed(2, 3, 2, 5), fixed(2, 3, 2, 5), fixed(2, 3, 2, 4), per_head)),
        Case("K and the mask are transposed views", (fixed(2, 3), fixed(3, 5).T, fixed(5, 4), causal_mask(5).T[2:4])),
        *far_cases(fixed),
        Case("a batch of 2: 2 queries, 3 keys", (2 * normal(2, 2, 4), 2 * normal(2, 3, 4), normal(2, 3, 5), some)),
    ]  # fmt: skip


def far_cases(normal):
    """Scores far from 0: the forbidden key fits best, some scores are large, every score is far below 0."""
    mask = torch.tensor([[True, False, True, True], [False, True, True, False]])

    def shifted(query, key):
        Q, K = rounded(normal(2, 4)), rounded(normal(4, 4))
        Q[:, -1], K[:, -1] = torch.tensor(query), torch.tensor(key)  # adds query · key / √4 to the scores
        return Q, K

    best = mask & torch.tensor([True, False, True, False])
    return [
        Case("the forbidden keys fit best", (*shifted([8, 8], [10, 30, 10, 30]), normal(4, 5), best)),
        Case("some scores of 1000", (*shifted([64, 0], [32, 32, 0, 32]), normal(4, 5), mask)),
        Case("scores of -1000", (*shifted([64, 64], [-32, -32, -32, -32]), normal(4, 5), mask)),
    ]


EXERCISE = Exercise(
    name="masked_attention",
    lesson="05_masking",
    reference=masked_attention,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "One line more than `attention`: between the scores and the softmax, each forbidden score becomes -inf, because exp(-inf) = 0.",
        "`scores.masked_fill(~mask, -torch.inf)` fills where the mask is False, and broadcasts a smaller mask.",
    ),
    points=3,
    minutes=8,
    assembly=MASKED,
    returns=RETURNS,
    rules=(
        (lambda out, weights: bool((weights >= 0).all()), "Some weights are negative; after a softmax none is."),
        (
            lambda out, weights: not ((weights > 0) & (weights < TINY)).any(),
            "A forbidden key has a tiny weight, and tiny is not 0: fill with -torch.inf.",
        ),
        (
            lambda out, weights: abs(weights.sum(-1) - 1).max() < 1e-3,
            "Each row of weights must sum to 1: mask the scores, then softmax over the keys.",
        ),
    ),
)
