"""Where in a result of the right shape the wrong numbers stand, and where the right ones stand instead."""

from __future__ import annotations

import numpy as np

from .comparing import ATOL, RTOL, axes_text, same_array
from .shapes import axis_of

MOVED = {  # along one axis
    "in reverse": (
        lambda x, axis: np.flip(x, axis),
        "Does a loop begin at the end, or is something put in front that belongs behind?",
    ),
    "one place too far on": (lambda x, axis: np.roll(x, 1, axis), "What index does each round of a loop write to?"),
    "one place too early": (
        lambda x, axis: np.roll(x, -1, axis),
        "What index does each round of a loop write to? -1 is the last place.",
    ),
}


def place_pattern(name, axes, pairs):
    """(name, one sentence) of what is so in every pair of arrays (yours, right); None if nothing is, or if shapes differ."""
    pairs = [pair for pair in pairs if pair[1].size > 1]
    if not pairs or any(got.shape != want.shape for got, want in pairs):
        return None
    text = axes_text(axes, pairs[0][1].ndim)
    seen = (look(name, text, pairs) for look in (_moved, _yes_or_no, _unfilled, _one_part, _all_alike))
    return next(filter(None, seen), None)


def _axes_of(pairs):
    """The axes that all have, counted from the end."""
    return range(-min(want.ndim for _, want in pairs), 0)


def _moved(name, axes, pairs):
    """The right numbers, in another order along one axis."""
    for what, (move, advice) in MOVED.items():
        for place in _axes_of(pairs):
            if all(same_array(got, move(want, place)) for got, want in pairs):
                return (
                    f"{what} along an axis",
                    f"The numbers of {name} are right, but {what} along {axis_of(axes, place)}. {advice}",
                )
    return None


def _yes_or_no(name, axes, pairs):
    """Of a mask: too many are True, too few, or others."""
    if not all(np.isin(array, (0, 1)).all() for pair in pairs for array in pair):
        return None
    too_many, too_few = any((got > want).any() for got, want in pairs), any((got < want).any() for got, want in pairs)
    if too_many and too_few:
        return "others are True", f"Some places of {name} are True that should be False, and some False that should be True."
    what, instead = ("True", "False") if too_many else ("False", "True")
    return f"too {'many' if too_many else 'few'} are True", f"Some places of {name} are {what} that should be {instead}; all others are right."


def _unfilled(name, axes, pairs):
    """What is not 0 is right."""
    left = [(got == 0) & (want != 0) for got, want in pairs]
    if not all(
        empty.any() and (got != 0).any() and same_array(np.where(empty, want, got), want)
        for empty, (got, want) in zip(left, pairs)
    ):
        return None
    return "left at 0", (
        f"What is not 0 in {name} is right, but some places are still 0: does a loop end too early, skip some, or is `return` inside it?"
    )


def _one_part(name, axes, pairs):
    """Along one axis only the first or the last is wrong, or only the first is right."""
    for place in _axes_of(pairs):
        seen = [_right_along(place, *pair) for pair in pairs if pair[1].shape[place] > 1]
        if not seen:
            continue
        where = axis_of(axes, place)
        if all(not right[0] and right[1:].all() for right in seen):
            return (
                "only the first is wrong",
                f"{name} is right but for the first along {where}. What is different about it?",
            )
        if all(not right[-1] and right[:-1].all() for right in seen):
            return (
                "only the last is wrong",
                f"{name} is right but for the last along {where}. Does a loop, or a slice, end one too early?",
            )
        if all(right[0] and not right[1:].any() for right in seen):
            return "only the first is right", (
                f"Along {where} only the first of {name} is right. What differs from one to the next, or passes from one round of a loop "
                "to the next?"
            )
    return None


def _right_along(place, got, want):
    """For each index of an axis, if all that stands there is right."""
    right = np.isclose(got, want, rtol=RTOL, atol=ATOL, equal_nan=True)
    return np.moveaxis(right, place, 0).reshape(want.shape[place], -1).all(axis=1)


def _all_alike(name, axes, pairs):
    """Along one axis everything is equal, where it should not be."""
    for place in _axes_of(pairs):
        telling = [pair for pair in pairs if pair[1].shape[place] > 1 and not _alike(pair[1], place)]
        if telling and all(_alike(got, place) for got, _ in telling):
            return "all alike", (
                f"All of {name} is alike along {axis_of(axes, place)}, and should not be: is one made for all, or an index that never changes?"
            )
    return None


def _alike(x, place):
    return same_array(x, np.repeat(np.take(x, [0], place), x.shape[place], place))
