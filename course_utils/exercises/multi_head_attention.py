"""Lesson 03: attention in several heads at once."""

import math

from ..model.multi_head import multi_head_attention
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.multi_head_attention import MISTAKES, RETURNS


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    X, *Ws, n_heads = arguments(fixed, 2, 4, 6, 2)
    return [
        Case("one head, 4 tokens, d_model 4", arguments(fixed, 2, 4, 4, 1)),
        Case("batch 2, 3 tokens, d_model 8, 2 heads", arguments(fixed, 2, 3, 8, 2)),
        Case("batch 2, 5 tokens, d_model 12, 4 heads", arguments(fixed, 2, 5, 12, 4)),
        Case("as many heads as tokens", arguments(fixed, 2, 3, 12, 3)),
        Case("everything of size 4", arguments(fixed, 4, 4, 4, 4)),
        Case("one token", arguments(fixed, 2, 1, 6, 3)),
        Case("the W are transposed views", (X, *(W.T for W in Ws), n_heads)),
        Case("batch 3, 4 tokens, d_model 10, 2 heads", arguments(normal, 3, 4, 10, 2)),
    ]


def arguments(normal, batch, length, d_model, n_heads):
    """X, W_Q, W_K, W_V, W_O, n_heads; the numbers so large that the heads do not all look alike."""
    X, *Ws = normal(batch, length, d_model), *(4 * normal(d_model, d_model) for _ in range(4))
    return (2 * X, *(W / math.sqrt(d_model) for W in Ws), n_heads)


EXERCISE = Exercise(
    name="multi_head_attention",
    lesson="03_multi_head",
    reference=multi_head_attention,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Four steps: project X three ways, split each, attend, merge and multiply by W_O. Your functions of the lessons so far do all of it.",
        "`Q = split_heads(X @ W_Q, n_heads)`, and K and V in the same way; `heads, weights = attention(Q, K, V)`; then `merge_heads`, and `@ W_O` last.",
    ),
    points=3,
    minutes=8,
    returns=RETURNS,
    rules=(
        (lambda out, weights: bool((weights >= 0).all()), "Some weights are negative; after a softmax none is."),
        (lambda out, weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of each head must sum to 1: softmax over the keys, dim=-1."),
    ),
    by_hand=frozenset({"multi_head_attention_forward", "_native_multi_head_attention"}),
)
