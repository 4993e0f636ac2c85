"""Lesson 03: the heads' pieces side by side again."""

from itertools import permutations

import torch

from ..model.multi_head import merge_heads
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import of_results

RETURNS = {"joined": "batch length d_model"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("one head", (fixed(2, 1, 3, 4),)),
        Case("batch 2, 2 heads, 3 tokens, d_k 4", (fixed(2, 2, 3, 4),)),
        Case("batch 3, 4 heads, 5 tokens, d_k 2", (fixed(3, 4, 5, 2),)),
        Case("as many heads as tokens", (fixed(2, 3, 3, 5),)),
        Case("everything of size 4", (fixed(4, 4, 4, 4),)),
        Case("one token", (fixed(2, 3, 1, 4),)),
        Case("X as split_heads makes it", (fixed(2, 5, 3, 4).transpose(1, 2),)),
        Case("batch 2, 3 heads, 4 tokens, d_k 2", (normal(2, 3, 4, 2),)),
    ]


def joined(X):
    """The shape asked for."""
    batch, n_heads, length, d_k = X.shape
    return batch, length, n_heads * d_k


def straight(X):
    return X.reshape(joined(X))


def view_after_transpose(X):
    return X.transpose(1, 2).view(joined(X))


def interleaved(X):
    return X.permute(0, 2, 3, 1).flatten(2)


AXES = ("batch", "n_heads", "length", "d_k")


def other_orders():
    """Another order of the axes before the reshape; four of them have a sentence of their own."""
    for order in permutations(range(4)):
        if order not in ((0, 1, 2, 3), (0, 2, 1, 3), (0, 2, 3, 1), (0, 1, 3, 2)):
            hint = f"Before the reshape your axes are ({', '.join(AXES[i] for i in order)}), so heads and tokens are mixed. They should be (batch, length, n_heads, d_k)."
            yield Mistake(f"order {', '.join(AXES[i] for i in order)}", lambda X, order=order: X.permute(order).reshape(joined(X)), hint)


SIDE_BY_SIDE = "Put them side by side: n_heads * d_k features."
MISTAKES = (
    Mistake("reshape without transpose", straight,
            "The shape is right, but reshaping (batch, n_heads, length, d_k) at once mixes heads and tokens. Transpose back to (batch, length, n_heads, d_k) first."),
    Mistake("view after transpose", view_after_transpose,
            "view needs memory in order, and transpose only changes how it is read. Use reshape, or .contiguous().view(...)."),
    Mistake("last two axes swapped", lambda X: X.transpose(2, 3).reshape(joined(X)),
            "You swap tokens and features. Tokens and heads must change places: transpose(1, 2), then reshape."),
    *other_orders(),
    Mistake("mean over the heads", lambda X: X.mean(1), f"You average the heads, and what each found is lost. {SIDE_BY_SIDE}"),
    Mistake("sum over the heads", lambda X: X.sum(1), f"You add the heads up, and what each found is lost. {SIDE_BY_SIDE}"),
    Mistake("largest over the heads", lambda X: X.amax(1), f"You keep the largest number of all heads. {SIDE_BY_SIDE}"),
    Mistake("features interleaved", interleaved,
            "The heads' features are interleaved. One head's features stay neighbours: (length, n_heads, d_k) before the reshape."),
    Mistake("joined along the tokens", lambda X: X.flatten(1, 2),
            "The heads are joined along the tokens: n_heads * length rows. Join them along the features, the last axis."),
    Mistake("tokens joined with heads", lambda X: X.transpose(1, 2).flatten(1, 2),
            "Tokens and heads are joined into one axis. Join the last two, n_heads and d_k, and keep the tokens."),
    Mistake("features by tokens", lambda X: X.transpose(-2, -1).flatten(1, 2),
            "Rows and columns have changed places: (batch, length, d_model), one row for each token."),
    Mistake("each head's table as a row", lambda X: X.flatten(2), "Each head's whole table has become a row. Tokens are rows: swap heads and tokens first, then join the last two axes."),
    Mistake("each token's row in one", lambda X: X.transpose(1, 2).flatten(1), "All tokens stand in one row. Keep the axis of the tokens: join only the last two, n_heads and d_k."),
    Mistake("axes swapped, not joined", lambda X: X.transpose(1, 2), "The axes are in the right order; now join the last two into one of n_heads * d_k features."),
    Mistake("axes permuted, not joined", lambda X: X.permute(0, 2, 3, 1), "The heads are to stand before their features: transpose(1, 2). Then join the last two axes."),
    Mistake("heads in reverse", lambda X: merge_heads(X.flip(1)), "The heads come in reverse: head 0 gives the first d_k features."),
    Mistake("the first head only", lambda X: X[:, 0], "That is the first head alone. Put all heads side by side."),
    Mistake("the last head only", lambda X: X[:, -1], "That is the last head alone: is it written over in each round? Put all heads side by side."),
    Mistake("the first head for all", lambda X: merge_heads(X[:, :1].expand_as(X)), "Every head is the first one: does the loop's index never change?"),
    Mistake("last head missing", lambda X: merge_heads(X[:, :-1]), "The last head is missing: `range(n)` leaves n out already."),
    Mistake("first head missing", lambda X: merge_heads(X[:, 1:]), "The first head is missing: counting begins at 0."),
    Mistake("not joined", lambda X: X, "X comes back as it was. Bring the heads next to their features, then join the last two axes."),
    Mistake("heads joined along the batch", lambda X: torch.cat(list(X.unbind(1))), "The heads are joined along the batch. Join them along the features, the last axis: dim=-1."),
    Mistake("joined with the batch", lambda X: torch.cat(list(X), dim=-1),
            "You join the sentences of the batch. Join the heads, axis 1, and leave the batch alone."),
    Mistake("sentences joined along the tokens", lambda X: torch.cat(list(X), dim=1),
            "You join the sentences of the batch. Join the heads, axis 1, and leave the batch alone."),
    Mistake("batch and heads folded", lambda X: X.flatten(0, 1), "Batch and heads are folded into one axis. The batch stays; join n_heads and d_k, after a transpose."),
    Mistake("batch lost", lambda X: X.permute(2, 0, 1, 3).flatten(1), "Batch and heads are joined together. The batch stays an axis of its own."),
    Mistake("sentence 0 only", lambda X: merge_heads(X)[0], "Only the first sentence of the batch comes back. Keep the batch in front: (batch, length, d_model)."),
    Mistake("divided by the number of heads", lambda X: merge_heads(X) / X.shape[1], "You divide by the number of heads. Nothing is averaged; the numbers only move."),
    *of_results(merge_heads, RETURNS, without=("on its side",)),
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
    returns=RETURNS,
)
