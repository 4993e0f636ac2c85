"""Is a wrong answer the right one for other arguments? Then something happens to one of them on the way."""

from __future__ import annotations

import inspect
import itertools

import torch

from ..trials.called import called
from .result import Mistake

ANY_TENSOR = {
    "all 0": torch.zeros_like,
    "all 1": torch.ones_like,
    "back to front": lambda x: x.flip(-1),
    "with its rows from the last to the first": lambda x: x.flip(-2),
    "transposed": lambda x: x.transpose(-2, -1),
    "with its first number in all places of a row": lambda x: x[..., :1].expand_as(x),
    "with its last number in all places of a row": lambda x: x[..., -1:].expand_as(x),
    "with its first row in place of all": lambda x: x[..., :1, :].expand_as(x),
    "with its last row in place of all": lambda x: x[..., -1:, :].expand_as(x),
    "with all of its numbers one place further on": lambda x: x.roll(1, -1),
    "with all of its numbers one place earlier": lambda x: x.roll(-1, -1),
    "with all of its rows one place further on": lambda x: x.roll(1, -2),
    "with all of its rows one place earlier": lambda x: x.roll(-1, -2),
    "sorted": lambda x: x.sort(-1).values,
}
NUMBERS = {
    "1 larger": lambda x: x + 1,
    "1 smaller": lambda x: x - 1,
    "twice as large": lambda x: 2 * x,
    "with the opposite sign": lambda x: -x,
    "squared": lambda x: x * x,
}
REAL = {
    "half as large": lambda x: x / 2,
    "1 over it": lambda x: 1 / x,
    "1 minus it": lambda x: 1 - x,
    "its root": lambda x: x**0.5,
}
REAL_TENSOR = {
    "without its signs": torch.abs,
    "with its negative numbers cut off": torch.relu,
    "sent through tanh": torch.tanh,
    "sent through a softmax": lambda x: x.softmax(-1),
    "sent through exp": torch.exp,
    "rounded": torch.round,
    "divided by the length of each row": lambda x: x / x.norm(dim=-1, keepdim=True),
    "less the mean of each row": lambda x: x - x.mean(-1, keepdim=True),
    "less its largest number": lambda x: x - x.max(),
    "with the mean of each row in all its places": lambda x: x.mean(-1, keepdim=True).expand_as(x),
    "with the mean of its rows in place of all": lambda x: x.mean(-2, keepdim=True).expand_as(x),
    "times the root of its last axis": lambda x: x * x.shape[-1] ** 0.5,
    "divided by the root of its last axis": lambda x: x / x.shape[-1] ** 0.5,
}
WHOLE = {"half as large": lambda n: n // 2, "0": lambda n: 0, "1": lambda n: 1}
FUNCTION = {
    "that gives back what it gets": lambda f: lambda x, *others: x,
    "that gives 0": lambda f: lambda x, *others: 0 * x,
    "that adds what it gets": lambda f: lambda x, *others: x + f(x, *others),
    "called twice, one time on its own result": lambda f: lambda x, *others: f(f(x, *others), *others),
    "with half its result": lambda f: lambda x, *others: f(x, *others) / 2,
    "with the opposite sign": lambda f: lambda x, *others: -f(x, *others),
}
SEQUENCE = {
    "back to front": lambda x: x[::-1],
    "without its first": lambda x: x[1:],
    "without its last": lambda x: x[:-1],
    "sorted": sorted,
    "with each symbol once": lambda x: list(dict.fromkeys(x)),
}


def other_arguments(exercise):
    """A Mistake for each thing that may have happened to an argument, or to two that have changed places."""
    if exercise.trial is not called:
        return
    names, args = exercise.parameters, exercise.cases(0)[0].args
    for place, (name, arg) in enumerate(zip(names, args)):
        for what, change in _changes(arg).items():
            hint = f"Yours would be right with another `{name}` ({what}). What happens to {name} on the way?"
            yield Mistake(f"another {name}, {what}", _with_change(exercise.reference, place, change), hint)
    for one, other in itertools.combinations(range(len(names)), 2):
        hint = f"Yours would be right if `{names[one]}` and `{names[other]}` changed places. Which belongs where?"
        yield Mistake(f"{names[one]} and {names[other]} exchanged", _exchanged(exercise.reference, one, other), hint)


def _changes(arg):
    if isinstance(arg, torch.Tensor):
        if arg.dtype == torch.bool:
            return ANY_TENSOR | {"turned round": torch.logical_not}
        return ANY_TENSOR | NUMBERS | (REAL | REAL_TENSOR if arg.is_floating_point() else {})
    if isinstance(arg, (int, float)):
        return NUMBERS | (WHOLE if isinstance(arg, int) else REAL | {"1": lambda x: 1.0})
    if isinstance(arg, (str, list, tuple)):
        return SEQUENCE
    return FUNCTION if inspect.isroutine(arg) else {}


def _with_change(reference, place, change):
    return lambda *args: reference(*args[:place], change(args[place]), *args[place + 1 :])


def _exchanged(reference, one, other):
    def exchanged(*args):
        args = list(args)
        args[one], args[other] = args[other], args[one]
        return reference(*args)

    return exchanged
