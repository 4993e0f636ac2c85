"""Lesson 02: scores, softmax, weighted sum."""

import math

import torch

from ..model.attention import attention
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    Q, K = normal(2, 4), normal(3, 4)
    Q[:, -1], K[:, -1] = 64, 32  # adds 64 · 32 / √4 = 1024 to every score: softmax must not overflow
    return [
        Case("one key: its value comes back", (normal(2, 4), normal(1, 4), normal(1, 5))),
        Case("2 queries, 3 keys, d_k = 4, d_v = 5", (normal(2, 4), normal(3, 4), normal(3, 5))),
        Case("everything of size 4", (normal(4, 4), normal(4, 4), normal(4, 4))),
        Case("a batch of 2: 3 queries, 4 keys", (normal(2, 3, 5), normal(2, 4, 5), normal(2, 4, 6))),
        Case("batch 2 and 3 heads", (normal(2, 3, 4, 5), normal(2, 3, 6, 5), normal(2, 3, 6, 7))),
        Case("K is a transposed view", (normal(2, 3), normal(3, 5).T, normal(5, 4))),
        Case("scores of 1000", (Q, K, normal(3, 5))),
    ]


def with_scores(make_scores, dim=-1):
    """An attention whose scores are made in another way."""

    def wrong(Q, K, V):
        weights = torch.softmax(make_scores(Q, K, V), dim=dim)
        return weights @ V, weights

    return wrong


def products(Q, K):
    return Q @ K.transpose(-2, -1)


def scaled(Q, K, V=None):
    return products(Q, K) / math.sqrt(K.shape[-1])


def overflowing(Q, K, V):
    exps = scaled(Q, K).exp()
    weights = exps / exps.sum(-1, keepdim=True)
    return weights @ V, weights


def unnormalised(Q, K, V):
    weights = scaled(Q, K).exp()
    return weights @ V, weights


def scaled_after(Q, K, V):
    weights = torch.softmax(products(Q, K), -1) / math.sqrt(K.shape[-1])
    return weights @ V, weights


def causal(Q, K, V):
    scores = scaled(Q, K)
    weights = torch.softmax(scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf), -1)
    return weights @ V, weights


def exchanged(Q, K, V):
    weights = torch.softmax(scaled(Q, K).transpose(-2, -1), -1)
    return weights @ V, weights


LEFT_OVER = (
    "Your scores are divided by the same number whatever the keys are. Is it written down as a number, or a d_k left over "
    "from another cell? Take it from the argument: K.shape[-1]."
)


def fixed_scale(d_k):
    """One mistake for each d_k that may be left over in a notebook."""
    return Mistake(f"always the root of {d_k}", with_scores(lambda Q, K, V: products(Q, K) / math.sqrt(d_k)), LEFT_OVER)


MISTAKES = (
    Mistake("no scaling", with_scores(lambda Q, K, V: products(Q, K)),
            "The scores are not scaled. Divide them by the square root of d_k, the size of the last axis of K."),
    Mistake("divided by d_k", with_scores(lambda Q, K, V: products(Q, K) / K.shape[-1]), "You divide by d_k; the formula has its square root."),
    Mistake("multiplied by the root", with_scores(lambda Q, K, V: products(Q, K) * math.sqrt(K.shape[-1])),
            "You multiply by the square root of d_k; divide by it."),
    Mistake("root of the number of keys", with_scores(lambda Q, K, V: products(Q, K) / math.sqrt(K.shape[-2])),
            "You scale by the number of keys. d_k is the size of one key vector: K.shape[-1], not K.shape[-2]."),
    Mistake("root of d_v", with_scores(lambda Q, K, V: products(Q, K) / math.sqrt(V.shape[-1])),
            "You scale by the size of a value vector; use that of a key vector, K.shape[-1]."),
    Mistake("root of the number of queries", with_scores(lambda Q, K, V: products(Q, K) / math.sqrt(Q.shape[-2])),
            "You scale by the number of queries. d_k is the size of one key vector: K.shape[-1]."),
    Mistake("size of the first axis", with_scores(lambda Q, K, V: products(Q, K) / math.sqrt(K.shape[0])),
            "You scale by the first axis of K. d_k is the last one: K.shape[-1]."),
    *map(fixed_scale, (2, 3, 8, 16, 32, 64, 128, 256, 512, 1024)),
    Mistake("softmax over the queries", with_scores(scaled, -2),
            "The softmax runs over the queries. Each query shares out its attention over the keys: the last axis, dim=-1."),
    Mistake("softmax over axis 1", with_scores(scaled, 1), "softmax over axis 1 is right only for a matrix; write dim=-1, the last axis."),
    Mistake("softmax over axis 0", with_scores(scaled, 0), "The softmax runs over the first axis. It belongs over the keys: the last axis, dim=-1."),
    Mistake("K.T on a batch", lambda Q, K, V: with_scores(lambda Q, K, V: Q @ K.T / math.sqrt(K.shape[-1]))(Q, K, V),
            "K.T reverses all axes. With a batch, swap only the last two: K.transpose(-2, -1)."),
    Mistake("K not transposed", with_scores(lambda Q, K, V: Q @ K / math.sqrt(K.shape[-1])),
            "K is not transposed. Rows of Q meet rows of K: Q @ K.transpose(-2, -1)."),
    Mistake("queries and keys exchanged", exchanged, "The scores lie on their side: rows are queries, columns are keys, so Q comes first."),
    Mistake("gives back the scores", lambda Q, K, V: (attention(Q, K, V)[0], scaled(Q, K)),
            "Your second result is the scores. Give back the weights: after the softmax."),
    Mistake("two results exchanged", lambda Q, K, V: attention(Q, K, V)[::-1], "The two results are in the wrong order: return out, weights."),
    Mistake("no softmax", lambda Q, K, V: (scaled(Q, K) @ V, scaled(Q, K)), "There is no softmax: the scores go straight into the weighted sum."),
    Mistake("weights unused", lambda Q, K, V: (scaled(Q, K) @ V, attention(Q, K, V)[1]), "The sum uses the scores; multiply the weights with V."),
    Mistake("averages the keys", lambda Q, K, V: (attention(Q, K, V)[1] @ K, attention(Q, K, V)[1]),
            "You average the keys. Keys only say where to look; what is added up are the values, V."),
    Mistake("weights turned round in the sum", lambda Q, K, V: (attention(Q, K, V)[1].transpose(-2, -1) @ V, attention(Q, K, V)[1]),
            "The weights are right, but they are transposed in the sum. Each query's row of weights meets the rows of V: weights @ V."),
    Mistake("overflow", overflowing, "exp overflows on large scores. Subtract each row's maximum first, or use your own softmax."),
    Mistake("not normalised", unnormalised, "The exponentials are not divided by their sum, so a row does not sum to 1."),
    Mistake("scaled after the softmax", scaled_after, "You scale the weights, after the softmax, so rows no longer sum to 1. Scale the scores, before it."),
    Mistake("causal", causal, "You forbid looking ahead. No mask is asked for here; masks come in lesson 05."),
    Mistake("only out", lambda Q, K, V: attention(Q, K, V)[0], "Give back two results: return out, weights."),
    Mistake("only the weights", lambda Q, K, V: attention(Q, K, V)[1], "Give back two results: return out, weights."),
)  # fmt: skip

EXERCISE = Exercise(
    name="attention",
    lesson="02_softmax_attention",
    reference=attention,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Three stages, one line each: scores (dot products, divided by the root of d_k), weights (softmax of each row), out.",
        "`scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])`; then `softmax`, then `weights @ V`.",
    ),
    points=3,
    minutes=8,
    returns={"out": "q_len d_v", "weights": "q_len k_len"},
    rules=(
        (lambda out, weights: bool((weights >= 0).all()), "Some weights are negative; after a softmax none is."),
        (lambda out, weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of weights must sum to 1: softmax over the keys."),
    ),
)
