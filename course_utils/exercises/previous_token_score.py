"""Lesson 11: how much each head looks one token back."""

import torch

from ..model.looking_inside import previous_token_score
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import of_results

RETURNS = {"scores": "n_heads"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    tables = lambda source, *shape: torch.softmax(3 * source(*shape), -1)  # noqa: E731
    exact = torch.tensor([[[1.0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0.5, 0.5, 0], [0.2, 0.8, 0], [0.3, 0.4, 0.3]]])
    return [
        Case("two heads, 3 tokens, by hand", (exact,)),
        Case("3 heads, 5 tokens", (tables(fixed, 3, 5, 5),)),
        Case("one head", (tables(fixed, 1, 4, 4),)),
        Case("2 tokens", (tables(fixed, 3, 2, 2),)),
        Case("as many heads as tokens", (tables(fixed, 4, 4, 4),)),
        Case("the tables are a transposed view", (tables(fixed, 2, 6, 6).transpose(-2, -1),)),
        Case("6 heads, 7 tokens", (tables(normal, 6, 7, 7),)),
    ]


def off(by):
    """The same with the diagonal so far from the middle: -1 is right."""
    return lambda weights: weights.diagonal(by, -2, -1).mean(-1)


def wrapped(weights):
    """Position 0 looks at the last one, as torch.roll has it."""
    length = weights.shape[-1]
    return (weights.sum(-1) * 0 + weights[:, torch.arange(length), torch.arange(length) - 1]).mean(-1)


def share_of_largest(weights):
    before = torch.arange(weights.shape[-1] - 1)
    return (weights[:, 1:].argmax(-1) == before).float().mean(-1)


def one_before(weights):
    return weights.diagonal(-1, -2, -1)


MISTAKES = (
    Mistake("one ahead", off(1),
            "That is how much each token looks at the next one. Rows look, columns are looked at: position i looks at i - 1, `weights[:, i, i - 1]`."),
    Mistake("itself", off(0), "That is how much each token looks at itself. Of row i take column i - 1: offset -1."),
    Mistake("two back", off(-2), "That is two tokens back. Of row i take column i - 1."),
    Mistake("divided by the length", lambda weights: one_before(weights).sum(-1) / weights.shape[-1],
            "You divide by the length. The first position has none before it and does not count: divide by length - 1."),
    Mistake("first position counted round the corner", wrapped,
            "Position 0 has none before it; index -1 is the last token. Begin at position 1."),
    Mistake("axes of heads and queries", lambda weights: weights.diagonal(-1).mean(-1),
            "The diagonal is taken over heads and queries: without dim1 and dim2 torch uses the first two axes. Say dim1=-2, dim2=-1."),
    Mistake("mean over the heads", lambda weights: one_before(weights).mean(0),
            "You average over the heads and keep the positions. Average over the positions: one number for each head."),
    Mistake("mean over everything", lambda weights: one_before(weights).mean(), "That is one number for all heads together. Give one for each: mean over the last axis only."),
    Mistake("not averaged", one_before, "These are the weights of all positions. Average them: one number for each head."),
    Mistake("sum", lambda weights: one_before(weights).sum(-1), "You add the weights up. A longer sentence must not score higher: take the mean."),
    Mistake("largest", lambda weights: one_before(weights).amax(-1), "You take the largest weight. One lucky position is no habit: take the mean."),
    Mistake("smallest", lambda weights: one_before(weights).amin(-1), "You take the smallest weight. The mean is asked for."),
    Mistake("median", lambda weights: one_before(weights).median(-1).values, "You take the median. The mean is asked for."),
    Mistake("share of positions", share_of_largest,
            "You count how often the token before gets the largest weight. The mean of the weights themselves is asked for."),
    Mistake("whole block", lambda weights: weights[:, 1:, :-1].mean((1, 2)),
            "`weights[:, 1:, :-1]` is a whole block: every query with every key. Of it you need the diagonal only."),
    Mistake("all that came before", lambda weights: weights.tril(-1).sum(-1)[:, 1:].mean(-1),
            "You add up all tokens that came before. Only the one just before counts."),
    Mistake("second position left out", lambda weights: one_before(weights)[:, 1:].mean(-1),
            "You begin at position 2. Position 1 has one before it, position 0, and counts."),
    Mistake("last position left out", lambda weights: one_before(weights)[:, :-1].mean(-1),
            "The last position is missing: `range(1, length)` goes up to it."),
    Mistake("last position only", lambda weights: weights[:, -1, -2], "That is the last position alone: is the score written over in each round? Take the mean over all positions but the first."),
    Mistake("first that counts only", lambda weights: weights[:, 1, 0], "That is position 1 alone: is `return` inside the loop? Take the mean over all positions but the first."),
    Mistake("divided by a whole block", lambda weights: one_before(weights).sum(-1) / (weights.shape[-1] * (weights.shape[-1] - 1)),
            "You divide by too much, as if every pair of positions counted. Divide by the number of positions that have one before them: length - 1."),
    Mistake("mean of what lies below the diagonal", lambda weights: weights.tril(-1).mean((-2, -1)), "You average over the whole table, with all that came before in it. Only the one just before counts: of row i column i - 1."),
    Mistake("the first head only", lambda weights: one_before(weights)[0].mean(), "That is the first head alone. Give one number for each head."),
    *of_results(previous_token_score, RETURNS, without=("without its sign", "negative ones cut", "averaged")),
)  # fmt: skip

EXERCISE = Exercise(
    name="previous_token_score",
    lesson="11_inside_a_real_model",
    reference=previous_token_score,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Row i holds what position i looks at. Which column is the token before it? For which i is there one?",
        "`weights[:, i, i - 1]` for i from 1 to length - 1, then the mean over i. In one go: `weights.diagonal(-1, -2, -1)`.",
    ),
    points=2,
    minutes=5,
    returns=RETURNS,
)
