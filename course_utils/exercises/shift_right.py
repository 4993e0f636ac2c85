"""Lesson 08: what a decoder reads while it learns."""

import math

import torch

from ..model.decoding import shift_right
from .engine import Case, Exercise, Mistake


def cases(seed):
    generator = torch.Generator().manual_seed(seed)

    def symbols(*shape):
        """Each symbol once, from 4 on, so that none is a start."""
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
    ]


def first_of(targets, start):
    return torch.full_like(targets[..., :1], start)


def joined(*parts):
    return torch.cat(parts, dim=-1)


def with_start(number):
    """The right answer with another start."""
    return lambda targets, start: shift_right(targets, number)


def rolled_then(change):
    """Rolled by one place, and changed afterwards."""

    def wrong(targets, start):
        inputs = targets.roll(1, -1)
        change(inputs, start)
        return inputs

    return wrong


def start_in_the_first_place(inputs, start):
    inputs[(0,) * inputs.ndim] = start


def start_in_the_first_row(inputs, start):
    inputs[0] = start


def start_over_the_first(targets, start):
    return joined(first_of(targets, start), targets[..., 1:])


def through_all_rows(targets, start):
    """As if all rows were one long one."""
    return joined(torch.tensor([start]), targets.flatten()[:-1]).view(targets.shape)


def along_the_first_axis(targets, start):
    return torch.cat((torch.full_like(targets[:1], start), targets[:-1]))


def along_axis_1(targets, start):
    return torch.cat((torch.full_like(targets[:, :1], start), targets[:, :-1]), dim=1)


def from_left_to_right(targets, start):
    """Each place takes what its left neighbour already holds."""
    inputs = targets.clone()
    inputs[..., 0] = start
    for i in range(1, inputs.shape[-1]):
        inputs[..., i] = inputs[..., i - 1]
    return inputs


ONE_ROW = "Yours works for one row alone. There may be axes in front: cut and join along the last one, `targets[..., :-1]` and dim=-1."
WRONG_WAY = "You shift to the left. Each symbol moves one place to the right: start comes in front, and the last target falls out."

MISTAKES = (
    Mistake("shifted left, start at the end", lambda targets, start: joined(targets[..., 1:], first_of(targets, start)), WRONG_WAY),
    Mistake("rolled to the left", lambda targets, start: targets.roll(-1, -1), WRONG_WAY),
    Mistake("shifted left, one too short", lambda targets, start: targets[..., 1:], WRONG_WAY),
    Mistake("one too long", lambda targets, start: joined(first_of(targets, start), targets),
            "One symbol too long: start is in front, so the last target has to go, `targets[..., :-1]`. Nothing is written after it."),
    Mistake("one too short", lambda targets, start: targets[..., :-1], "One symbol too short: the last target is gone, but start is missing in front."),
    Mistake("start behind all", lambda targets, start: joined(targets, first_of(targets, start)),
            "You put start behind the targets. It comes in front, and the last target goes."),
    Mistake("start in the last place", lambda targets, start: joined(targets[..., :-1], first_of(targets, start)),
            "Start stands in the last place. It comes first, and every target but the last moves one place to the right."),
    Mistake("start in the first place", start_over_the_first,
            "Start has replaced the first target, and nothing has moved. Then place i still reads its own answer; it must read the one before."),
    Mistake("rolled", lambda targets, start: targets.roll(1, -1),
            "Rolled round: the last target has come to the front. The first symbol must be start, or the model reads the end of the answer before it begins."),
    Mistake("not shifted", lambda targets, start: targets.clone(), "Nothing has moved: place i reads its own answer, so there is nothing left to learn."),
    Mistake("first target twice", lambda targets, start: joined(targets[..., :1], targets[..., :-1]),
            "The first target stands in front twice. The first symbol that is read must be start: it gives nothing away."),
    Mistake("always 0", with_start(0), "You always begin with 0. The argument start says which symbol comes first."),
    Mistake("always 1", with_start(1), "You always begin with 1. The argument start says which symbol comes first."),
    Mistake("start in one row only", rolled_then(start_in_the_first_place),
            "Only the very first place has become start. Every row begins with it: `inputs[..., 0] = start`."),
    Mistake("a whole row of start", rolled_then(start_in_the_first_row), "inputs[0] is the whole first row, where there is more than one. The first place of every row is `inputs[..., 0]`."),
    Mistake("through all rows", through_all_rows,
            "The rows run into each other: the last target of one row has become the first symbol of the next. Each row begins with start."),
    Mistake("along the first axis", along_the_first_axis,
            "You shift whole rows down, along the first axis. Symbols follow each other along the last axis: `targets[..., :-1]` and dim=-1."),
    Mistake("along axis 1", along_axis_1, "You shift along axis 1. Symbols follow each other along the last axis, whatever comes before it: write -1 or `...`."),
    Mistake("start has one axis", lambda targets, start: torch.cat((torch.tensor([start]), targets[..., :-1]), dim=-1), ONE_ROW),
    Mistake("start has one axis, joined along the first", lambda targets, start: torch.cat((torch.tensor([start]), targets[:-1])), ONE_ROW),
    Mistake("a list in front", lambda targets, start: [start, *targets[:-1].tolist()], ONE_ROW),
    Mistake("a number joined to a tensor", lambda targets, start: torch.cat((start, targets[..., :-1]), dim=-1),
            "torch.cat joins tensors, and start is a number. Make a column of it first: `torch.full_like(targets[..., :1], start)`."),
    Mistake("start added to all but the last", lambda targets, start: start + targets[..., :-1],
            "`+` adds start to each number, also when it stands in a list. Tensors are joined with torch.cat: `torch.full_like(targets[..., :1], start)` in front."),
    Mistake("two places", lambda targets, start: joined(first_of(targets, start), first_of(targets, start), targets[..., :-2])[..., : targets.shape[-1]],
            "You shift by two places; one is asked for."),
    Mistake("from left to right", from_left_to_right,
            "Start is everywhere: you write into the same tensor that you read from, so each place takes what its neighbour has just become. Read from targets."),
    Mistake("turned round", lambda targets, start: joined(first_of(targets, start), targets.flip(-1)[..., :-1]), "The order is turned round. The symbols keep their order and move one place to the right."),
    Mistake("numbers raised", lambda targets, start: targets + 1, "You add 1 to the numbers of the symbols. It is their places that move."),
    Mistake("start added", lambda targets, start: targets + start, "You add start to the numbers of the symbols. It is a symbol of its own, and comes first."),
)  # fmt: skip

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
