"""Lesson 03: the features of every token, cut into heads."""

import torch

from ..model.multi_head import split_heads
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("one head: all features stay together", (normal(2, 3, 4), 1)),
        Case("batch 2, 3 tokens, d_model 8, 2 heads", (normal(2, 3, 8), 2)),
        Case("batch 2, 5 tokens, d_model 12, 4 heads", (normal(2, 5, 12), 4)),
        Case("as many heads as tokens", (normal(2, 4, 12), 4)),
        Case("everything of size 4", (normal(4, 4, 4), 4)),
        Case("one token", (normal(2, 1, 6), 3)),
        Case("X is a transposed view", (normal(2, 6, 5).transpose(1, 2), 3)),
    ]


def sizes(X, n_heads):
    """batch, length, n_heads, d_k: what X is cut into."""
    return X.shape[0], X.shape[1], n_heads, X.shape[2] // n_heads


def reshaped(order):
    """Reshape alone, straight to the named axes."""

    def wrong(X, n_heads):
        batch, length, n_heads, d_k = sizes(X, n_heads)
        axes = {"b": batch, "l": length, "h": n_heads, "k": d_k, "bh": batch * n_heads}
        return X.reshape([axes[name] for name in order])

    return wrong


def permuted(*axes):
    """Cut the right way into (batch, length, n_heads, d_k), but put in another order."""
    return lambda X, n_heads: X.reshape(sizes(X, n_heads)).permute(axes)


def interleaved(X, n_heads):
    batch, length, n_heads, d_k = sizes(X, n_heads)
    return X.reshape(batch, length, d_k, n_heads).permute(0, 3, 1, 2)


def d_k_heads(X, n_heads):
    """n_heads taken for the size of a head."""
    batch, length, d_k, n_pieces = sizes(X, n_heads)
    return X.reshape(batch, length, n_pieces, d_k).transpose(1, 2)


def tokens_cut(X, n_heads):
    batch, length, d_model = X.shape
    return X.reshape(batch, n_heads, length // n_heads, d_model)


def heads_backwards(X, n_heads):
    return split_heads(X, n_heads).flip(1)


MISTAKES = (
    Mistake("reshape without transpose", reshaped("bhlk"),
            "The shape is right, but tokens are mixed: a reshape keeps all numbers in their order and only draws new borders. "
            "So it may cut nothing but the last axis. Which two axes must then change places?"),
    Mistake("heads left on axis 2", reshaped("blhk"),
            "The cut is right, but the heads still stand behind the tokens. Attention works on the last two axes: "
            "bring them to (batch, n_heads, length, d_k) with transpose(1, 2)."),
    Mistake("every n_heads-th feature", interleaved,
            "Each head gets every n_heads-th feature. The features of one head are neighbours: cut into (n_heads, d_k), not (d_k, n_heads)."),
    Mistake("every n_heads-th feature, heads last", lambda X, n_heads: interleaved(X, n_heads).permute(0, 2, 3, 1),
            "You cut the last axis into (d_k, n_heads) and left the heads there. Cut it into (n_heads, d_k), then bring the heads to axis 1."),
    Mistake("features before tokens", permuted(0, 2, 3, 1),
            "The last two axes are the wrong way round: (batch, n_heads, length, d_k), tokens as rows."),
    Mistake("n_heads and d_k swapped", permuted(0, 1, 3, 2),
            "The cut is right, but you swapped the two new axes. Tokens and heads must change places: axes 1 and 2."),
    Mistake("d_k is no whole number", lambda X, n_heads: X.reshape(X.shape[0], X.shape[1], n_heads, X.shape[2] / n_heads),
            "A size must be a whole number, and / always gives a float. Use //: d_k = d_model // n_heads."),
    Mistake("d_k is no whole number, in view", lambda X, n_heads: X.view(X.shape[0], X.shape[1], n_heads, X.shape[2] / n_heads),
            "A size must be a whole number, and / always gives a float. Use //: d_k = d_model // n_heads."),
    Mistake("split with a float", lambda X, n_heads: torch.split(X, X.shape[2] / n_heads, dim=-1),
            "A size must be a whole number, and / always gives a float. Use //: d_k = d_model // n_heads."),
    Mistake("pieces of n_heads features", lambda X, n_heads: X.split(n_heads, dim=-1),
            "torch.split takes the size of a piece, d_k, not how many pieces. And of its pieces make one tensor: torch.stack(pieces, dim=1)."),
    Mistake("copies, no cut", lambda X, n_heads: X.unsqueeze(1).repeat(1, n_heads, 1, 1),
            "Every head gets all features. Cut the last axis into n_heads pieces; do not repeat it."),
    Mistake("heads first", permuted(2, 0, 1, 3),
            "The heads stand before the batch. The batch comes first, (batch, n_heads, length, d_k). torch.split and chunk give a tuple of pieces: make one tensor of it with torch.stack(pieces, dim=1)."),
    Mistake("batch and heads folded by a reshape", reshaped(("bh", "l", "k")),
            "Batch and heads are folded into one axis, and a plain reshape mixes tokens as well. Keep four axes."),
    Mistake("batch and heads folded", lambda X, n_heads: split_heads(X, n_heads).flatten(0, 1),
            "The cut is right, but batch and heads are folded into one axis. Keep four: (batch, n_heads, length, d_k)."),
    Mistake("n_heads taken for d_k", d_k_heads, "You made pieces of n_heads features. n_heads says how many pieces; each has d_model / n_heads features."),
    Mistake("tokens cut", tokens_cut, "You cut the tokens into groups. Every head sees all tokens, but only a part of their features."),
    Mistake("one head kept", lambda X, n_heads: X[..., : X.shape[-1] // n_heads],
            "That is the first head alone. Give back all n_heads pieces, along a new axis 1."),
    Mistake("heads in reverse", heads_backwards, "The heads come in reverse: head 0 holds the first d_k features."),
    Mistake("not cut", lambda X, n_heads: X, "X comes back as it was. Cut its last axis into (n_heads, d_k), then bring the heads to axis 1."),
)  # fmt: skip

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
    returns={"heads": "batch n_heads length d_k"},
)
