"""Slips with a result: it is right, and then it is changed, cut or mixed up before it is given back."""

from itertools import permutations

import torch

from ..engine import Mistake
from ..engine.comparing import axes_text
from .wording import listed, number_word

ZEROS = "{name} is 0 everywhere, or has lost what stands behind the point: is nothing written into it, or is it a table of whole numbers (int(), `//`, round)?"
ANY = {
    "sign turned round": (torch.neg, "{name} has the opposite sign."),
    "without its sign": (torch.abs, "The signs of {name} are lost: no abs here, and no squares."),
    "negative ones cut": (torch.relu, "The negative numbers of {name} are cut off. Leave them: no ReLU, no clamp, no max with 0."),
    "doubled": (lambda x: 2 * x, "{name} is twice as large as it should be: is something counted twice?"),
    "halved": (lambda x: x / 2, "{name} is half as large as it should be: is something divided by 2?"),
    "squared": (torch.square, "{name} is squared. Give it back as it comes out."),
    "one more": (lambda x: x + 1, "Every number of {name} is too large by 1."),
    "one less": (lambda x: x - 1, "Every number of {name} is too small by 1."),
    "exp": (torch.exp, "You take exp of {name}. Give it back as it is."),
    "sigmoid": (torch.sigmoid, "You take the sigmoid of {name}. Give it back as it is."),
    "tanh": (torch.tanh, "You take the tanh of {name}. Give it back as it is."),
    "whole numbers": (torch.trunc, ZEROS),
    "rounded": (torch.round, ZEROS),
    "nothing but zeros": (torch.zeros_like, ZEROS),
}
ROWS = {
    "softmax": (lambda x: x.softmax(-1), "You take the softmax of {name}. Give it back as it is."),
    "divided by its sum": (lambda x: x / x.sum(-1, keepdim=True), "You divide {name} by its sum. Give it back as it is."),
    "brought to length 1": (lambda x: x / x.norm(dim=-1, keepdim=True), "You divide {name} by its length. Give it back as it is."),
    "sorted": (lambda x: x.sort(dim=-1).values, "{name} is sorted. Leave its numbers in the order in which they come out."),
    "sorted, largest first": (lambda x: x.sort(dim=-1, descending=True).values, "{name} is sorted. Leave its numbers in the order in which they come out."),
    "places in order": (lambda x: x.argsort(-1), "You give back the order of the numbers, not the numbers: no argsort. {name}: {axes}."),
    "largest only": (lambda x: x.amax(-1), "You keep only the largest along the last axis of {name}. Give all of it back: {axes}."),
    "place of the largest": (lambda x: x.argmax(-1), "You give back where {name} is largest. Give back {name} itself: {axes}."),
    "summed": (lambda x: x.sum(-1), "You add up the last axis of {name}. Give it back as it is: {axes}."),
    "averaged": (lambda x: x.mean(-1), "You average over the last axis of {name}. Give it back as it is: {axes}."),
    "an axis too many": (lambda x: x.unsqueeze(-1), "{name} has an axis of size 1 too many at its end. Its axes are {axes}."),
    "back to front": (lambda x: x.flip(-1), "The numbers in a row of {name} are back to front."),
    "first number missing": (lambda x: x[..., 1:], "The first number of each row of {name} is missing: begin at 0."),
    "last number missing": (lambda x: x[..., :-1], "The last number of each row of {name} is missing: `range(n)` and `[:n]` leave n out already."),
    "last number 0": (lambda x: with_zeros(x, ..., slice(-1, None)), "The last number of each row of {name} is 0: does a loop end one too early? `range(n)` leaves n out already."),
    "first number 0": (lambda x: with_zeros(x, ..., slice(1)), "The first number of each row of {name} is 0: does a loop begin at 1? Counting begins at 0."),
    "never set back": (lambda x: x.cumsum(-1), "A sum is never set back to 0: each number of {name} holds those before it too. Begin each sum anew, inside the loop."),
}  # fmt: skip
TABLE = {
    "sum of all": (torch.sum, "You add up all of {name} into one number. Give it back as it is: {axes}."),
    "mean of all": (torch.mean, "You average all of {name} into one number. Give it back as it is: {axes}."),
    "one long row": (torch.flatten, "{name} is one long row. Its axes are {axes}."),
    "on its side": (lambda x: x.transpose(-2, -1), "{name} is transposed: its last two axes are exchanged. They are {axes}."),
    "first row only": (lambda x: x[..., 0, :], "Only the first row of {name} comes back: is `return` inside the loop, or a [0] too many?"),
    "first row alone": (lambda x: x[..., :1, :], "Only the first row of {name} comes back: is `return` inside the loop, or a [0] too many?"),
    "last row only": (lambda x: x[..., -1, :], "Only the last row of {name} comes back: is it written over in each round? Collect all: {axes}."),
    "last row alone": (lambda x: x[..., -1:, :], "Only the last row of {name} comes back: is it written over in each round? Collect all: {axes}."),
    "first row missing": (lambda x: x[..., 1:, :], "The first row of {name} is missing: begin at 0."),
    "last row missing": (lambda x: x[..., :-1, :], "The last row of {name} is missing: `range(n)` and `[:n]` leave n out already."),
    "first row 0": (lambda x: with_zeros(x, ..., slice(1), slice(None)), "The first row of {name} is 0: does a loop begin at 1? Counting begins at 0."),
    "last row 0": (lambda x: with_zeros(x, ..., slice(-1, None), slice(None)), "The last row of {name} is 0: does a loop end one too early? `range(n)` leaves n out already."),
    "all but the first row 0": (lambda x: with_zeros(x, ..., slice(1, None), slice(None)), "Only the first row of {name} is filled: is `return` inside the loop?"),
    "all but the last row 0": (lambda x: with_zeros(x, ..., slice(-1), slice(None)), "Only the last row of {name} is filled: does each round write to the same row?"),
    "rows back to front": (lambda x: x.flip(-2), "The rows of {name} are back to front."),
    "the first row for all": (lambda x: x[..., :1, :].expand_as(x), "All rows of {name} are like its first one: does the loop's index never change?"),
    "the last row for all": (lambda x: x[..., -1:, :].expand_as(x), "All rows of {name} are like its last one: is one row written over again and again?"),
    "rows summed": (lambda x: x.sum(-2), "You add up the rows of {name}. Give all of them back: {axes}."),
    "rows averaged": (lambda x: x.mean(-2), "You average the rows of {name}. Give all of them back: {axes}."),
    "softmax down the columns": (lambda x: x.softmax(-2), "You take a softmax of {name}, down its columns. Give it back as it is."),
    "rows never set back": (lambda x: x.cumsum(-2), "A sum is never set back to 0: each row of {name} holds those before it too. Begin each sum anew, inside the loop."),
    "relative to the rows": (lambda x: x / x.sum(-2, keepdim=True), "You divide {name} by the sums of its columns. Give it back as it is."),
}  # fmt: skip


def with_zeros(x, *places):
    x = x.clone()
    x[places] = 0
    return x


def of_results(reference, returns, without=()):
    """A Mistake for each way to spoil one of the results of `reference`, and for results missing or out of order.

    returns: the axes of each result by name, as in the Exercise.  without: names of those that are none here, since
    they change nothing or are told better by another Mistake.
    """
    spoilt = [
        Mistake(f"{name}: {what}", _with_change(reference, place, len(returns), change), _hint(sentence, name, axes))
        for place, (name, axes) in enumerate(returns.items())
        for what, (change, sentence) in _changes(len(axes.split())).items()
    ]
    mixed_up = _mixed_up(reference, list(returns))
    return [it for it in [*spoilt, *mixed_up] if it.name not in without and it.name.split(": ")[-1] not in without]


def _changes(n_axes):
    return ANY | (ROWS if n_axes else {}) | (TABLE if n_axes > 1 else {})


def _hint(sentence, name, axes):
    return sentence.format(name=f"`{name}`", axes=axes_text(axes, len(axes.split())))


def _with_change(reference, place, count, change):
    def wrong(*args):
        if count == 1:
            return change(torch.as_tensor(reference(*args)))
        results = list(reference(*args))
        results[place] = change(results[place])
        return tuple(results)

    return wrong


def _mixed_up(reference, names):
    if len(names) == 1:
        return []
    ask = f"Give back {number_word(len(names))} results: return {', '.join(names)}."
    one = [Mistake(f"only {name}", lambda *args, i=i: reference(*args)[i], ask) for i, name in enumerate(names)]
    order = [
        Mistake(f"order {', '.join(names[i] for i in places)}", lambda *args, places=places: tuple(reference(*args)[i] for i in places),
                f"The results come in another order, {listed([names[i] for i in places])}: return {', '.join(names)}.")
        for places in list(permutations(range(len(names))))[1:]
    ]  # fmt: skip
    return one + order
