"""What people get wrong in softmax: which number is subtracted, what is taken of it, by what it is divided."""

import torch
import torch.nn.functional as F

from ...model.attention import softmax
from ..engine import Mistake
from ..slips import both, of_results
from ..slips.weights import shared_out, without_dim


def largest(scores, dim):
    return scores.amax(dim, keepdim=True)


def row_max(scores):
    return largest(scores, -1)


SUBTRACTED = (
    Mistake("nothing subtracted", lambda scores: torch.zeros_like(scores),
            "exp overflows for large scores. Subtracting one number from every score of a row leaves softmax as it is: "
            "which number makes the largest exponent 0?"),
    Mistake("one maximum for all rows", lambda scores: scores.max(),
            "You subtract one maximum for the whole tensor. A row far below it becomes 0/0. Take the maximum of each row."),
    Mistake("maxima of the columns", lambda scores: largest(scores, -2), "You subtract the maximum of each column. One row shares one maximum: dim=-1, keepdim=True."),
    Mistake("maxima over the first axis", lambda scores: largest(scores, 0), "You take the maxima over the first axis. One row shares one maximum: dim=-1, keepdim=True."),
    Mistake("maxima over axis 1", lambda scores: largest(scores, 1), "You take the maxima over axis 1, which is the last only for a matrix. Write dim=-1."),
    Mistake("maximum without keepdim", lambda scores: scores.amax(-1), "The row maxima lost their axis, so they are subtracted along the wrong one. Keep it: keepdim=True."),
    Mistake("a fixed number subtracted", lambda scores: torch.tensor(1000.0),
            "You subtract a fixed number; it saves scores near it and ruins the others. Subtract the maximum of each row."),
    Mistake("subtracts the mean", lambda scores: scores.mean(-1, keepdim=True),
            "You subtract the mean. Any number is right on paper, but only the maximum keeps every exponent at or below 0."),
    Mistake("subtracts the minimum", lambda scores: scores.amin(-1, keepdim=True), "You subtract the minimum, which makes the exponents larger. Subtract the maximum."),
    Mistake("adds the maximum", lambda scores: -row_max(scores), "You add the maximum, which makes the exponents larger. Subtract it."),
    Mistake("subtracts the largest without sign", lambda scores: scores.abs().amax(-1, keepdim=True),
            "You subtract the largest number without its sign. Of scores around -1000 that makes -2000, and 0/0. Subtract the maximum itself."),
)  # fmt: skip
DIVIDED = (
    Mistake("one sum for all rows", lambda exps: exps.sum(), "You divide by the sum over everything. Each row must sum to 1 by itself: sum over the last axis."),
    Mistake("one sum for each table", lambda exps: exps.sum((-2, -1), keepdim=True), "You divide by the sum of a whole table. Each row must sum to 1 by itself: sum over the last axis."),
    Mistake("first axis", lambda exps: exps.sum(0, keepdim=True), "You normalise over the first axis: columns sum to 1. Use the last, dim=-1."),
    Mistake("axis 1", lambda exps: exps.sum(1, keepdim=True), "Axis 1 is the last only for a matrix. Write dim=-1, so that it works for batches too."),
    Mistake("second to last axis", lambda exps: exps.sum(-2, keepdim=True), "You normalise over the queries. Each query shares out over its keys: the last axis, dim=-1."),
    Mistake("sum without keepdim", lambda exps: exps.sum(-1), "The row sums lost their axis, so they divide along the wrong one. Keep it: keepdim=True."),
    Mistake("not divided", lambda exps: 1, "You do not divide by the row's sum yet, so the rows do not sum to 1."),
    Mistake("divided by the mean", lambda exps: exps.mean(-1, keepdim=True), "You divide by the mean of the row. Divide by its sum, so that the row sums to 1."),
    Mistake("divided by how many there are", lambda exps: exps.shape[-1], "You divide by the number of scores. Divide by the sum of the row's exponentials."),
    Mistake("divided by the length", lambda exps: exps.norm(dim=-1, keepdim=True), "You divide by the length of the row, the root of the sum of squares. Divide by the sum: F.normalize needs p=1."),
    Mistake("1 added to the sum", lambda exps: 1 + exps.sum(-1, keepdim=True), "There is something too many in the sum, so a row sums to less than 1. Divide by the sum of the row's exponentials alone."),
    Mistake("0.1 added to the sum", lambda exps: 0.1 + exps.sum(-1, keepdim=True), "There is something too many in the sum, so a row sums to less than 1. Divide by the sum of the row's exponentials alone."),
)  # fmt: skip
TOLD_ALREADY = {  # pairs that do the same as another of the grid
    "one maximum for all rows; sum without keepdim",
    "maxima over the first axis; sum without keepdim",
    "maxima over axis 1; sum without keepdim",
    "maximum without keepdim; one sum for each table",
    "maximum without keepdim; axis 1",
    "maximum without keepdim; second to last axis",
}


def grid():
    """Each wrong number subtracted, each wrong divisor, and the commoner of the first with each of the second."""
    yield from (Mistake(part.name, made_of(part.wrong, row_sum), part.hint) for part in SUBTRACTED)
    yield from (Mistake(part.name, made_of(row_max, part.wrong), part.hint) for part in DIVIDED)
    yield from (pair for pair in both(SUBTRACTED[:6], DIVIDED, made_of) if pair.name not in TOLD_ALREADY)


def row_sum(exps):
    return exps.sum(-1, keepdim=True)


def made_of(shift, divisor):
    def wrong(scores):
        exps = (scores - shift(scores)).exp()
        return exps / divisor(exps)

    return wrong


def of_shifted(change):
    """Something else than exp, shared out along the row."""
    return lambda scores: shared_out(change(scores - row_max(scores)))


NO_EXP = "There is no exponential: take torch.exp of each score before you divide."
PLACES = "torch's max over an axis gives two things, the values and their indices. Take the values: scores.max(dim=-1, keepdim=True).values."
OTHER_BASE = "Softmax uses powers of e, torch.exp; yours uses another base, or scales the scores before."
MISTAKES = (
    *grid(),
    Mistake("without dim", without_dim, "F.softmax without dim picks an axis by itself, the first one if there are three. It belongs over the last, dim=-1; and here write the exponentials yourself."),
    Mistake("numerator not shifted", lambda scores: scores.exp() / (scores - row_max(scores)).exp().sum(-1, keepdim=True),
            "The maximum is subtracted below the line and not above it. Make the shifted exponentials once, and divide them by their own sum."),
    Mistake("denominator not shifted", lambda scores: (scores - row_max(scores)).exp() / scores.exp().sum(-1, keepdim=True),
            "The maximum is subtracted above the line and not below it. Make the shifted exponentials once, and divide them by their own sum."),
    Mistake("maximum subtracted after exp", lambda scores: shared_out(scores.exp() - row_max(scores)), "The maximum is subtracted after exp. It belongs inside: exp(scores - maximum)."),
    Mistake("maximum with its places", lambda scores: shared_out((scores - scores.max(dim=-1, keepdim=True)).exp()), PLACES),
    Mistake("maximum with its places, no axis", lambda scores: shared_out((scores - scores.max(dim=-1)).exp()), PLACES),
    Mistake("scores cut off", lambda scores: shared_out(scores.clamp(max=80).exp()),
            "You cut large scores off, so that different scores become equal. Subtract the maximum of each row instead."),
    Mistake("scores cut off on both sides", lambda scores: shared_out(scores.clamp(-50, 50).exp()),
            "You cut large scores off, so that different scores become equal. Subtract the maximum of each row instead."),
    Mistake("NaN made 0", lambda scores: torch.nan_to_num(shared_out(scores.exp())), "You turn the NaN of an overflow into 0. Let none arise: subtract the maximum of each row before exp."),
    Mistake("overflow, in float64", lambda scores: shared_out(scores.double().exp()), "float64 only moves the limit: exp of 1000 is infinite there too. Subtract the maximum of each row first."),
    Mistake("divided by the maximum", lambda scores: shared_out((scores / row_max(scores)).exp()),
            "You divide by the maximum, which changes the differences between scores. Subtract it."),
    Mistake("exponentials over the maximum", lambda scores: (scores - row_max(scores)).exp() / row_max(scores), "You divide by the maximum. Subtract it before exp; then divide by the row's sum."),
    Mistake("half precision", lambda scores: softmax(scores.half()), "float16 has three digits only, so scores of 1000 lose what is behind the point. Leave the scores in the type in which they come."),
    Mistake("rounded", lambda scores: softmax(scores).round(decimals=2), "The weights are rounded. Give them back as they come out."),
    Mistake("log-softmax", lambda scores: torch.log_softmax(scores, -1), "That is the logarithm of the weights. Take exp of it, or do not take the log."),
    Mistake("logarithm, overflow", lambda scores: shared_out(scores.exp()).log(), "That is the logarithm of the weights. Take exp of it, or do not take the log."),
    Mistake("no exp", shared_out, NO_EXP),
    Mistake("no exp, maximum subtracted", lambda scores: shared_out(scores - row_max(scores)), NO_EXP),
    Mistake("no exp, over everything", lambda scores: scores / scores.sum(), NO_EXP),
    Mistake("no exp, brought to length 1", lambda scores: F.normalize(scores, dim=-1), NO_EXP),
    Mistake("no exp, without sign", lambda scores: shared_out(scores.abs()), NO_EXP),
    Mistake("no exp, squares", lambda scores: shared_out(scores**2), NO_EXP),
    Mistake("no exp, negative ones cut", lambda scores: shared_out(scores.relu()), NO_EXP),
    Mistake("from lowest to highest", lambda scores: (scores - scores.min()) / (scores.max() - scores.min()), "You stretch the scores from 0 to 1. Take exp of each score, and divide by each row's sum."),
    Mistake("from lowest to highest of a row", lambda scores: (scores - scores.amin(-1, keepdim=True)) / (row_max(scores) - scores.amin(-1, keepdim=True)),
            "You stretch the scores from 0 to 1. Take exp of each score, and divide by each row's sum."),
    Mistake("sigmoid", torch.sigmoid, "That is the sigmoid, which looks at each score alone. Softmax lets the scores of a row share out 1: exp, divided by the row's sum."),
    Mistake("sigmoid, shared out", lambda scores: shared_out(scores.sigmoid()), "You divide sigmoids by their sum. Softmax takes exponentials: torch.exp."),
    Mistake("hard maximum", lambda scores: F.one_hot(scores.argmax(-1), scores.shape[-1]), "All weight goes to the largest score. Softmax gives a little to each: torch.exp."),
    Mistake("the largest", lambda scores: scores.amax(-1), "You give back the largest score. Give back a weight for each: the same shape as scores."),
    Mistake("sign turned round", lambda scores: torch.softmax(-scores, -1), "The sign is the opposite one: the smallest score gets the largest weight."),
    Mistake("maximum minus scores", lambda scores: shared_out((row_max(scores) - scores).exp()), "The difference is the wrong way round, so the smallest score gets the largest weight: scores - maximum."),
    Mistake("base 2", of_shifted(lambda shifted: 2**shifted), "You use powers of 2; softmax uses powers of e, torch.exp."),
    Mistake("base 10", of_shifted(lambda shifted: 10**shifted), "You use powers of 10; softmax uses powers of e, torch.exp."),
    Mistake("base 2.7", of_shifted(lambda shifted: 2.7**shifted), "2.7 is not quite e. Use torch.exp."),
    Mistake("exp minus 1", of_shifted(torch.expm1), "expm1 is exp minus 1. Use torch.exp."),
    Mistake("scores counted twice", of_shifted(lambda shifted: (2 * shifted).exp()), OTHER_BASE),
    Mistake("scores halved", of_shifted(lambda shifted: (shifted / 2).exp()), OTHER_BASE),
    Mistake("scaled by the root of the length", of_shifted(lambda shifted: (shifted / shifted.shape[-1] ** 0.5).exp()), "You divide the scores by a root. That belongs to attention; softmax takes the scores as they are."),
    Mistake("softmax twice", lambda scores: torch.softmax(torch.softmax(scores, -1), -1), "Softmax runs twice, which makes all weights nearly equal. Once is enough."),
    Mistake("all equal", lambda scores: torch.full_like(scores, 1 / scores.shape[-1]), "All weights of a row are equal: are the scores used? exp of each, divided by the sum of the row."),
    Mistake("rows of a matrix, at the front", lambda scores: torch.stack([torch.softmax(row.flatten(), 0).view(row.shape) for row in scores]),
            "You take what stands along the first axis for rows. With a batch these are whole tables: work along the last axis, dim=-1, keepdim=True."),
    *of_results(softmax, {"weights": "q_len k_len"}, without=("without its sign", "negative ones cut", "softmax", "divided by its sum", "brought to length 1")),
)  # fmt: skip
