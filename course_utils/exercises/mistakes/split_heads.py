"""What people get wrong in split_heads: how the features are cut, and which axis ends up where."""

from itertools import permutations

import torch

from ...model.multi_head import split_heads
from ..engine import Mistake
from ..slips import of_results

RETURNS = {"heads": "batch n_heads length d_k"}
WORDS = {"b": "batch", "l": "length", "h": "n_heads", "k": "d_k"}


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


def permuted(order, cut="blhk"):
    """Cut into the axes `cut`, the right ones unless given, but put into another order."""
    return lambda X, n_heads: reshaped(cut)(X, n_heads).permute([cut.index(name) for name in order])


def interleaved(X, n_heads):
    return permuted("bhlk", cut="blkh")(X, n_heads)


def d_k_heads(X, n_heads):
    """n_heads taken for the size of a head."""
    batch, length, d_k, n_pieces = sizes(X, n_heads)
    return X.reshape(batch, length, n_pieces, d_k).transpose(1, 2)


def tokens_cut(X, n_heads):
    batch, length, d_model = X.shape
    return X.reshape(batch, n_heads, length // n_heads, d_model)


def pieces(X, n_heads):
    return X.chunk(n_heads, dim=-1)


def axes(order):
    return f"({', '.join(WORDS[name] for name in order)})"


def other_orders():
    """The right cut, and each order of the axes that has no sentence of its own."""
    for order in map("".join, permutations("blhk")):
        if order not in ("bhlk", "blhk", "bhkl", "blkh", "hblk"):
            hint = f"The cut is right, but the axes come out as {axes(order)}. They should be {axes('bhlk')}: only two axes change places."
            yield Mistake(f"axes {axes(order)}", permuted(order), hint)


def other_reshapes():
    """One reshape straight to another order of the axes."""
    for order in map("".join, permutations("blhk")):
        if order not in ("bhlk", "blhk", "blkh"):
            hint = f"You reshape straight to {axes(order)}. A reshape may cut nothing but the last axis, into (n_heads, d_k); then two axes change places."
            yield Mistake(f"reshape to {axes(order)}", reshaped(order), hint)


WHOLE = "A size must be a whole number, and / always gives a float. Use //: d_k = d_model // n_heads."
KEEP_FOUR = "Batch and heads are folded into one axis. Keep four: (batch, n_heads, length, d_k)."
MISTAKES = (
    Mistake("reshape without transpose", reshaped("bhlk"),
            "The shape is right, but tokens are mixed: a reshape keeps all numbers in their order and only draws new borders. "
            "So it may cut nothing but the last axis. Which two axes must then change places?"),
    Mistake("heads left on axis 2", reshaped("blhk"),
            "The cut is right, but the heads still stand behind the tokens. Attention works on the last two axes: "
            "bring them to (batch, n_heads, length, d_k) with transpose(1, 2)."),
    Mistake("every n_heads-th feature", interleaved,
            "Each head gets every n_heads-th feature. The features of one head are neighbours: cut into (n_heads, d_k), not (d_k, n_heads)."),
    Mistake("every n_heads-th feature, heads last", reshaped("blkh"),
            "You cut the last axis into (d_k, n_heads) and left the heads there. Cut it into (n_heads, d_k), then bring the heads to axis 1."),
    Mistake("features before tokens", permuted("bhkl"),
            "The last two axes are the wrong way round: (batch, n_heads, length, d_k), tokens as rows."),
    Mistake("n_heads and d_k swapped", permuted("blkh"),
            "The cut is right, but you swapped the two new axes. Tokens and heads must change places: axes 1 and 2."),
    Mistake("heads first", permuted("hblk"),
            "The heads stand before the batch. The batch comes first, (batch, n_heads, length, d_k). torch.split and chunk give a tuple of pieces: make one tensor of it with torch.stack(pieces, dim=1)."),
    Mistake("cut after the swap", lambda X, n_heads: X.transpose(1, 2).reshape([X.shape[0], n_heads, X.shape[1], -1]),
            "You swap tokens and features before the cut, so a head gets pieces of other tokens. First cut the last axis into (n_heads, d_k), then swap axes 1 and 2."),
    *other_orders(),
    *other_reshapes(),
    Mistake("d_k is no whole number", lambda X, n_heads: X.reshape(X.shape[0], X.shape[1], n_heads, X.shape[2] / n_heads), WHOLE),
    Mistake("d_k is no whole number, in view", lambda X, n_heads: X.view(X.shape[0], X.shape[1], n_heads, X.shape[2] / n_heads), WHOLE),
    Mistake("split with a float", lambda X, n_heads: torch.split(X, X.shape[2] / n_heads, dim=-1), WHOLE),
    Mistake("pieces of n_heads features", lambda X, n_heads: X.split(n_heads, dim=-1),
            "torch.split takes the size of a piece, d_k, not how many pieces. And of its pieces make one tensor: torch.stack(pieces, dim=1)."),
    Mistake("copies, no cut", lambda X, n_heads: X.unsqueeze(1).repeat(1, n_heads, 1, 1),
            "Every head gets all features. Cut the last axis into n_heads pieces; do not repeat it."),
    Mistake("batch and heads folded by a reshape", reshaped(("bh", "l", "k")),
            "Batch and heads are folded into one axis, and a plain reshape mixes tokens as well. Keep four axes."),
    Mistake("batch and heads folded", lambda X, n_heads: split_heads(X, n_heads).flatten(0, 1), f"The cut is right. {KEEP_FOUR}"),
    Mistake("heads folded into the batch, heads first", lambda X, n_heads: torch.cat(pieces(X, n_heads), dim=0), f"The pieces are right, but torch.cat joins them along the batch. {KEEP_FOUR} torch.stack(pieces, dim=1) makes a new axis."),
    Mistake("heads behind each other", lambda X, n_heads: torch.cat(pieces(X, n_heads), dim=1), "The pieces are right, but torch.cat joins them along the tokens. torch.stack(pieces, dim=1) makes a new axis for the heads."),
    Mistake("pieces of the tokens", lambda X, n_heads: torch.stack(X.chunk(n_heads, dim=1), dim=1), "You cut the tokens into groups. Every head sees all tokens, but only a part of their features: cut along the last axis, dim=-1."),
    Mistake("n_heads taken for d_k", d_k_heads, "You made pieces of n_heads features. n_heads says how many pieces; each has d_model / n_heads features."),
    Mistake("tokens cut", tokens_cut, "You cut the tokens into groups. Every head sees all tokens, but only a part of their features."),
    Mistake("one head kept", lambda X, n_heads: X[..., : X.shape[-1] // n_heads],
            "That is the first head alone. Give back all n_heads pieces, along a new axis 1."),
    Mistake("the first head for all", lambda X, n_heads: torch.stack([pieces(X, n_heads)[0]] * n_heads, dim=1), "Every head holds the first d_k features. Head h holds those from h * d_k to (h + 1) * d_k."),
    Mistake("one feature further for each head", lambda X, n_heads: torch.stack([X[..., h : h + X.shape[-1] // n_heads] for h in range(n_heads)], dim=1),
            "Head h begins at feature h, so the pieces overlap. It begins at h * d_k."),
    Mistake("heads in reverse", lambda X, n_heads: split_heads(X, n_heads).flip(1), "The heads come in reverse: head 0 holds the first d_k features."),
    Mistake("sentence 0 only", lambda X, n_heads: split_heads(X, n_heads)[0], "Only the first sentence of the batch comes back. Keep the batch in front: (batch, n_heads, length, d_k)."),
    Mistake("scaled", lambda X, n_heads: split_heads(X, n_heads) / (X.shape[-1] // n_heads) ** 0.5, "You divide by the root of d_k. That is for the scores; here nothing is computed, the numbers only move."),
    Mistake("not cut", lambda X, n_heads: X, "X comes back as it was. Cut its last axis into (n_heads, d_k), then bring the heads to axis 1."),
    Mistake("not cut, heads in front", lambda X, n_heads: X.unsqueeze(1), "X has a new axis, but it is not cut. Cut its last axis into (n_heads, d_k), then bring the heads to axis 1."),
    *of_results(split_heads, RETURNS, without=("on its side", "largest only", "place of the largest", "places in order", "softmax down the columns", "exp", "tanh", "softmax")),
)  # fmt: skip
