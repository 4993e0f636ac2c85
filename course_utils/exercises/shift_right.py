"""Lesson 08: what a decoder reads while it learns."""

import math

import torch

from ..model.decoding import shift_right
from .engine import Case, Exercise
from .mistakes.shift_right import MISTAKES


def cases(seed):
    def symbols(*shape, seed=1):
        """Each symbol once, from 4 on, so that none is a start."""
        generator = torch.Generator().manual_seed(seed)
        return torch.randperm(math.prod(shape), generator=generator).view(shape) + 4

    return [
        Case("one row of 4, start is 1", (symbols(4), 1)),
        Case("2 rows of 5, start is 1", (symbols(2, 5), 1)),
        Case("start is 3", (symbols(3, 4), 3)),
        Case("start is 0", (symbols(2, 3), 0)),
        Case("rows of one symbol", (symbols(3, 1), 2)),
        Case("as many rows as symbols", (symbols(3, 3), 2)),
        Case("padding behind a short row", (torch.tensor([[7, 5, 2, 0, 0], [6, 9, 5, 8, 2]]), 1)),
        Case("two axes in front", (symbols(2, 3, 4), 3)),
        Case("targets are a transposed view", (symbols(5, 2).T, 1)),
        Case("4 rows of 6, start is 2", (symbols(4, 6, seed=seed), 2)),
    ]


EXERCISE = Exercise(
    name="shift_right",
    lesson="08_encoder_decoder",
    reference=shift_right,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two parts, joined along the last axis: a column of start symbols, and the targets without their last one.",
        "`first = torch.full_like(targets[..., :1], start)` is the column. What stands behind it is `targets[..., :-1]`.",
    ),
    points=1,
    minutes=4,
    returns={"inputs": "length"},
    rules=((lambda inputs: len(set(inputs[..., 0].flatten())) == 1, "Every row begins with the same symbol, start."),),
)
