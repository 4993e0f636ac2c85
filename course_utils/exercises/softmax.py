"""Lesson 02: weights from scores, without overflow."""

import torch

from ..model.attention import softmax
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    hidden = normal(2, 4)
    hidden[0, 1] = hidden[1, 3] = -torch.inf
    return [
        Case("one row of 4 scores", (normal(1, 4),)),
        Case("2 queries, 3 keys", (normal(2, 3),)),
        Case("3 queries, 3 keys", (normal(3, 3),)),
        Case("a batch of 2: 3 queries, 4 keys", (normal(2, 3, 4),)),
        Case("scores of 1000", (1000 + normal(2, 3),)),
        Case("scores of -1000", (-1000 + normal(2, 3),)),
        Case("one row of 1000, one of 0", (torch.tensor([[1000.0], [0.0]]) + normal(2, 3),)),
        Case("one score far above the rest", (torch.tensor([[0.0, 0.0, 3000.0]]) + normal(2, 3),)),
        Case("one score far below the rest", (torch.tensor([[0.0, 150.0, 150.0]]) + normal(2, 3),)),
        Case("two scores of -inf", (hidden,)),
        Case("scores in a transposed view", (normal(4, 2).T,)),
    ]


def divided(exps, dim=-1, keepdim=True):
    return exps / exps.sum(dim=dim, keepdim=keepdim)


def row_max(scores):
    return scores.max(dim=-1, keepdim=True).values


MISTAKES = (
    Mistake("overflow", lambda scores: divided(scores.exp()),
            "exp overflows for large scores. Subtracting one number from every score of a row leaves softmax as it is: "
            "which number makes the largest exponent 0?"),
    Mistake("one sum for all rows", lambda scores: (scores - row_max(scores)).exp() / (scores - row_max(scores)).exp().sum(),
            "You divide by the sum over everything. Each row must sum to 1 by itself: sum over the last axis."),
    Mistake("one sum for all rows, overflow", lambda scores: scores.exp() / scores.exp().sum(),
            "You divide by the sum over everything. Each row must sum to 1 by itself: sum over the last axis."),
    Mistake("first axis", lambda scores: torch.softmax(scores, 0), "You normalise over the first axis: columns sum to 1. Use the last, dim=-1."),
    Mistake("first axis, overflow", lambda scores: divided(scores.exp(), 0), "You normalise over the first axis: columns sum to 1. Use the last, dim=-1."),
    Mistake("axis 1", lambda scores: torch.softmax(scores, 1), "Axis 1 is the last only for a matrix. Write dim=-1, so that it works for batches too."),
    Mistake("axis 1, overflow", lambda scores: divided(scores.exp(), 1), "Axis 1 is the last only for a matrix. Write dim=-1, so that it works for batches too."),
    Mistake("second to last axis", lambda scores: torch.softmax(scores, -2), "You normalise over the queries. Each query shares out over its keys: the last axis, dim=-1."),
    Mistake("one maximum for all rows", lambda scores: divided((scores - scores.max()).exp()),
            "You subtract one maximum for the whole tensor. A row far below it becomes 0/0. Take the maximum of each row."),
    Mistake("sum without keepdim", lambda scores: divided((scores - row_max(scores)).exp(), keepdim=False),
            "The row sums lost their axis, so they divide along the wrong one. Keep it: keepdim=True."),
    Mistake("sum without keepdim, overflow", lambda scores: divided(scores.exp(), keepdim=False),
            "The row sums lost their axis, so they divide along the wrong one. Keep it: keepdim=True."),
    Mistake("maximum without keepdim", lambda scores: divided((scores - scores.max(dim=-1).values).exp()),
            "The row maxima lost their axis, so they are subtracted along the wrong one. Keep it: keepdim=True."),
    Mistake("neither keeps its axis", lambda scores: divided((scores - scores.max(dim=-1).values).exp(), keepdim=False),
            "The row maxima lost their axis, and so did the row sums. Keep both: keepdim=True."),
    Mistake("maximum with its places", lambda scores: divided((scores - scores.max(dim=-1, keepdim=True)).exp()),
            "torch's max over an axis gives two things, the values and their places. Take the values: scores.max(dim=-1, keepdim=True).values."),
    Mistake("maximum with its places, no axis", lambda scores: divided((scores - scores.max(dim=-1)).exp()),
            "torch's max over an axis gives two things, the values and their places. Take the values: scores.max(dim=-1, keepdim=True).values."),
    Mistake("a fixed number subtracted", lambda scores: divided((scores - 1000).exp()),
            "You subtract a fixed number; it saves scores near it and ruins the others. Subtract the maximum of each row."),
    Mistake("scores cut off", lambda scores: divided(scores.clamp(max=80).exp()),
            "You cut large scores off, so that different scores become equal. Subtract the maximum of each row instead."),
    Mistake("divided by the maximum", lambda scores: divided((scores / row_max(scores)).exp()),
            "You divide by the maximum, which changes the differences between scores. Subtract it."),
    Mistake("log-softmax", lambda scores: torch.log_softmax(scores, -1), "That is the logarithm of the weights. Take exp of it, or do not take the log."),
    Mistake("no exp", lambda scores: divided(scores), "You divide the scores by their sum; take exp of each score first."),
    Mistake("no exp, maximum subtracted", lambda scores: divided(scores - row_max(scores)), "There is no exponential: take torch.exp of each score before you divide."),
    Mistake("not divided", lambda scores: (scores - row_max(scores)).exp(), "You do not divide by the row's sum yet, so the rows do not sum to 1."),
    Mistake("not divided, overflow", lambda scores: scores.exp(), "You do not divide by the row's sum yet, so the rows do not sum to 1."),
    Mistake("subtracts the mean", lambda scores: divided((scores - scores.mean(-1, keepdim=True)).exp()),
            "You subtract the mean. Any number is right on paper, but only the maximum keeps every exponent at or below 0."),
    Mistake("subtracts the minimum", lambda scores: divided((scores - scores.min(-1, keepdim=True).values).exp()),
            "You subtract the minimum, which makes the exponents larger. Subtract the maximum."),
    Mistake("sign turned round", lambda scores: torch.softmax(-scores, -1), "The sign is turned round: the smallest score gets the largest weight."),
    Mistake("base 2", lambda scores: divided(2 ** (scores - row_max(scores))), "You use powers of 2; softmax uses powers of e, torch.exp."),
)  # fmt: skip

EXERCISE = Exercise(
    name="softmax",
    lesson="02_softmax_attention",
    reference=softmax,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Which number may you subtract from every score of a row without changing its weights, and which choice keeps every exponent at or below 0?",
        "Three steps, each along the last axis: subtract each row's maximum, take exp, divide by each row's sum. "
        "`scores.max(dim=-1)` gives two things and drops that axis: which of the two do you need, and which argument keeps the axis?",
    ),
    points=2,
    minutes=6,
    returns={"weights": "q_len k_len"},
    rules=(
        (lambda weights: bool((weights >= 0).all()), "Some weights are negative; an exponential never is."),
        (lambda weights: abs(weights.sum(-1) - 1).max() < 1e-3, "Each row of weights must sum to 1."),
    ),
    by_hand=frozenset({"softmax", "special_softmax"}),
)
