"""Lesson 05: attention that obeys a mask."""

import math

import torch

from ..model.attention import attention
from ..model.masks import causal_mask, masked_attention, padding_mask
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs

TINY = 0.003  # the inputs are so mild that no allowed key of a first case weighs less


def cases(seed):
    normal = random_inputs(seed)
    some = torch.tensor([[True, False, True], [False, True, True]])
    words = padding_mask(torch.tensor([2, 4]), 4)  # (2, 4)
    per_head = torch.arange(24).reshape(2, 3, 2, 2).remainder(5) != 1  # (2, 3, 2, 2)
    return [
        Case("1 query, 2 keys, one forbidden", (normal(1, 4), normal(2, 4), normal(2, 5), torch.tensor([[True, False]]))),
        Case("2 queries, 3 keys, d_k = 4, d_v = 5", (normal(2, 4), normal(3, 4), normal(3, 5), some)),
        Case("nothing forbidden", (normal(2, 4), normal(3, 4), normal(3, 5), some | True)),
        Case("causal, everything of size 4", (normal(4, 4), normal(4, 4), normal(4, 4), causal_mask(4))),
        Case("a batch of 2, one causal mask for all", (normal(2, 3, 5), normal(2, 3, 5), normal(2, 3, 6), causal_mask(3))),
        Case("a batch of 2, padding mask (2, 1, 4)", (normal(2, 3, 5), normal(2, 4, 5), normal(2, 4, 6), words[:, None])),
        Case("batch 2, 3 heads, padding and causal together",
             (normal(2, 3, 4, 5), normal(2, 3, 4, 5), normal(2, 3, 4, 6), words[:, None, None] & causal_mask(4))),
        Case("another mask for each head", (normal(2, 3, 2, 5), normal(2, 3, 2, 5), normal(2, 3, 2, 4), per_head)),
        Case("K and the mask are transposed views", (normal(2, 3), normal(3, 5).T, normal(5, 4), causal_mask(5).T[2:4])),
        *far_cases(normal),
    ]  # fmt: skip


def far_cases(normal):
    """Scores far from 0: the forbidden key fits best, every score is large, every score is far below 0."""
    mask = torch.tensor([[True, False, True, True], [False, True, True, False]])

    def shifted(query, key):
        Q, K = normal(2, 4), normal(4, 4)
        Q[:, -1], K[:, -1] = query, key  # adds query · key / √4 to the scores
        return Q, K

    Q, K = shifted(4, torch.tensor([3.0, 6.0, 3.0, 6.0]))
    best = mask & torch.tensor([True, False, True, False])
    return [
        Case("the forbidden keys fit best", (Q, K, normal(4, 5), best)),
        Case("scores of 1000", (*shifted(64, 32), normal(4, 5), mask)),
        Case("scores of -1000", (*shifted(64, -32), normal(4, 5), mask)),
    ]


def scaled(Q, K):
    return Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])


def hidden(scores, mask):
    return scores.masked_fill(~mask, -torch.inf)


def with_scores(change, dim=-1):
    """A masked attention in which the mask changes the scores in another way."""

    def wrong(Q, K, V, mask):
        weights = torch.softmax(change(scaled(Q, K), mask), dim)
        return weights @ V, weights

    return wrong


def with_weights(change):
    """A masked attention in which the mask changes the weights, after the softmax."""

    def wrong(Q, K, V, mask):
        weights = change(torch.softmax(scaled(Q, K), -1), mask)
        return weights @ V, weights

    return wrong


def scaled_otherwise(factor):
    return lambda Q, K, V, mask: with_scores(lambda scores, mask: hidden(scores * factor(Q, K), mask))(Q, K, V, mask)


def by_index(scores, mask):
    scores[~mask] = -torch.inf
    return scores


def masked_twice(weights, mask):
    return torch.softmax((weights * mask).masked_fill(~mask, -torch.inf), -1)


def overflowing(Q, K, V, mask):
    exps = hidden(scaled(Q, K), mask).exp()
    weights = exps / exps.sum(-1, keepdim=True)
    return weights @ V, weights


def own_causal(Q, K, V, mask):
    return masked_attention(Q, K, V, torch.ones(Q.shape[-2], K.shape[-2]).tril().bool())


def values_hidden(Q, K, V, mask):
    return attention(Q, K, V)[1] @ V, masked_attention(Q, K, V, mask)[1]


def mild(fill):
    """The mistake of a fill value that is not far enough below 0."""
    hint = "The fill value is not negative enough: a forbidden key still gets some weight. Use -torch.inf."
    return Mistake(f"fill {fill:g}", with_scores(lambda scores, mask: scores.masked_fill(~mask, fill)), hint)


SHORT = "You set weights to 0 after the softmax, so the rest no longer sums to 1. Mask the scores, before the softmax, with -torch.inf."
MISTAKES = (
    Mistake("mask upside down", with_scores(lambda scores, mask: scores.masked_fill(mask, -torch.inf)),
            "The mask is upside down: True means \"may look\", so fill where it is False: ~mask."),
    Mistake("mask upside down, -1e9", with_scores(lambda scores, mask: scores.masked_fill(mask, -1e9)),
            "The mask is upside down: True means \"may look\", so fill where it is False: ~mask."),
    Mistake("mask not used", lambda Q, K, V, mask: attention(Q, K, V), "The mask is not used: a forbidden key still gets weight."),
    Mistake("mask after the softmax", with_weights(lambda weights, mask: weights * mask), SHORT),
    Mistake("fill after the softmax", with_weights(lambda weights, mask: weights.masked_fill(~mask, -torch.inf)),
            "You put -inf among the weights, after the softmax. It belongs among the scores, before it."),
    Mistake("two softmaxes", with_weights(masked_twice), "Softmax runs twice: mask the scores, then one softmax."),
    Mistake("forbidden scores are 0", with_scores(lambda scores, mask: scores * mask),
            "Forbidden scores become 0 (or almost 0), but exp(0) = 1, so these keys keep some weight. Fill with -torch.inf: exp(-inf) = 0."),
    Mistake("mask added", with_scores(lambda scores, mask: scores + mask),
            "Adding the mask puts 1 between allowed and forbidden scores, which hides nothing. Put -torch.inf where the mask is False."),
    *map(mild, (-1, -2, -5, -10, -100)),
    Mistake("minus 10 added", with_scores(lambda scores, mask: scores - 10 * (~mask).float()),
            "You take 10 off the forbidden scores: these keys still get some weight. Put -torch.inf there."),
    Mistake("plus infinity", with_scores(lambda scores, mask: scores.masked_fill(~mask, torch.inf)),
            "+inf makes a forbidden key the best of all, and inf - inf is NaN. Use minus infinity."),
    Mistake("plus 1e9", with_scores(lambda scores, mask: scores.masked_fill(~mask, 1e9)),
            "The sign is wrong: +1e9 makes a forbidden key the best of all. Use -1e9 or -torch.inf."),
    Mistake("zero times infinity", with_scores(lambda scores, mask: scores + (~mask).float() * -torch.inf),
            "0 times infinity is NaN, not 0. Use scores.masked_fill(~mask, -torch.inf)."),
    Mistake("mask of the queries", with_scores(lambda scores, mask: hidden(scores, mask.transpose(-2, -1))),
            "The mask lies on its side. Its rows are queries and its columns keys, as in the scores: do not transpose it."),
    Mistake("index of another shape", with_scores(by_index),
            "scores[~mask] needs a mask of exactly the scores' shape. masked_fill and torch.where broadcast a smaller one."),
    Mistake("its own causal mask", own_causal, "You forbid looking ahead, whatever the mask says. Use the mask that is handed in."),
    Mistake("values not masked", values_hidden, "The weights are right, but the sum takes weights without the mask. Use the same ones for both: weights @ V."),
    Mistake("weights without the mask", lambda Q, K, V, mask: (masked_attention(Q, K, V, mask)[0], attention(Q, K, V)[1]),
            "out is right, but the weights you give back are made without the mask."),
    Mistake("softmax over the queries", with_scores(hidden, -2), "The softmax runs over the queries. Each query shares out over its keys: the last axis, dim=-1."),
    Mistake("softmax over axis 1", with_scores(hidden, 1), "softmax over axis 1 is right only for a matrix; write dim=-1, the last axis."),
    Mistake("no scaling", scaled_otherwise(lambda Q, K: math.sqrt(K.shape[-1])), "The scores are not scaled. Divide them by the square root of d_k, K.shape[-1]."),
    Mistake("divided by d_k", scaled_otherwise(lambda Q, K: 1 / math.sqrt(K.shape[-1])), "You divide by d_k; the formula has its square root."),
    Mistake("overflow", overflowing, "exp overflows on large scores. Subtract each row's maximum first, or use your own softmax."),
    Mistake("gives back the scores", lambda Q, K, V, mask: (masked_attention(Q, K, V, mask)[0], hidden(scaled(Q, K), mask)),
            "Your second result is the scores. Give back the weights: after the softmax."),
    Mistake("gives back the scores, -1e9", lambda Q, K, V, mask: (masked_attention(Q, K, V, mask)[0], scaled(Q, K).masked_fill(~mask, -1e9)),
            "Your second result is the scores. Give back the weights: after the softmax."),
    Mistake("queries and keys exchanged", lambda Q, K, V, mask: masked_attention(K, Q, V, mask), "Q and K have changed places: rows are queries, so Q comes first."),
    Mistake("two results exchanged", lambda Q, K, V, mask: masked_attention(Q, K, V, mask)[::-1], "The two results are in the wrong order: return out, weights."),
    Mistake("only out", lambda Q, K, V, mask: masked_attention(Q, K, V, mask)[0], "Give back two results: return out, weights."),
    Mistake("only the weights", lambda Q, K, V, mask: masked_attention(Q, K, V, mask)[1], "Give back two results: return out, weights."),
    Mistake("K.T on a batch", lambda Q, K, V, mask: (hidden(Q @ K.T / math.sqrt(K.shape[-1]), mask).softmax(-1) @ V, hidden(Q @ K.T / math.sqrt(K.shape[-1]), mask).softmax(-1)),
            "K.T turns round all axes. With a batch, swap only the last two: K.transpose(-2, -1)."),
)  # fmt: skip

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
    returns={"out": "q_len d_v", "weights": "q_len k_len"},
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
