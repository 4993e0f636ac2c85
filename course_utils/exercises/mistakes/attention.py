"""What people get wrong in attention: a part of it, two parts of it, or what is given back."""

import math

import torch

from ...model.attention import attention
from ..engine import Mistake
from ..slips import attending, both, each, of_results
from ..slips.attending import products, scaled
from ..slips.scores import EXCHANGED, FIXED, MEASURES, NOT_SCALED, ODD_SCALES, OTHER_ROOTS
from ..slips.sums import SUMS
from ..slips.weights import AXES, EXPONENTIALS, NO_EXPONENTIALS, OTHER_SCORES

RETURNS = {"out": "q_len d_v", "weights": "q_len k_len"}
UNSCALED = NOT_SCALED.wrong


def with_scores(scores):
    return attending(scores)


def with_scaled(scores):
    """The same, divided by the root of d_k."""
    return attending(lambda Q, K, V: scores(Q, K, V) / math.sqrt(K.shape[-1]))


def with_weights(weights):
    return attending(weights=weights)


def with_both(scores, weights):
    return attending(scores, weights)


def with_out(out):
    return attending(out=out)


def scaled_after(Q, K, V):
    return attending(UNSCALED, lambda scores: torch.softmax(scores, -1) / math.sqrt(K.shape[-1]))(Q, K, V)


def causal(Q, K, V):
    return attending(weights=lambda scores: scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).softmax(-1))(Q, K, V)


def of_table(table):
    """The right out, and another table in place of the weights."""
    return lambda Q, K, V: (attention(Q, K, V)[0], table(Q, K, V))


SCORES_BACK = "Your second result is the scores. Give back the weights: after the softmax."
MISTAKES = (
    Mistake(NOT_SCALED.name, with_scores(UNSCALED), NOT_SCALED.hint),
    *each(OTHER_ROOTS, with_scores),
    *each(ODD_SCALES, with_scores),
    *each(FIXED, with_scores, without=("always the root of 4",)),
    *each(EXCHANGED, with_scores),
    *each(MEASURES, with_scores),
    *(Mistake(f"{it.name}, scaled", it.wrong, it.hint) for it in each(MEASURES, with_scaled, without=("half the squared distance",))),
    *each(AXES, with_weights),
    *each(EXPONENTIALS, with_weights),
    *each(NO_EXPONENTIALS, with_weights),
    *each(OTHER_SCORES, with_weights, without=("scores counted twice", "scores halved")),
    *each(SUMS, with_out),
    *both([NOT_SCALED], AXES, with_both),
    *both([NOT_SCALED], EXPONENTIALS, with_both),
    *both([NOT_SCALED], NO_EXPONENTIALS[:1] + NO_EXPONENTIALS[2:4], with_both),
    *both(OTHER_ROOTS[:3], AXES, with_both),
    *both(OTHER_ROOTS[:3], EXPONENTIALS[:1] + EXPONENTIALS[2:3], with_both),
    *both([NOT_SCALED, *OTHER_ROOTS[:2]], SUMS[:3], lambda scores, out: attending(scores, out=out)),
    Mistake("out scaled, not the scores", lambda Q, K, V: attending(UNSCALED, out=lambda weights, Q, K, V: weights @ V / math.sqrt(K.shape[-1]))(Q, K, V),
            "You divide out by the root of d_k. It is the scores that are divided, before the softmax."),
    Mistake("K.T on a batch", with_scores(lambda Q, K, V: Q @ K.T / math.sqrt(K.shape[-1])),
            "K.T reverses all axes. With a batch, swap only the last two: K.transpose(-2, -1)."),
    Mistake("K.T on a batch, not scaled", with_scores(lambda Q, K, V: Q @ K.T), "K.T reverses all axes. With a batch, swap only the last two: K.transpose(-2, -1). And the scores are not scaled."),
    Mistake("scaled after the softmax", scaled_after, "You scale the weights, after the softmax, so rows no longer sum to 1. Scale the scores, before it."),
    Mistake("scaled before and after", with_out(lambda weights, Q, K, V: weights / math.sqrt(K.shape[-1]) @ V), "You divide out by the root of d_k as well. Only the scores are scaled."),
    Mistake("weights scaled as well", lambda Q, K, V: tuple(part / math.sqrt(K.shape[-1]) for part in attention(Q, K, V)), "You scale twice: the scores, and the weights too. Only the scores are scaled, before the softmax."),
    Mistake("causal", causal, "You forbid looking ahead. No mask is asked for here; masks come in lesson 05."),
    Mistake("causal in out alone", lambda Q, K, V: (causal(Q, K, V)[0], attention(Q, K, V)[1]), "out is made with a causal mask (is_causal=True?). No mask is asked for here; masks come in lesson 05."),
    Mistake("weights unused", lambda Q, K, V: (scaled(Q, K) @ V, attention(Q, K, V)[1]), "The sum uses the scores; multiply the weights with V."),
    Mistake("gives back the scores", of_table(scaled), SCORES_BACK),
    Mistake("gives back the scores, not scaled", of_table(lambda Q, K, V: products(Q, K)), SCORES_BACK),
    Mistake("out twice", lambda Q, K, V: (attention(Q, K, V)[0],) * 2, "You give back out twice. The second result is the weights, (q_len, k_len)."),
    Mistake("three results", lambda Q, K, V: (*attention(Q, K, V), scaled(Q, K)), "Give back two results: return out, weights. No third one."),
    Mistake("out of the first query", lambda Q, K, V: attention(Q[..., :1, :], K, V), "Only the first query is answered: is `return` inside the loop, or a [0] too many?"),
    Mistake("out of the last query", lambda Q, K, V: attention(Q[..., -1:, :], K, V), "Only the last query is answered: keep the result of every round."),
    *of_results(attention, RETURNS, without=("out: softmax", "weights: without its sign", "weights: negative ones cut", "weights: divided by its sum")),
)  # fmt: skip
