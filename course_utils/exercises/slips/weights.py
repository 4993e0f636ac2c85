"""Wrong ways from scores to weights, as parts of attention: functions of the scores, (..., q_len, k_len)."""

import torch

from ..engine import Mistake


def shared_out(positive, dim=-1):
    return positive / positive.sum(dim, keepdim=True)


def one_for_all(scores):
    return torch.softmax(scores.flatten(), 0).view(scores.shape)


def one_per_table(scores):
    return torch.softmax(scores.flatten(-2), -1).view(scores.shape)


def row_max(scores):
    return scores.amax(-1, keepdim=True)


def without_dim(scores):
    """What torch's softmax does if dim is left away."""
    return torch.softmax(scores, 0 if scores.ndim in (0, 1, 3) else 1)


QUERIES = "The softmax runs over the queries. Each query shares out its attention over the keys: the last axis, dim=-1."
NO_SUM = "The exponentials are not divided by their sum, so a row does not sum to 1."
ALL = "One sum for the whole table: all its weights together sum to 1. Each query's row must sum to 1 by itself: dim=-1, keepdim=True."
AXES = (
    Mistake("softmax over the queries", lambda scores: torch.softmax(scores, -2), QUERIES),
    Mistake("softmax without dim", without_dim, "F.softmax without dim picks an axis by itself, the first one if there are three. Say which: dim=-1, the keys."),
    Mistake("softmax over axis 1", lambda scores: torch.softmax(scores, 1), "softmax over axis 1 is right only for a matrix; write dim=-1, the last axis."),
    Mistake("softmax over axis 2", lambda scores: torch.softmax(scores, 2), "softmax over axis 2 is right only with one axis in front; write dim=-1, the last axis."),
    Mistake("softmax over axis 0", lambda scores: torch.softmax(scores, 0), "The softmax runs over the first axis. It belongs over the keys: the last axis, dim=-1."),
    Mistake("one softmax for everything", one_for_all, ALL),
    Mistake("one softmax for each table", one_per_table, ALL),
)  # fmt: skip
EXPONENTIALS = (
    Mistake("overflow", lambda scores: shared_out(scores.exp()), "exp overflows on large scores. Subtract each row's maximum first, or use your own softmax."),
    Mistake("one maximum for everything", lambda scores: shared_out((scores - scores.max()).exp()), "You subtract one maximum for all rows. A row far below it becomes 0/0: take the maximum of each row, or use your own softmax."),
    Mistake("not normalised", lambda scores: scores.exp(), NO_SUM),
    Mistake("not normalised, maximum subtracted", lambda scores: (scores - row_max(scores)).exp(), NO_SUM),
    Mistake("divided by the sum of the scores", lambda scores: scores.exp() / scores.sum(-1, keepdim=True), "You divide by the sum of the scores. Divide by the sum of the exponentials."),
    Mistake("divided by the number of keys", lambda scores: scores.exp() / scores.shape[-1], "You divide the exponentials by the number of keys. A row must sum to 1: divide by the sum of its exponentials."),
    Mistake("1 added to the sum", lambda scores: scores.exp() / (1 + scores.exp().sum(-1, keepdim=True)), "There is a 1 too many in the sum, so a row sums to less than 1. Divide by the sum of the exponentials alone."),
    Mistake("sum without keepdim", lambda scores: (scores - row_max(scores)).exp() / (scores - row_max(scores)).exp().sum(-1), "The row sums lost their axis, so they divide along the wrong one. Keep it: keepdim=True."),
    Mistake("powers of 2", lambda scores: shared_out(2**scores), "You use powers of 2; softmax uses powers of e, torch.exp."),
)  # fmt: skip
NO_EXPONENTIALS = (
    Mistake("no softmax", lambda scores: scores, "There is no softmax: the scores go straight into the weighted sum."),
    Mistake("scores over their sum", lambda scores: shared_out(scores), "You divide the scores by their sum; some are negative. Take exp of each score first."),
    Mistake("sigmoid", torch.sigmoid, "That is the sigmoid, which looks at each score alone. Softmax lets the keys share out 1: exp, divided by the sum of the row."),
    Mistake("sigmoid, shared out", lambda scores: shared_out(scores.sigmoid()), "You divide sigmoids by their sum. Softmax takes exponentials: torch.exp."),
    Mistake("positive scores, shared out", lambda scores: shared_out(scores.relu()), "You cut off negative scores and divide by the sum. Take exp of each score: it is positive, and keeps all keys."),
    Mistake("scores without sign, shared out", lambda scores: shared_out(scores.abs()), "You drop the signs and divide by the sum. Take exp of each score: a negative one then gets less weight."),
    Mistake("squares, shared out", lambda scores: shared_out(scores**2), "You divide squares by their sum. Take exp of each score: a negative one then gets less weight."),
    Mistake("from lowest to highest", lambda scores: (scores - scores.amin(-1, keepdim=True)) / (row_max(scores) - scores.amin(-1, keepdim=True)),
            "You stretch the scores from 0 to 1. Weights are exponentials, divided by their sum."),
    Mistake("hard maximum", lambda scores: torch.nn.functional.one_hot(scores.argmax(-1), scores.shape[-1]).to(scores.dtype),
            "All weight goes to the best key. Softmax gives a little to every key."),
    Mistake("logarithm of the weights", lambda scores: torch.log_softmax(scores, -1), "That is the logarithm of the weights, log_softmax. Use softmax."),
    Mistake("softmax twice", lambda scores: torch.softmax(torch.softmax(scores, -1), -1), "Softmax runs twice, and the second one makes all weights nearly equal. Once is enough."),
    Mistake("the same weight for all", lambda scores: torch.full_like(scores, 1 / scores.shape[-1]), "All keys get the same weight, whatever the scores are. Are the scores used?"),
)  # fmt: skip
OTHER_SCORES = (
    Mistake("smallest score wins", lambda scores: torch.softmax(-scores, -1), "The scores have the opposite sign: the worst match gets the most weight."),
    Mistake("scores counted twice", lambda scores: torch.softmax(2 * scores, -1), "The scores are twice as large as they should be before the softmax."),
    Mistake("scores halved", lambda scores: torch.softmax(scores / 2, -1), "The scores are half as large as they should be before the softmax."),
    Mistake("scores without sign", lambda scores: torch.softmax(scores.abs(), -1), "The scores lose their sign. A key that points the other way has a negative score: no abs."),
    Mistake("scores squared", lambda scores: torch.softmax(scores**2, -1), "The scores are squared. Take them as they are."),
    Mistake("negative scores cut", lambda scores: torch.softmax(scores.relu(), -1), "The negative scores are cut off. Leave them: exp makes every number positive."),
    Mistake("tanh of the scores", lambda scores: torch.softmax(scores.tanh(), -1), "A tanh squeezes the scores. Take them as they are."),
    Mistake("scores cut to 0 and 1", lambda scores: torch.softmax(scores.clamp(0, 1), -1), "The scores are cut off at 0 and 1. Take them as they are."),
)  # fmt: skip
