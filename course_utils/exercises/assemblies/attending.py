"""Attention in three stages, from the slips that can be made in each; with a mask, in five."""

import torch

from ..engine.assembly import Assembly
from ..slips.attending import attending, over_keys, products, scaled, weighted_sum
from ..slips.scores import EXCHANGED, MEASURES, NOT_SCALED, OTHER_ROOTS
from ..slips.sums import SUMS
from ..slips.weights import AXES, EXPONENTIALS, NO_EXPONENTIALS, OTHER_SCORES


def by_hint(*mistakes):
    return {mistake.hint: mistake.wrong for mistake in mistakes}


def as_it_is(x, mask):
    return x


RIGHT = {"scores": scaled, "weights": over_keys, "out": weighted_sum}
WRONG = {
    "scores": by_hint(NOT_SCALED, *OTHER_ROOTS, *EXCHANGED, *MEASURES),
    "weights": by_hint(AXES[0], *NO_EXPONENTIALS, *EXPONENTIALS, *AXES[1:], *OTHER_SCORES),
    "out": by_hint(*SUMS),
}

ATTENTION = Assembly(attending, RIGHT, WRONG)


def masked(scores, hide, weights, rest, summed, out):
    def answer(Q, K, V, mask):
        found = rest(weights(hide(scores(Q, K, V), mask)), mask)
        return out(summed(found, mask), Q, K, V), found

    return answer


def filled(fill):
    return lambda scores, mask: scores.masked_fill(~mask, fill)


TOO_LITTLE = "What you fill in is not far enough below 0: {} leaves a forbidden key some weight. Use -torch.inf."
MASKED = Assembly(
    masked,
    RIGHT | {"hide": filled(-torch.inf), "rest": as_it_is, "summed": as_it_is},
    WRONG | {
        "hide": {
            "The scores are not masked.": as_it_is, "The mask is upside down: True means may look.": lambda scores, mask: scores.masked_fill(mask, -1e9),
            "Forbidden scores become 0, and exp(0) is 1: fill with -torch.inf.": filled(0.0), "The mask is added, which hides nothing.": lambda scores, mask: scores + mask,
            "The mask is transposed.": lambda scores, mask: scores.masked_fill(~mask.transpose(-2, -1), -1e9), "Only the first row of the mask is used.": lambda scores, mask: scores.masked_fill(~mask[..., :1, :], -1e9),
            "Looking ahead is forbidden too.": lambda scores, mask: scores.masked_fill(~(mask & torch.ones(scores.shape[-2:]).tril().bool()), -1e9),
        } | {TOO_LITTLE.format(fill): filled(fill) for fill in (-1.0, -5.0, -10.0, -50.0, -100.0)},
        "rest": {
            "The weights are masked after the softmax, so a row does not sum to 1.": lambda weights, mask: weights * mask, "Weights are put out with -1e9 after the softmax: it belongs among the scores.": lambda weights, mask: weights.masked_fill(~mask, -1e9),
            "A softmax is taken of the weights once more.": lambda weights, mask: weights.softmax(-1),
        },
        "summed": {"For the sum the weights are masked once more, those that you give back are not.": lambda weights, mask: weights * mask, "For the sum the values are cut off at the first column of the mask.": lambda weights, mask: weights * mask[..., :1]},
    },
)  # fmt: skip


def for_one_query(**parts):
    attend = attending(**parts)
    return lambda q, K, V: attend(q[None], K, V)[0][0]


LOOK_UP = Assembly(for_one_query, RIGHT | {"scores": lambda Q, K, V: products(Q, K)}, WRONG | {"scores": by_hint(*MEASURES, *EXCHANGED) | {"The scores are divided by the root of d_k; here they are not.": scaled}})
