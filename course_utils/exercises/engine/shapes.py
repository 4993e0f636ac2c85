"""What a result of another shape has to do with the right one: an axis exchanged, added, gone, or cut."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from .comparing import axes_text, same_array

CUTS = {  # along one axis: what is left of it
    "only the first along": lambda x, axis: np.take(x, 0, axis),
    "only the last along": lambda x, axis: np.take(x, -1, axis),
    "all but the last along": lambda x, axis: np.delete(x, -1, axis),
    "all but the first along": lambda x, axis: np.delete(x, 0, axis),
    "the sum over": np.sum,
    "the mean over": np.mean,
    "the largest along": np.max,
}
ADVICE = {
    "only the first along": "Is `return` inside a loop, or a [0] too many?",
    "only the last along": "Is it written over in each round of a loop, or a [-1] too many?",
    "all but the last along": "`range(n)` and `[:n]` leave n out already.",
    "all but the first along": "Counting begins at 0.",
}


def shape_pattern(name, axes, pairs):
    """(name, one sentence) of what is so in every pair of arrays (yours, right) whose shapes differ; None if nothing is."""
    telling = [(got, want) for got, want in pairs if got.shape != want.shape and _tells(want)]
    if not telling:
        return None
    looks = (_exchanged, _other_borders, _repeated, _cut, _longer)
    seen = (look(name, axes_text(axes, telling[0][1].ndim), telling) for look in looks)
    return next(filter(None, seen), None)


def _tells(want):
    """False if so few different numbers are in it that anything may look like it."""
    return len(np.unique(want)) > 1


def axis_of(axes, place):
    """The name of one axis."""
    names = axes.strip("(),").split(", ")
    return names[place] if -len(names) <= place < len(names) else "an axis in front"


def _exchanged(name, axes, pairs):
    """The same axes in another order."""
    if len({want.ndim for _, want in pairs}) > 1 or any(got.ndim != want.ndim for got, want in pairs):
        return None
    for order in permutations(range(pairs[0][1].ndim)):
        if all(same_array(got, want.transpose(order)) for got, want in pairs):
            yours = ", ".join(axis_of(axes, place) for place in order)
            return (
                "axes exchanged",
                f"The numbers of {name} are right, but its axes are ({yours}) in yours, where {axes} is expected.",
            )
    return None


def _other_borders(name, axes, pairs):
    """The same numbers in the same order."""
    if all(got.size == want.size and same_array(got.ravel(), want.ravel()) for got, want in pairs):
        return "axes joined or cut", (
            f"The numbers of {name} are right, and so is their order; only the borders between its axes are not. They are {axes}: "
            "is one joined with another, cut, or missing?"
        )
    return None


def _repeated(name, axes, pairs):
    """The right result several times, along an axis too many."""
    for got, want in pairs:
        if got.ndim <= want.ndim or 0 in got.shape:
            return None
        places = (0, -1)
        if not any(
            same_array(got, np.repeat(np.expand_dims(want, place), got.shape[place], place)) for place in places
        ):
            return None
    return (
        "an axis too many",
        f"{name} is right, but there are several of it, along one axis too many: {axes} is expected.",
    )


def _cut(name, axes, pairs):
    """Along one axis something is missing, or it was added up."""
    for what, cut in CUTS.items():
        for place in range(-min(want.ndim for _, want in pairs), 0):
            if all(_is_cut(got, want, cut, place) for got, want in pairs):
                return (
                    "a part of it",
                    f"That is {what} {axis_of(axes, place)} of {name}. {ADVICE.get(what, 'Give all of it back.')}",
                )
    return None


def _is_cut(got, want, cut, place):
    part = cut(want, place)
    return same_array(got, part) or same_array(got, np.expand_dims(part, place))


def _longer(name, axes, pairs):
    """Along one axis there is more than there should be, in front or behind."""
    if any(got.ndim != want.ndim for got, want in pairs):
        return None
    for place in range(-min(want.ndim for _, want in pairs), 0):
        behind = all(_begins_with(got, want, place) for got, want in pairs)
        if behind or all(_begins_with(np.flip(got, place), np.flip(want, place), place) for got, want in pairs):
            where = f"too much {'behind' if behind else 'in front'} along {axis_of(axes, place)}"
            return "more than was asked for", f"{name} is right as far as it goes, but there is {where}."
    return None


def _begins_with(got, want, place):
    if got.shape[place] <= want.shape[place]:
        return False
    return same_array(np.take(got, range(want.shape[place]), place), want)
