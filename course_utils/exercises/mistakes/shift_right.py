"""What people get wrong in shift_right: which way, what stands in front, and along which axis."""

import torch

from ...model.decoding import shift_right
from ..engine import Mistake
from ..slips import of_results


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


def start_after_that(targets, start):
    """The same, and start is written last."""
    return joined(first_of(targets, start), targets[..., :1].expand_as(targets)[..., 1:])


ONE_ROW = "Yours works for one row alone. There may be axes in front: cut and join along the last one, `targets[..., :-1]` and dim=-1."
ONE_TABLE = "Yours works for a table alone, row by row. There may be no axis in front, or more: cut and join along the last one, `targets[..., :-1]` and dim=-1."
WRONG_WAY = "You shift to the left. Each symbol moves one position to the right: start comes in front, and the last target falls out."

SYMBOLS_ONLY = (  # slips that nobody makes with symbols
    "without its sign", "negative ones cut", "whole numbers", "rounded", "exp", "sigmoid", "tanh", "softmax", "divided by its sum",
    "first number 0", "brought to length 1", "averaged", "squared", "one more", "first number missing", "last number missing",
)  # fmt: skip
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
            "Start stands in the last position. It comes first, and every target but the last moves one position to the right."),
    Mistake("start in the first place", start_over_the_first,
            "Start has replaced the first target, and nothing has moved. Then position i still reads its own answer; it must read the one before."),
    Mistake("rolled", lambda targets, start: targets.roll(1, -1),
            "Rolled round: the last target has come to the front. The first symbol must be start, or the model reads the end of the answer before it begins."),
    Mistake("not shifted", lambda targets, start: targets.clone(), "Nothing has moved: position i reads its own answer, so there is nothing left to learn."),
    Mistake("first target twice", lambda targets, start: joined(targets[..., :1], targets[..., :-1]),
            "The first target stands in front twice. The first symbol that is read must be start: it gives nothing away."),
    Mistake("always 0", with_start(0), "You always begin with 0, or nothing is written in the first place. The argument start says which symbol comes first."),
    Mistake("always 1", with_start(1), "You always begin with 1. The argument start says which symbol comes first."),
    Mistake("start in one row only", rolled_then(start_in_the_first_place),
            "Only the very first position has become start. Every row begins with it: `inputs[..., 0] = start`."),
    Mistake("a whole row of start", rolled_then(start_in_the_first_row), "inputs[0] is the whole first row, where there is more than one. The first position of every row is `inputs[..., 0]`."),
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
            "You shift by two positions, or start stands in front twice; one is asked for."),
    Mistake("from left to right", from_left_to_right,
            "Start is everywhere. Do you write into the same tensor that you read from, so that each position takes what its neighbour has just become? Read from targets."),
    Mistake("from left to right, start last", start_after_that,
            "The first target has spread over all positions. Do you write into the same tensor that you read from, so that each position takes what its neighbour has just become? Read from targets."),
    Mistake("rows of a table", lambda targets, start: [[start] + row[:-1] for row in targets.tolist()], ONE_TABLE),
    Mistake("rows of a table, one too long", lambda targets, start: [[start] + row for row in targets.tolist()], f"{ONE_TABLE} And the last target of each row has to go."),
    Mistake("start in front and behind", lambda targets, start: joined(first_of(targets, start), targets[..., :-1], first_of(targets, start)), "Start stands at the end as well. Nothing follows the targets; the result is as long as they are."),
    Mistake("start behind, last kept", lambda targets, start: joined(targets[..., 1:], first_of(targets, start), first_of(targets, start))[..., : targets.shape[-1]], WRONG_WAY),
    Mistake("shifted left, last twice", lambda targets, start: joined(targets[..., 1:], targets[..., -1:]), WRONG_WAY),
    Mistake("shifted left, 0 at the end", lambda targets, start: joined(targets[..., 1:], 0 * targets[..., :1]), WRONG_WAY),
    Mistake("end cut off everywhere", lambda targets, start: joined(first_of(targets, start), targets[..., :-2]), "One symbol too short: only the last target falls out, `targets[..., :-1]`."),
    Mistake("start alone", lambda targets, start: first_of(targets, start), "You give back start alone. Behind it come the targets, all but the last."),
    Mistake("first row only", lambda targets, start: shift_right(targets, start)[0], "Only the first row comes back. Every row is shifted: keep all axes in front."),
    Mistake("two results", lambda targets, start: (shift_right(targets, start), targets), "Give back the inputs alone, once."),
    Mistake("as text", lambda targets, start: f"{start} {targets}", "You give back text. Give back a tensor of symbols."),
    Mistake("places", lambda targets, start: torch.arange(targets.shape[-1]).expand(targets.shape), "These are numbers of positions. Give back symbols: start, then the targets without their last."),
    *of_results(shift_right, {"inputs": "length"}, without=SYMBOLS_ONLY),
    Mistake("turned round", lambda targets, start: joined(first_of(targets, start), targets.flip(-1)[..., :-1]), "The order is reversed. The symbols keep their order and move one position to the right."),
    Mistake("numbers raised", lambda targets, start: targets + 1, "You add 1 to the numbers of the symbols. It is their positions that move."),
    Mistake("one added to each", lambda targets, start: torch.cat((torch.full_like(targets[..., :1], start), targets[..., 1:] + 1), -1),
            "You add 1 to the symbols. Move them: the symbol at position i goes to position i + 1."),
    Mistake("start added", lambda targets, start: targets + start, "You add start to the numbers of the symbols. It is a symbol of its own, and comes first."),
)  # fmt: skip
