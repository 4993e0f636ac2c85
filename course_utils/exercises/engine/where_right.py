"""What the cases that are right have in common, and those that are wrong have not: that is where to look."""

from __future__ import annotations

from itertools import combinations

import torch

from ..trials.called import called

LARGE = 50


def where_right(exercise, tried):
    """(name, one sentence) of what tells the right cases from the wrong ones; None if nothing does, or only one is right."""
    if exercise.trial is not called or sum(not one.is_wrong for one in tried) < 2:
        return None
    facts = [_facts(exercise.parameters, one.case.args) for one in tried]
    for fact in dict.fromkeys(fact for some in facts for fact in some):
        holds = [fact in some for some in facts]
        if all(one.is_wrong != held for one, held in zip(tried, holds)):
            return "right in some cases", f"It is right where {fact}, and wrong elsewhere. What is different there?"
        if all(one.is_wrong == held for one, held in zip(tried, holds)):
            return "wrong in some cases", f"It is wrong where {fact}, and right elsewhere. What is different there?"
    return None


def _facts(names, args):
    """What can be said of the arguments of one case."""
    facts = {}
    for name, arg in zip(names, args):
        facts |= dict.fromkeys(_of_one(name, arg))
    for (name, arg), (other, another) in combinations(zip(names, args), 2):
        if type(arg) is type(another) is int and arg == another:
            facts[f"{name} and {other} are equal"] = True
    return facts


def _of_one(name, arg):
    if arg is None:
        yield f"{name} is None"
    elif isinstance(arg, (int, float)):
        yield from (f"{name} is {number}" for number in (0, 1) if arg == number)
    elif isinstance(arg, torch.Tensor):
        yield from _of_tensor(name, arg)
    elif isinstance(arg, (str, list, tuple)) and not arg:
        yield f"{name} is empty"


def _of_tensor(name, arg):
    for place, words in ((-1, "one number in a row"), (-2, "one row"), (-3, "one table")):
        if arg.ndim >= -place and arg.shape[place] == 1:
            yield f"{name} has {words}"
    if arg.ndim > 1 and arg.shape[-1] == arg.shape[-2]:
        yield f"{name} has as many rows as columns"
    if arg.dtype == torch.bool:
        return
    if not arg.any():
        yield f"{name} is all 0"
    if arg.numel() and arg.abs().max() > LARGE:
        yield f"{name} holds large numbers"
    if arg.numel() and arg.min() >= 0 and arg.is_floating_point():
        yield f"no number of {name} is below 0"
    if len(arg.unique()) < arg.numel():
        yield f"numbers in {name} come more than once"
