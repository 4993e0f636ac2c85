"""Lesson 03: attention in several heads at once."""

import math

import torch

from ..model.attention import attention
from ..model.multi_head import merge_heads, multi_head_attention, split_heads
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .merge_heads import interleaved as interleaved_merge
from .merge_heads import straight
from .split_heads import interleaved, reshaped


def cases(seed):
    normal = random_inputs(seed)

    def inputs(batch, length, d_model, n_heads):
        X, *Ws = normal(batch, length, d_model), *(4 * normal(d_model, d_model) for _ in range(4))
        return (2 * X, *(W / math.sqrt(d_model) for W in Ws), n_heads)

    X, *Ws, n_heads = inputs(2, 4, 6, 2)
    return [
        Case("one head", inputs(2, 3, 4, 1)),
        Case("batch 2, 3 tokens, d_model 8, 2 heads", inputs(2, 3, 8, 2)),
        Case("batch 2, 5 tokens, d_model 12, 4 heads", inputs(2, 5, 12, 4)),
        Case("as many heads as tokens", inputs(2, 3, 12, 3)),
        Case("everything of size 4", inputs(4, 4, 4, 4)),
        Case("one token", inputs(2, 1, 6, 3)),
        Case("the W are transposed views", (X, *(W.T for W in Ws), n_heads)),
    ]


def built(split=split_heads, attend=attention, merge=merge_heads, last=lambda joined, W_O: joined @ W_O):
    """multi_head_attention with one part made in another way."""

    def wrong(X, W_Q, W_K, W_V, W_O, n_heads):
        Q, K, V = (split(X @ W, n_heads) for W in (W_Q, W_K, W_V))
        heads, weights = attend(Q, K, V)
        return last(merge(heads), W_O), weights

    return wrong


def scores_over(divisor=lambda K: math.sqrt(K.shape[-1]), dim=-1):
    """attention with scores divided by something else, or a softmax along another axis; 0 means heads and keys."""

    def attend(Q, K, V):
        scores = Q @ K.transpose(-2, -1) / divisor(K)
        if dim == 0:
            shared = scores.transpose(1, 2).flatten(2).softmax(-1)
            weights = shared.unflatten(2, (Q.shape[1], -1)).transpose(1, 2)
        else:
            weights = torch.softmax(scores, dim)
        return weights @ V, weights

    return attend


def raw_scores(Q, K):
    return Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])


def causal(Q, K, V):
    scores = raw_scores(Q, K)
    weights = scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).softmax(-1)
    return weights @ V, weights


def x_is_cut(X, W_Q, W_K, W_V, W_O, n_heads):
    """Each head sees its own slice of X and its own block of each W."""
    blocks = [torch.block_diag(*(block.chunk(n_heads, 1)[i] for i, block in enumerate(W.chunk(n_heads, 0)))) for W in (W_Q, W_K, W_V)]
    return multi_head_attention(X, *blocks, W_O, n_heads)


def copied_heads(X, W_Q, W_K, W_V, W_O, n_heads):
    """Every head attends with all features, so all heads are the same."""
    out, weights = attention(X @ W_Q, X @ W_K, X @ W_V)
    return out @ W_O, weights.unsqueeze(1).repeat(1, n_heads, 1, 1)


def afterwards(change):
    """The right results, changed afterwards."""

    def wrong(*args):
        return change(*multi_head_attention(*args))

    return wrong


def exchanged(*order):
    """The four W in another order."""

    def wrong(X, W_Q, W_K, W_V, W_O, n_heads):
        Ws = (W_Q, W_K, W_V, W_O)
        return multi_head_attention(X, *(Ws[i] for i in order), n_heads)

    return wrong


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
    Mistake("merged interleaved", built(merge=interleaved_merge), "You join the heads with their features interleaved. One head's features stay neighbours."),
    Mistake("scaled by d_model", built(attend=scores_over(lambda K: math.sqrt(K.shape[1] * K.shape[-1]))),
            "The scores are divided by the root of d_model. Each head's keys have only d_k = d_model / n_heads features: use the root of that."),
    Mistake("not scaled", built(attend=scores_over(lambda K: 1)), "The scores are not scaled. Divide them by the square root of d_k, the size of one head's key."),
    Mistake("divided by d_k", built(attend=scores_over(lambda K: K.shape[-1])), "The scores are divided by d_k; the formula has its square root. attention does that already: do not scale a second time."),
    Mistake("root of n_heads", built(attend=scores_over(lambda K: math.sqrt(K.shape[1]))), "You scale by the number of heads. Use d_k, the size of one head's key."),
    Mistake("root of the length", built(attend=scores_over(lambda K: math.sqrt(K.shape[2]))), "You scale by the number of tokens. Use d_k, the size of one head's key."),
    Mistake("softmax shared over the heads", built(attend=scores_over(dim=0)),
            "One softmax is shared by all heads, so they take weight from each other. Each row of each head sums to 1 by itself: dim=-1."),
    Mistake("softmax over the heads", built(attend=scores_over(dim=1)),
            "The softmax runs over the heads, axis 1. Each head shares out its attention over the keys: dim=-1."),
    Mistake("softmax over the queries", built(attend=scores_over(dim=-2)),
            "The softmax runs over the queries. Each query shares out its attention over the keys: dim=-1."),
    Mistake("X is cut, not the projections", x_is_cut,
            "You cut X first, so a head sees only its own slice of each token. Project all of X first, X @ W_Q, and cut the result."),
    Mistake("X is split, then multiplied", lambda X, W_Q, *rest: split_heads(X, rest[-1]) @ W_Q if rest[-1] > 1 else multi_head_attention(X, W_Q, *rest),
            "You split X first, and a head's d_k numbers do not fit the d_model rows of W_Q. Project all of X, X @ W_Q, and split the result."),
    Mistake("not projected", lambda X, W_Q, W_K, W_V, W_O, n_heads: multi_head_attention(X, *[torch.eye(len(W_O))] * 3, W_O, n_heads),
            "X is cut and used as it is. Project it first: X @ W_Q, X @ W_K, X @ W_V."),
    Mistake("one wide head", built(split=lambda Y, n_heads: Y, merge=lambda heads: heads),
            "That is one head with all d_model features: n_heads is not used. Cut Q, K and V before attention."),
    Mistake("every head the same", copied_heads, "All heads use all features, so all see the same. Cut Q, K and V into n_heads pieces before attention."),
    Mistake("copies, no cut", built(lambda Y, n_heads: Y.unsqueeze(1).repeat(1, n_heads, 1, 1)),
            "Every head gets all d_model features, so the joined heads are too wide for W_O. Cut the features into n_heads pieces."),
    Mistake("heads averaged", built(merge=lambda heads: heads.mean(1)),
            "The joined heads do not fit W_O: they are averaged or added up, or some are missing. Put all of them side by side: n_heads * d_k features."),
    Mistake("d_k numbers against d_model rows", built(merge=lambda heads: heads, last=lambda heads, W_O: merge_heads(heads @ W_O)),
            "One head's d_k numbers do not fit the d_model rows of a W. Two places to look: W_Q, W_K, W_V take all of X, before split_heads; "
            "W_O comes after merge_heads, which joins the heads along the features."),
    Mistake("not joined before W_O", built(merge=lambda heads: heads),
            "The heads meet W_O one by one, but one head's d_k numbers do not fit its d_model rows. First merge_heads(heads), then @ W_O."),
    Mistake("results not unpacked", built(merge=lambda heads: merge_heads((heads,))),
            "attention gives back two results in one tuple. Take them apart: heads, weights = attention(Q, K, V)."),
    Mistake("results not unpacked, own merge", built(merge=lambda heads: (heads,).transpose(1, 2)),
            "attention gives back two results in one tuple. Take them apart: heads, weights = attention(Q, K, V)."),
    Mistake("results scaled", built(merge=lambda heads: merge_heads(heads) / math.sqrt(heads.shape[-1])),
            "What the heads found is divided by the root of d_k. Only the scores are scaled, and attention does that already."),
    Mistake("out divided by n_heads", lambda *args: (multi_head_attention(*args)[0] / args[-1], multi_head_attention(*args)[1]),
            "out is divided by the number of heads. Nothing is averaged: W_O weighs the heads."),
    Mistake("W transposed", lambda X, W_Q, W_K, W_V, W_O, n_heads: multi_head_attention(X, W_Q.T, W_K.T, W_V.T, W_O.T, n_heads),
            "The weights are transposed, as nn.Linear keeps them. Here a row of X times W: `X @ W_Q`."),
    Mistake("W_O transposed", lambda X, W_Q, W_K, W_V, W_O, n_heads: multi_head_attention(X, W_Q, W_K, W_V, W_O.T, n_heads),
            "W_O is transposed. The joined heads times W_O: `joined @ W_O`."),
    Mistake("Q and K exchanged", exchanged(1, 0, 2, 3), "Queries and keys have changed places: Q = X @ W_Q asks, K = X @ W_K answers."),
    Mistake("K and V exchanged", exchanged(0, 2, 1, 3), "Keys and values have changed places: K = X @ W_K, V = X @ W_V."),
    Mistake("keys with W_Q", exchanged(0, 0, 2, 3), "Your keys are made with W_Q; they need W_K."),
    Mistake("values with W_K", exchanged(0, 1, 1, 3), "Your values are made with W_K; they need W_V."),
    Mistake("W_O on the values", exchanged(0, 1, 3, 2), "W_V and W_O have changed places: W_V makes the values, W_O comes last."),
    Mistake("weights averaged", afterwards(lambda out, weights: (out, weights.mean(1))),
            "Your weights are averaged over the heads. Give back one table for each head: (batch, n_heads, length, length)."),
    Mistake("two results exchanged", afterwards(lambda out, weights: (weights, out)), "The two results are in the wrong order: return out, weights."),
    Mistake("only out", afterwards(lambda out, weights: out), "Give back two results: return out, weights."),
    Mistake("only the weights", afterwards(lambda out, weights: weights), "Give back two results: return out, weights."),
    Mistake("heads first in the weights", afterwards(lambda out, weights: (out, weights.transpose(0, 1))),
            "In your weights the heads stand before the batch: (batch, n_heads, length, length) is asked for."),
    Mistake("scores instead of weights", built(attend=lambda Q, K, V: (attention(Q, K, V)[0], raw_scores(Q, K))),
            "Your second result is the scores. Give back the weights: after the softmax."),
    Mistake("no softmax", built(attend=lambda Q, K, V: (raw_scores(Q, K) @ V, raw_scores(Q, K))), "There is no softmax: the scores go straight into the weighted sum."),
    Mistake("not joined", built(merge=lambda heads: heads, last=lambda heads, W_O: heads), "The heads are not joined, and W_O is not used. merge_heads(heads) @ W_O makes out."),
    Mistake("heads added up", built(merge=lambda heads: heads.sum(1).repeat(1, 1, heads.shape[1])),
            "The heads are added up. Put them side by side instead, so that W_O can tell them apart."),
    Mistake("X added", lambda X, *rest: (X + multi_head_attention(X, *rest)[0], multi_head_attention(X, *rest)[1]),
            "X is added to the result. That is the residual of lesson 07; here give back what the heads found."),
    Mistake("causal", built(attend=causal), "You forbid looking ahead. No mask is asked for here; masks come in lesson 05."),
)  # fmt: skip

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
    returns={"out": "batch length d_model", "weights": "batch n_heads length length"},
    rules=(
        (lambda out, weights: bool((weights >= 0).all()), "Some weights are negative; after a softmax none is."),
        (lambda out, weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of each head must sum to 1: softmax over the keys, dim=-1."),
    ),
    by_hand=frozenset({"multi_head_attention_forward", "_native_multi_head_attention"}),
)
