"""What people get wrong in multi_head_attention: which W, how it is split and merged, what happens in a head."""

import math

import torch

from ...model.attention import attention
from ...model.multi_head import merge_heads, multi_head_attention, split_heads
from ..engine import Mistake
from ..merge_heads import interleaved as interleaved_merge
from ..merge_heads import straight
from ..slips import attending, both, changed, confused, each, flipped, of_results
from ..slips.attending import scaled
from ..slips.scores import EXCHANGED, FIXED, NOT_SCALED, divided
from ..slips.sums import SUMS
from ..slips.weights import AXES, EXPONENTIALS, NO_EXPONENTIALS
from .split_heads import interleaved, reshaped

RETURNS = {"out": "batch length d_model", "weights": "batch n_heads length length"}


def built(split=split_heads, attend=attention, merge=merge_heads, last=lambda joined, W_O: joined @ W_O):
    """multi_head_attention with one part made in another way."""

    def wrong(X, W_Q, W_K, W_V, W_O, n_heads):
        Q, K, V = (split(X @ W, n_heads) for W in (W_Q, W_K, W_V))
        heads, weights = attend(Q, K, V)
        return last(merge(heads), W_O), weights

    return wrong


def with_scores(scores):
    return built(attend=attending(scores))


def with_weights(weights):
    return built(attend=attending(weights=weights))


def shared_over_heads(scores):
    """One softmax for the keys of all heads."""
    shared = scores.transpose(1, 2).flatten(2).softmax(-1)
    return shared.unflatten(2, (scores.shape[1], -1)).transpose(1, 2)


def causal(scores):
    return scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).softmax(-1)


def x_is_cut(X, W_Q, W_K, W_V, W_O, n_heads):
    """Each head sees its own slice of X and its own block of each W."""
    blocks = [torch.block_diag(*(block.chunk(n_heads, 1)[i] for i, block in enumerate(W.chunk(n_heads, 0)))) for W in (W_Q, W_K, W_V)]
    return multi_head_attention(X, *blocks, W_O, n_heads)


def copied_heads(X, W_Q, W_K, W_V, W_O, n_heads):
    """Every head attends with all features, so all heads are the same."""
    out, weights = attention(X @ W_Q, X @ W_K, X @ W_V)
    return out @ W_O, weights.unsqueeze(1).repeat(1, n_heads, 1, 1)


def one_head_for_all(X, W_Q, W_K, W_V, W_O, n_heads):
    """Every head is the first one."""
    first = [W[:, : len(W) // n_heads].repeat(1, n_heads) for W in (W_Q, W_K, W_V)]
    return multi_head_attention(X, *first, W_O, n_heads)


def heads_one_column_apart(X, W_Q, W_K, W_V, W_O, n_heads):
    d_k = len(W_Q) // n_heads
    columns = [h + i for h in range(n_heads) for i in range(d_k)]
    return multi_head_attention(X, W_Q[:, columns], W_K[:, columns], W_V[:, columns], W_O, n_heads)


def cut_by_rows(X, W_Q, W_K, W_V, W_O, n_heads):
    """Rows of each W for a head, in place of columns."""
    rows = [torch.cat(W.chunk(n_heads, dim=0), dim=1) for W in (W_Q, W_K, W_V)]
    return multi_head_attention(X, *rows, W_O, n_heads)


def afterwards(change):
    """The right results, changed afterwards."""
    return lambda *args: change(*multi_head_attention(*args))


def heads_before_batch(out, weights):
    """Heads folded into the batch, heads first, and taken apart as if the batch came first."""
    return out, weights.transpose(0, 1).reshape(weights.shape)


def folded_heads_first(heads):
    """The same for what the heads found."""
    batch, n_heads, length, d_k = heads.shape
    return merge_heads(heads.transpose(0, 1).reshape(batch, n_heads, length, d_k))


def both_folded(X, W_Q, W_K, W_V, W_O, n_heads):
    heads, weights = attention(*(split_heads(X @ W, n_heads) for W in (W_Q, W_K, W_V)))
    return folded_heads_first(heads) @ W_O, heads_before_batch(None, weights)[1]


W = "W_Q W_K W_V W_O"
REVERSED = "Heads are folded into the batch with the heads in front, and taken apart as if the batch came first, so sentences and heads are mixed. Keep an axis for each: (batch, n_heads, length, d_k)."
NOT_UNPACKED = "attention gives back two results in one tuple. Take them apart: heads, weights = attention(Q, K, V)."
MISTAKES = (
    Mistake("W_O forgotten", built(last=lambda joined, W_O: joined),
            "W_O is not used. The joined heads go through it last: without it, no feature of one head ever meets another head's."),
    Mistake("split by reshape alone", built(reshaped("bhlk")),
            "You split with one reshape to (batch, n_heads, length, d_k), which mixes tokens. Cut the last axis, then transpose(1, 2); or use your split_heads."),
    Mistake("merged by reshape alone", built(merge=straight),
            "You join the heads without transposing first, which mixes heads and tokens. transpose(1, 2), then reshape; or use your merge_heads."),
    Mistake("both by reshape alone", built(reshaped("bhlk"), merge=straight),
            "You split and join by reshape alone, so a head sees pieces of other tokens. It needs a transpose(1, 2) both times."),
    Mistake("heads left on axis 2", built(reshaped("blhk"), merge=lambda heads: heads.flatten(2)),
            "Your heads attend to each other inside one token. Tokens must attend to tokens: bring the heads to axis 1 before attention."),
    Mistake("every n_heads-th feature", built(interleaved, merge=interleaved_merge),
            "Each head gets every n_heads-th feature. The features of one head are neighbours: cut into (n_heads, d_k)."),
    Mistake("split interleaved", built(interleaved), "You split so that each head gets every n_heads-th feature. The features of one head are neighbours: cut into (n_heads, d_k)."),
    Mistake("merged interleaved", built(merge=interleaved_merge), "You join the heads with their features interleaved. One head's features stay neighbours."),
    Mistake("weights: heads before batch", afterwards(heads_before_batch), REVERSED),
    Mistake("out: heads before batch", built(merge=folded_heads_first), REVERSED),
    Mistake("both: heads before batch", both_folded, REVERSED),
    Mistake("scaled by d_model", with_scores(divided(lambda Q, K, V: math.sqrt(K.shape[1] * K.shape[-1]))),
            "The scores are divided by the root of d_model. Each head's keys have only d_k = d_model / n_heads features: use the root of that."),
    Mistake(NOT_SCALED.name, with_scores(NOT_SCALED.wrong), "The scores are not scaled. Divide them by the square root of d_k, the size of one head's key."),
    Mistake("divided by d_k", with_scores(divided(lambda Q, K, V: K.shape[-1])), "The scores are divided by d_k; the formula has its square root. attention does that already: do not scale a second time."),
    Mistake("divided by d_model", with_scores(divided(lambda Q, K, V: K.shape[1] * K.shape[-1])), "The scores are divided by d_model. Divide them by the root of d_k = d_model / n_heads."),
    Mistake("multiplied by the root", with_scores(lambda Q, K, V: Q @ K.mT * math.sqrt(K.shape[-1])), "You multiply by the square root of d_k; divide by it."),
    Mistake("root of n_heads", with_scores(divided(lambda Q, K, V: math.sqrt(K.shape[1]))), "You scale by the number of heads. Use d_k, the size of one head's key."),
    Mistake("root of the length", with_scores(divided(lambda Q, K, V: math.sqrt(K.shape[2]))), "You scale by the number of tokens. Use d_k, the size of one head's key."),
    Mistake("scaled by d_k and by d_model", with_scores(divided(lambda Q, K, V: math.sqrt(K.shape[1]) * K.shape[-1])), "The scores are scaled twice: by the root of d_k, and once more by that of d_model. attention does it already."),
    *each(FIXED, with_scores),
    *each(EXCHANGED, with_scores, without=("queries with queries", "keys with keys", "queries with values", "queries and keys exchanged")),
    Mistake("softmax shared over the heads", with_weights(shared_over_heads),
            "One softmax is shared by all heads, so they take weight from each other. Each row of each head sums to 1 by itself: dim=-1."),
    Mistake("softmax over the heads", with_weights(lambda scores: scores.softmax(1)),
            "The softmax runs over the heads, axis 1. Each head shares out its attention over the keys: dim=-1."),
    *each(AXES, with_weights, without=("softmax over axis 1", "softmax over axis 2", "softmax without dim")),
    *each(EXPONENTIALS, with_weights, without=("overflow", "one maximum for everything")),
    *each(NO_EXPONENTIALS, with_weights),
    *each(SUMS, lambda out: built(attend=attending(out=out)), without=("averages the keys", "averages the queries", "sum scaled")),
    *both([NOT_SCALED], AXES[:1] + AXES[4:], lambda scores, weights: built(attend=attending(scores, weights))),
    *(Mistake(f"W_O forgotten; {name}", built(attend=attend, last=lambda joined, W_O: joined), f"Two things. W_O is not used: the joined heads go through it last. {hint}") for name, attend, hint in (
        ("no scaling", attending(NOT_SCALED.wrong), NOT_SCALED.hint), ("softmax over the queries", attending(weights=AXES[0].wrong), AXES[0].hint))),
    Mistake("W_O forgotten; merged by reshape alone", built(merge=straight, last=lambda joined, W_O: joined), "Two things. W_O is not used: the joined heads go through it last. And you join the heads without transposing first: transpose(1, 2), then reshape."),
    Mistake("causal", with_weights(causal), "You forbid looking ahead. No mask is asked for here; masks come in lesson 05."),
    Mistake("X is cut, not the projections", x_is_cut,
            "You cut X first, so a head sees only its own slice of each token. Project all of X first, X @ W_Q, and cut the result."),
    Mistake("columns from h, not from h times d_k", heads_one_column_apart, "Head h begins at column h, so the heads overlap. It has the columns from h * d_k to (h + 1) * d_k."),
    Mistake("W cut by rows", cut_by_rows, "You cut the rows of W for the heads. A head gets d_k columns of W_Q: W_Q[:, h * d_k : (h + 1) * d_k]."),
    Mistake("X is split, then multiplied", lambda X, W_Q, *rest: split_heads(X, rest[-1]) @ W_Q if rest[-1] > 1 else multi_head_attention(X, W_Q, *rest),
            "You split X first, and a head's d_k numbers do not fit the d_model rows of W_Q. Project all of X, X @ W_Q, and split the result."),
    Mistake("not projected", lambda X, W_Q, W_K, W_V, W_O, n_heads: multi_head_attention(X, *[torch.eye(len(W_O))] * 3, W_O, n_heads),
            "X is cut and used as it is. Project it first: X @ W_Q, X @ W_K, X @ W_V."),
    *(Mistake(f"{word} not projected", changed(multi_head_attention, {name: lambda W: torch.eye(len(W))}), f"The {word} are X itself, cut. Project first: X @ {name}.")
      for name, word in {"W_Q": "queries", "W_K": "keys", "W_V": "values"}.items()),
    Mistake("one wide head", built(split=lambda Y, n_heads: Y, merge=lambda heads: heads),
            "That is one head with all d_model features: n_heads is not used. Cut Q, K and V before attention."),
    Mistake("every head the same", copied_heads, "All heads use all features, so all see the same. Cut Q, K and V into n_heads pieces before attention."),
    Mistake("every head the first", one_head_for_all, "Every head is the first one. Head h has the columns from h * d_k to (h + 1) * d_k: does the loop's index change?"),
    Mistake("copies, no cut", built(lambda Y, n_heads: Y.unsqueeze(1).repeat(1, n_heads, 1, 1)),
            "Every head gets all d_model features, so the joined heads are too wide for W_O. Cut the features into n_heads pieces."),
    Mistake("heads averaged", built(merge=lambda heads: heads.mean(1)),
            "The joined heads do not fit W_O: they are averaged or added up, or some are missing. Put all of them side by side: n_heads * d_k features."),
    Mistake("d_k numbers against d_model rows", built(merge=lambda heads: heads, last=lambda heads, W_O: merge_heads(heads @ W_O)),
            "One head's d_k numbers do not fit the d_model rows of a W. Two places to look: W_Q, W_K, W_V take all of X, before split_heads; "
            "W_O comes after merge_heads, which joins the heads along the features."),
    Mistake("not joined before W_O", built(merge=lambda heads: heads),
            "The heads meet W_O one by one, but one head's d_k numbers do not fit its d_model rows. First merge_heads(heads), then @ W_O."),
    Mistake("results not unpacked", built(merge=lambda heads: merge_heads((heads,))), NOT_UNPACKED),
    Mistake("results not unpacked, own merge", built(merge=lambda heads: (heads,).transpose(1, 2)), NOT_UNPACKED),
    Mistake("results scaled", built(merge=lambda heads: merge_heads(heads) / math.sqrt(heads.shape[-1])),
            "What the heads found is divided by the root of d_k. Only the scores are scaled, and attention does that already."),
    Mistake("out divided by n_heads", lambda *args: (multi_head_attention(*args)[0] / args[-1], multi_head_attention(*args)[1]),
            "out is divided by the number of heads. Nothing is averaged: W_O weighs the heads."),
    Mistake("W_O first", lambda X, W_Q, W_K, W_V, W_O, n_heads: built(last=lambda joined, W_O: joined)(X @ W_O, W_Q, W_K, W_V, W_O, n_heads), "X meets W_O at the start. W_O comes last: merge_heads(heads) @ W_O."),
    *flipped(multi_head_attention, W, "A row of X times W, not as nn.Linear keeps them: `X @ W_Q`, and last `joined @ W_O`."),
    *confused(multi_head_attention, W, at_most=2),
    Mistake("weights averaged", afterwards(lambda out, weights: (out, weights.mean(1))),
            "Your weights are averaged over the heads, as nn.MultiheadAttention does. Give back one table for each head: (batch, n_heads, length, length)."),
    Mistake("weights added up", afterwards(lambda out, weights: (out, weights.sum(1))), "Your weights are added up over the heads. Give back one table for each head: (batch, n_heads, length, length)."),
    Mistake("weights of one head", afterwards(lambda out, weights: (out, weights[:, 0])), "You give back the weights of the first head alone. Give back one table for each head: (batch, n_heads, length, length)."),
    Mistake("weights of the last head", afterwards(lambda out, weights: (out, weights[:, -1])), "You give back the weights of the last head alone. Keep those of every round: (batch, n_heads, length, length)."),
    Mistake("heads first in the weights", afterwards(lambda out, weights: (out, weights.transpose(0, 1))),
            "In your weights the heads stand before the batch: (batch, n_heads, length, length) is asked for. torch.stack(tables, dim=1) puts them there."),
    Mistake("batch and heads folded in the weights", afterwards(lambda out, weights: (out, weights.flatten(0, 1))), "In your weights batch and heads are one axis. Keep both: (batch, n_heads, length, length)."),
    Mistake("scores instead of weights", built(attend=lambda Q, K, V: (attention(Q, K, V)[0], scaled(Q, K))),
            "Your second result is the scores. Give back the weights: after the softmax."),
    Mistake("not joined", built(merge=lambda heads: heads, last=lambda heads, W_O: heads), "The heads are not joined, and W_O is not used. merge_heads(heads) @ W_O makes out."),
    Mistake("heads added up", built(merge=lambda heads: heads.sum(1).repeat(1, 1, heads.shape[1])),
            "The heads are added up. Put them side by side instead, so that W_O can tell them apart."),
    Mistake("X added", lambda X, *rest: (X + multi_head_attention(X, *rest)[0], multi_head_attention(X, *rest)[1]),
            "X is added to the result. That is the residual of lesson 07; here give back what the heads found."),
    *of_results(multi_head_attention, RETURNS, without=("weights: without its sign", "weights: negative ones cut", "weights: divided by its sum")),
)  # fmt: skip
