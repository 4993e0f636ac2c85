"""Lesson 03: the heads' pieces side by side again."""

import torch

from ..model.multi_head import merge_heads
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("one head", (normal(2, 1, 3, 4),)),
        Case("batch 2, 2 heads, 3 tokens, d_k 4", (normal(2, 2, 3, 4),)),
        Case("batch 3, 4 heads, 5 tokens, d_k 2", (normal(3, 4, 5, 2),)),
        Case("as many heads as tokens", (normal(2, 3, 3, 5),)),
        Case("everything of size 4", (normal(4, 4, 4, 4),)),
        Case("one token", (normal(2, 3, 1, 4),)),
        Case("X as split_heads makes it", (normal(2, 5, 3, 4).transpose(1, 2),)),
    ]


def straight(X):
    batch, n_heads, length, d_k = X.shape
    return X.reshape(batch, length, n_heads * d_k)


def view_after_transpose(X):
    batch, n_heads, length, d_k = X.shape
    return X.transpose(1, 2).view(batch, length, n_heads * d_k)


def interleaved(X):
    return X.permute(0, 2, 3, 1).flatten(2)


MISTAKES = (
    Mistake("reshape without transpose", straight,
            "The shape is right, but reshaping (batch, n_heads, length, d_k) at once mixes heads and tokens. Transpose back to (batch, length, n_heads, d_k) first."),
    Mistake("view after transpose", view_after_transpose,
            "view needs memory in order, and transpose only changes how it is read. Use reshape, or .contiguous().view(...)."),
    Mistake("mean over the heads", lambda X: X.mean(1), "You average the heads, and what each found is lost. Put them side by side: n_heads * d_k features."),
    Mistake("sum over the heads", lambda X: X.sum(1), "You add the heads up, and what each found is lost. Put them side by side: n_heads * d_k features."),
    Mistake("largest over the heads", lambda X: X.amax(1), "You keep the largest number of all heads. Put the heads side by side: n_heads * d_k features."),
    Mistake("features interleaved", interleaved,
            "The heads' features are interleaved. One head's features stay neighbours: (length, n_heads, d_k) before the reshape."),
    Mistake("joined along the tokens", lambda X: X.flatten(1, 2),
            "The heads are joined along the tokens: n_heads * length rows. Join them along the features, the last axis."),
    Mistake("features by tokens", lambda X: X.transpose(-2, -1).flatten(1, 2),
            "Rows and columns have changed places: (batch, length, d_model), one row for each token."),
    Mistake("axes swapped, not joined", lambda X: X.transpose(1, 2), "The axes are in the right order; now join the last two into one of n_heads * d_k features."),
    Mistake("heads in reverse", lambda X: merge_heads(X.flip(1)), "The heads come in reverse: head 0 gives the first d_k features."),
    Mistake("the first head only", lambda X: X[:, 0], "That is the first head alone. Put all heads side by side."),
    Mistake("not joined", lambda X: X, "X comes back as it was. Bring the heads next to their features, then join the last two axes."),
    Mistake("joined with the batch", lambda X: torch.cat(list(X), dim=-1),
            "You join the sentences of the batch. Join the heads, axis 1, and leave the batch alone."),
    Mistake("batch lost", lambda X: X.permute(2, 0, 1, 3).flatten(1), "Batch and heads are joined together. The batch stays an axis of its own."),
)  # fmt: skip

EXERCISE = Exercise(
    name="merge_heads",
    lesson="03_multi_head",
    reference=merge_heads,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "The two moves of split_heads, backwards: first swap the axes back, then join the last two.",
        "`X.transpose(1, 2)` gives (batch, length, n_heads, d_k); `reshape` to (batch, length, n_heads * d_k).",
    ),
    points=2,
    minutes=4,
    returns={"joined": "batch length d_model"},
)
