"""Lesson 08: what the decoder reads while it learns."""

import torch

from ..model.decoding import shift_right
from .engine import Case, Exercise, Mistake


def cases(seed):
    generator = torch.Generator().manual_seed(seed)

    def symbols(*shape):
        return torch.arange(3, 200)[torch.randperm(197, generator=generator)[: torch.Size(shape).numel()]].reshape(
            shape
        )

    return [
        Case("one sequence of 5", (symbols(5), 1)),
        Case("a batch of 2, length 4", (symbols(2, 4), 1)),
        Case("start is 0", (symbols(3, 5), 0)),
        Case("start is 2", (symbols(4, 3), 2)),
        Case("length 1: only start is left", (symbols(3, 1), 1)),
        Case("a square table", (symbols(3, 3), 1)),
        Case("two axes in front", (symbols(2, 3, 4), 1)),
        Case("a transposed view", (symbols(5, 2).T, 1)),
    ]


def begin(targets, start, dim=-1):
    return torch.full_like(targets.narrow(dim, 0, 1), start)


def rolled_flat(targets, start):
    """torch.roll without an axis, then start in the very first place only."""
    moved = torch.roll(targets, 1)
    moved[(0,) * moved.ndim] = start
    return moved


def first_replaced(targets, start):
    return torch.cat((begin(targets, start), targets[..., 1:]), -1)


def along(dim):
    return lambda targets, start: torch.cat(
        (begin(targets, start, dim), targets.narrow(dim, 0, targets.shape[dim] - 1)), dim
    )


def by_two(targets, start):
    return torch.cat((begin(targets, start), begin(targets, start), targets), -1)[..., : targets.shape[-1]]


def copied_forward(targets, start):
    """A loop that reads what it has just written."""
    inputs = targets.clone()
    inputs[..., 0] = start
    for i in range(1, targets.shape[-1]):
        inputs[..., i] = inputs[..., i - 1]
    return inputs


MISTAKES = (
    Mistake("the other way", lambda targets, start: torch.cat((targets[..., 1:], begin(targets, start)), -1),
            "You shift to the left, so place i reads the symbol after the one it should write. Shift to the right: start first, then the targets."),
    Mistake("not shifted", lambda targets, start: targets.clone(), "Nothing is shifted: place i reads the very symbol that it should write. Put start in front and drop the last."),
    Mistake("start replaces the first", first_replaced,
            "start stands where the first target was, but the others have not moved: place i still reads the symbol it should write."),
    Mistake("nothing dropped", lambda targets, start: torch.cat((begin(targets, start), targets), -1),
            "That is one symbol longer than the targets. Nothing comes after the last target, so nobody needs to read it: drop it."),
    Mistake("no start", lambda targets, start: targets[..., :-1], "The last target is dropped, but start is missing in front."),
    Mistake("no start, first dropped", lambda targets, start: targets[..., 1:], "You drop the first target; drop the last one, and put start in front."),
    Mistake("start at the end", lambda targets, start: torch.cat((targets[..., :-1], begin(targets, start)), -1), "start stands at the end; it belongs in front."),
    Mistake("rolled round", lambda targets, start: torch.roll(targets, 1, -1),
            "torch.roll brings the last target round to the front. There start belongs: nobody may read the end before it is written."),
    Mistake("rolled over all axes", rolled_flat, "torch.roll without an axis moves the last symbol of a row into the next row. Shift along the last axis; every row begins with start."),
    Mistake("along the first axis", along(0), "You shift along the first axis, from one sequence of the batch to the next. Shift along the last axis, the length."),
    Mistake("along axis 1", along(1), "You shift along axis 1. The length is the last axis, whatever comes before it: write -1 or `...`."),
    Mistake("0 in front", lambda targets, start: shift_right(targets, 0), "The first symbol is always 0 in yours; it should be start, the argument."),
    Mistake("1 in front", lambda targets, start: shift_right(targets, 1), "The first symbol is always 1 in yours; it should be start, the argument."),
    Mistake("shifted by two", by_two, "You shift by two places; each target moves by one."),
    Mistake("the same symbol everywhere", copied_forward,
            "All places read start. After the first come the targets, all but the last. (Does your loop read what it has just written? Read from targets, write to a new tensor.)"),
)  # fmt: skip

EXERCISE = Exercise(
    name="shift_right",
    lesson="08_encoder_decoder",
    reference=shift_right,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two pieces, joined along the last axis: a column of start, and all the targets but the last.",
        "`torch.full_like(targets[..., :1], start)` is such a column; `targets[..., :-1]` are all but the last; `torch.cat((…, …), dim=-1)`.",
    ),
    points=1,
    minutes=5,
    returns={"inputs": "length"},
    rules=(
        (lambda inputs: len(set(inputs[..., 0].flatten())) == 1, "Every sequence begins with the same symbol, start."),
    ),
)
