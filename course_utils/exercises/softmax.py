"""Lesson 02: weights from scores, without overflow."""

import torch

from ..model.attention import softmax
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.softmax import MISTAKES


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    hidden = fixed(2, 4)
    hidden[0, 1] = hidden[1, 3] = -torch.inf
    return [
        Case("one row of 4 scores", (fixed(1, 4),)),
        Case("2 queries, 3 keys", (fixed(2, 3),)),
        Case("3 queries, 3 keys", (fixed(3, 3),)),
        Case("a batch of 2: 3 queries, 4 keys", (fixed(2, 3, 4),)),
        Case("scores of 1000", (1000 + fixed(2, 3),)),
        Case("scores of -1000", (-1000 + fixed(2, 3),)),
        Case("one row of 1000, one of 0", (torch.tensor([[1000.0], [0.0]]) + fixed(2, 3),)),
        Case("one score far above the rest", (torch.tensor([[0.0, 0.0, 3000.0]]) + fixed(2, 3),)),
        Case("one score far below the rest", (torch.tensor([[0.0, 150.0, 150.0]]) + fixed(2, 3),)),
        Case("two scores of -inf", (hidden,)),
        Case("scores in a transposed view", (normal(4, 2).T,)),
        Case("batch 2, 3 heads, 2 queries, 5 keys", (3 * normal(2, 3, 2, 5),)),
    ]


EXERCISE = Exercise(
    name="softmax",
    lesson="02_softmax_attention",
    reference=softmax,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Which number may you subtract from every score of a row without changing its weights, and which choice keeps every exponent at or below 0?",
        "Three steps, each along the last axis: subtract each row's maximum, take exp, divide by each row's sum. "
        "`scores.max(dim=-1)` gives two things and drops that axis: which of the two do you need, and which argument keeps the axis?",
    ),
    points=2,
    minutes=6,
    returns={"weights": "q_len k_len"},
    rules=(
        (lambda weights: bool((weights >= 0).all()), "Some weights are negative; an exponential never is."),
        (lambda weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of weights must sum to 1."),
    ),
    by_hand=frozenset({"softmax", "special_softmax"}),
)
