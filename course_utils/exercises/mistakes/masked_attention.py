"""What people get wrong in masked_attention: what the mask does to scores or weights, and all that attention has."""

import math

import torch

from ...model.attention import attention
from ...model.masks import masked_attention
from ..engine import Mistake
from ..slips import each, of_results
from ..slips.attending import over_keys, products, scaled, weighted_sum
from ..slips.scores import EXCHANGED, FIXED, MEASURES, NOT_SCALED, ODD_SCALES, OTHER_ROOTS
from ..slips.sums import SUMS
from ..slips.weights import AXES, EXPONENTIALS, NO_EXPONENTIALS

RETURNS = {"out": "q_len d_v", "weights": "q_len k_len"}


def hidden(scores, mask):
    return scores.masked_fill(~mask, -torch.inf)


def masked(hide=hidden, scores=scaled, weights=over_keys, out=weighted_sum):
    """A masked attention put together from parts, each of which may be a wrong one."""

    def attend(Q, K, V, mask):
        found = weights(hide(scores(Q, K, V), mask))
        return out(found, Q, K, V), found

    return attend


def with_weights(change, for_sum=lambda weights, mask: weights):
    """The mask changes the weights after the softmax, and perhaps once more for the sum."""

    def wrong(Q, K, V, mask):
        weights = change(torch.softmax(scaled(Q, K), -1), mask)
        return for_sum(weights, mask) @ V, weights

    return wrong


def by_index(scores, mask):
    scores[~mask] = -torch.inf
    return scores


def masked_twice(weights, mask):
    return torch.softmax((weights * mask).masked_fill(~mask, -torch.inf), -1)


def triangle(rows, columns):
    return torch.ones(rows, columns).tril().bool()


def filled(fill):
    return lambda scores, mask: scores.masked_fill(~mask, fill)


def mild(fill):
    """The mistake of a fill value that is not far enough below 0."""
    hint = "The fill value is not negative enough: a forbidden key still gets some weight. Use -torch.inf."
    return Mistake(f"fill {fill:g}", filled(fill), hint)


def other_masks(name, change, hint):
    """The mistake of another mask, filled with minus infinity or with a large number; they differ where it hides a whole row."""
    yield Mistake(name, lambda scores, mask: hidden(scores, change(scores, mask)), hint)
    yield Mistake(f"{name}, -1e9", lambda scores, mask: scores.masked_fill(~change(scores, mask), -1e9), hint)


UPSIDE_DOWN = "The mask is upside down: True means \"may look\", so the forbidden keys are where it is False: ~mask."
STILL_SOME = "You take a little off the forbidden scores: these keys still get some weight. Put -torch.inf there."
PLUS = "The sign is wrong: a large positive number makes a forbidden key the best of all. Use -torch.inf."
NO_PRODUCT = "Forbidden scores become 0 (or almost 0, such as 1e-9), but exp(0) = 1, so these keys keep some weight. Fill with -torch.inf: exp(-inf) = 0."
HIDING = (
    Mistake("mask upside down", lambda scores, mask: scores.masked_fill(mask, -torch.inf), UPSIDE_DOWN),
    Mistake("mask upside down, -1e9", lambda scores, mask: scores.masked_fill(mask, -1e9), UPSIDE_DOWN),
    Mistake("mask upside down, -1e9 added", lambda scores, mask: scores + mask.to(scores.dtype) * -1e9, UPSIDE_DOWN),
    Mistake("mask upside down, forbidden are 0", lambda scores, mask: scores * ~mask, "Two things. The mask is upside down: True means \"may look\". And a score of 0 hides nothing, exp(0) = 1: fill with -torch.inf."),
    Mistake("mask not used", lambda scores, mask: scores,
            "The mask makes no difference: a forbidden key still gets its weight. Is the mask used at all? Is what masked_fill gives back kept? Or is the number as good as 0, 1e-9 in place of 1e9?"),
    Mistake("forbidden scores are 0", lambda scores, mask: scores * mask, NO_PRODUCT),
    Mistake("mask added", lambda scores, mask: scores + mask,
            "Adding the mask puts 1 between allowed and forbidden scores, which hides nothing. Put -torch.inf where the mask is False."),
    Mistake("mask subtracted", lambda scores, mask: scores - mask.to(scores.dtype),
            "Subtracting the mask takes 1 off the allowed scores, which hides nothing. Put -torch.inf where the mask is False."),
    *map(mild, (-1, -2, -3, -5, -9, -10, -20, -50, -100, -500, -1000)),
    *(Mistake(f"{-less:g} added", lambda scores, mask, less=less: scores - less * (~mask).to(scores.dtype), STILL_SOME) for less in (2, 5, 10, 50)),
    Mistake("smallest score", lambda scores, mask: scores.masked_fill(~mask, scores.min()), "Forbidden keys get the smallest score, and so still some weight. Use -torch.inf."),
    Mistake("plus infinity", filled(torch.inf), "+inf makes a forbidden key the best of all, and inf - inf is NaN. Use minus infinity."),
    Mistake("plus 1e9", filled(1e9), PLUS),
    Mistake("plus 1e9 added", lambda scores, mask: scores + (~mask).to(scores.dtype) * 1e9, PLUS),
    Mistake("one", filled(1.0), "Forbidden scores become 1, and so these keys keep some weight. Fill with -torch.inf: exp(-inf) = 0."),
    Mistake("forbidden scores turned round", lambda scores, mask: torch.where(mask, scores, -scores), "Forbidden scores only change their sign. Put -torch.inf there."),
    Mistake("zero times infinity", lambda scores, mask: scores + (~mask).to(scores.dtype) * -torch.inf,
            "0 times infinity is NaN, not 0. Use scores.masked_fill(~mask, -torch.inf)."),
    Mistake("scores times infinity", lambda scores, mask: scores * torch.where(mask, 1.0, -torch.inf),
            "A negative score times -inf is +inf. Do not multiply: scores.masked_fill(~mask, -torch.inf)."),
    Mistake("scores times -1e9", lambda scores, mask: scores * (~mask).to(scores.dtype) * -1e9, "You multiply the scores by -1e9, and the allowed ones by 0. Do not multiply: scores.masked_fill(~mask, -torch.inf)."),
    Mistake("forbidden scores times -1e9", lambda scores, mask: torch.where(mask, scores, scores * -1e9), "A negative score times -1e9 is large and positive. Do not multiply: scores.masked_fill(~mask, -torch.inf)."),
    *(Mistake(f"logarithm of the mask plus {eps:g}", lambda scores, mask, eps=eps: scores + (mask.to(scores.dtype) + eps).log(), STILL_SOME) for eps in (1e-1, 1e-2, 1e-3)),
    *other_masks("mask of the queries", lambda scores, mask: mask.transpose(-2, -1), "The mask is transposed. Its rows are queries and its columns keys, as in the scores: do not transpose it."),
    *other_masks("first row of the mask for all", lambda scores, mask: mask[..., :1, :], "Every query gets the mask's first row. Use the mask as it is: row = query."),
    Mistake("an axis put into the mask", lambda scores, mask: hidden(scores, mask.unsqueeze(1)), "You put a new axis into the mask. It has its axes already: broadcasting lines up the last ones, so use it as it is."),
    Mistake("an axis put behind the mask", lambda scores, mask: hidden(scores, mask.unsqueeze(-1)), "You put a new axis into the mask. It has its axes already: broadcasting lines up the last ones, so use it as it is."),
    Mistake("index of another shape", by_index,
            "scores[~mask] needs a mask of exactly the scores' shape. masked_fill and torch.where broadcast a smaller one."),
    Mistake("its own causal mask", lambda scores, mask: hidden(scores, triangle(*scores.shape[-2:])), "You forbid looking ahead, whatever the mask says. Use the mask that is handed in."),
    Mistake("its own square causal mask", lambda scores, mask: hidden(scores, triangle(scores.shape[-2], scores.shape[-2])), "You make a causal mask of your own, whatever the mask says, and it does not even fit where there are more keys than queries. Use the mask that is handed in."),
    Mistake("a causal mask as well", lambda scores, mask: hidden(scores, mask & triangle(*scores.shape[-2:])), "You forbid looking ahead on top of what the mask says. The mask that is handed in is all."),
    Mistake("True and False without minus infinity", lambda scores, mask: torch.where(mask, scores, torch.tensor(0.0)), NO_PRODUCT),
)  # fmt: skip
SHORT = "You set weights to 0 after the softmax, so the rest no longer sums to 1. Mask the scores, before the softmax, with -torch.inf."
AFTER = "You put a large negative number among the weights, after the softmax. It belongs among the scores, before it."
WEIGHING = (
    Mistake("mask after the softmax", lambda weights, mask: weights * mask, SHORT),
    Mistake("mask after the softmax, upside down", lambda weights, mask: weights * ~mask, f"Two things. {UPSIDE_DOWN} And mask the scores, before the softmax, with -torch.inf."),
    Mistake("fill after the softmax", lambda weights, mask: weights.masked_fill(~mask, -torch.inf), AFTER),
    *(Mistake(f"fill {fill:g} after the softmax", lambda weights, mask, fill=fill: weights.masked_fill(~mask, fill), AFTER) for fill in (-1e4, -1e9, -1e10, torch.finfo(torch.float32).min)),
    Mistake("two softmaxes", masked_twice, "Softmax runs twice: mask the scores, then one softmax."),
    Mistake("two softmaxes, all filled", lambda weights, mask: torch.softmax(weights.masked_fill(~mask, -torch.inf), -1), "Softmax runs twice: mask the scores, then one softmax."),
    Mistake("shared out over the queries", lambda weights, mask: (weights * mask) / (weights * mask).sum(-2, keepdim=True), "You share out what is left over the queries. Each row sums to 1: over the last axis. Or mask the scores, before the softmax."),
    Mistake("shared out over everything", lambda weights, mask: (weights * mask) / (weights * mask).sum(), "You share out what is left over the whole table. Each row sums to 1: over the last axis, keepdim=True. Or mask the scores, before the softmax."),
    Mistake("only the mask", lambda weights, mask: mask / mask.sum(-1, keepdim=True) * torch.ones_like(weights), "All allowed keys get the same weight: the scores are not used."),
)  # fmt: skip


def of_both(change):
    """The right results, changed afterwards by a function of Q, K, V, mask, out, weights."""
    return lambda Q, K, V, mask: change(Q, K, V, mask, *masked_attention(Q, K, V, mask))


SCORES_BACK = "Your second result is the scores. Give back the weights: after the softmax."
MISTAKES = (
    *each(HIDING, masked),
    *each(WEIGHING, with_weights),
    Mistake(NOT_SCALED.name, masked(scores=NOT_SCALED.wrong), NOT_SCALED.hint),
    *each((*OTHER_ROOTS, *ODD_SCALES, *FIXED, *MEASURES, *EXCHANGED), lambda scores: masked(scores=scores), without=("always the root of 4",)),
    *each((*AXES, *EXPONENTIALS, *NO_EXPONENTIALS), lambda weights: masked(weights=weights)),
    *each(SUMS, lambda out: masked(out=out)),
    *(Mistake(f"no scaling; {it.name}", masked(it.wrong, NOT_SCALED.wrong), f"Two things. {NOT_SCALED.hint} {it.hint}") for it in HIDING[:7]),
    *(Mistake(f"softmax over the queries; {it.name}", masked(it.wrong, weights=AXES[0].wrong), f"Two things. {AXES[0].hint} {it.hint}") for it in HIDING[:7]),
    Mistake("softmax over the queries, -1e9", masked(filled(-1e9), weights=AXES[0].wrong), AXES[0].hint),
    Mistake("mask on the sum alone", with_weights(lambda weights, mask: weights, lambda weights, mask: weights * mask),
            "Only the weighted sum is masked, after the softmax: the weights you give back are not, and what is left no longer sums to 1. Mask the scores, before the softmax, with -torch.inf."),
    Mistake("K.T on a batch", masked(scores=lambda Q, K, V: Q @ K.T / math.sqrt(K.shape[-1])), "K.T turns round all axes. With a batch, swap only the last two: K.transpose(-2, -1)."),
    Mistake("values not masked", of_both(lambda Q, K, V, mask, out, weights: (attention(Q, K, V)[0], weights)), "The weights are right, but the sum takes weights without the mask. Use the same ones for both: weights @ V."),
    Mistake("weights without the mask", of_both(lambda Q, K, V, mask, out, weights: (out, attention(Q, K, V)[1])),
            "out is right, but the weights you give back are made without the mask."),
    Mistake("no softmax, forbidden are 0", masked(filled(0.0), weights=lambda scores: scores), "There is no softmax: the masked scores go straight into the weighted sum. And mask with -torch.inf: exp(-inf) = 0."),
    Mistake("gives back the scores", of_both(lambda Q, K, V, mask, out, weights: (out, hidden(scaled(Q, K), mask))), SCORES_BACK),
    Mistake("gives back the scores, -1e9", of_both(lambda Q, K, V, mask, out, weights: (out, scaled(Q, K).masked_fill(~mask, -1e9))), SCORES_BACK),
    Mistake("gives back the scores, no mask", of_both(lambda Q, K, V, mask, out, weights: (out, scaled(Q, K))), SCORES_BACK),
    Mistake("gives back the scores, not scaled", of_both(lambda Q, K, V, mask, out, weights: (out, products(Q, K))), SCORES_BACK),
    Mistake("gives back the mask", of_both(lambda Q, K, V, mask, out, weights: (out, mask)), "Your second result is the mask. Give back the weights: after the softmax."),
    Mistake("three results", of_both(lambda Q, K, V, mask, out, weights: (out, weights, scaled(Q, K))), "Give back two results: return out, weights. No third one."),
    *of_results(masked_attention, RETURNS, without=("out: softmax", "weights: without its sign", "weights: negative ones cut", "weights: divided by its sum")),
)  # fmt: skip
