"""Lesson 03: the features of every token, cut into heads."""

from ..model.multi_head import split_heads
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.split_heads import MISTAKES, RETURNS


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("one head: all features stay together", (fixed(2, 3, 4), 1)),
        Case("batch 2, 3 tokens, d_model 8, 2 heads", (fixed(2, 3, 8), 2)),
        Case("batch 2, 5 tokens, d_model 12, 4 heads", (fixed(2, 5, 12), 4)),
        Case("as many heads as tokens", (fixed(2, 4, 12), 4)),
        Case("everything of size 4", (fixed(4, 4, 4), 4)),
        Case("one token", (fixed(2, 1, 6), 3)),
        Case("X is a transposed view", (fixed(2, 6, 5).transpose(1, 2), 3)),
        Case("batch 3, 4 tokens, d_model 10, 2 heads", (normal(3, 4, 10), 2)),
    ]


EXERCISE = Exercise(
    name="split_heads",
    lesson="03_multi_head",
    reference=split_heads,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two moves. Cut the last axis in two, (n_heads, d_k), and leave the rest alone. Then swap two axes.",
        "`X.reshape(batch, length, n_heads, d_k)`, then `.transpose(1, 2)`.",
    ),
    points=2,
    minutes=5,
    returns=RETURNS,
)
