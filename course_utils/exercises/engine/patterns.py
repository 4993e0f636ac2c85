"""What the numbers of a wrong result have in common with the right ones, whatever was done to them."""

from __future__ import annotations

import numpy as np

from .comparing import ATOL, RTOL, same_array

DISTINCT = 0.5  # share of different numbers from which on it says something that all of them are there
CASES = 3  # from which on one relation between single numbers is no accident


def pattern(exercise, tried):
    """(name, one sentence) of what is so in every wrong case; None if nothing is, or if there are no numbers."""
    if exercise.behaviour or any(one.got.problem for one in tried if one.is_wrong):
        return None
    names = list(exercise.returns)
    off = [i for i in range(len(names)) if any(one.is_wrong and not same_array(*_pair(one, i)) for one in tried)]
    if not off:
        return None
    pairs = [_pair(one, off[0]) for one in tried if one.is_wrong]
    everywhere = all(one.is_wrong or not one.right.arrays[off[0]].any() for one in tried)  # else a factor is no reason
    looks = (_scaled, _shifted, _elsewhere, _first_row) if everywhere else (_elsewhere, _first_row)
    seen = (look(names[off[0]], pairs) for look in looks)
    return next(filter(None, seen), None) or _only_some(names, off) or _other_shape(pairs)


def _listed(names):
    return " and ".join(names)


def _pair(one, i):
    return one.got.arrays[i], one.right.arrays[i]


def _elsewhere(name, pairs):
    """All numbers are there, in another order or shape."""
    telling = any(want.size > 2 and len(np.unique(want)) > DISTINCT * want.size for _, want in pairs)
    if telling and all(got.size == want.size and same_array(np.sort(got, None), np.sort(want, None)) for got, want in pairs):
        return "right numbers in other positions", (
            f"The numbers of {name} are the right ones, but in other positions: are axes exchanged, is something reshaped "
            "that should be transposed, or written to another row?"
        )
    return None


def _scaled(name, pairs):
    """All numbers are the right ones times a factor."""
    factors = [_factor(got, want) for got, want in pairs]
    if None in factors or np.allclose(factors, 0):
        return None
    if _is_one(factors):
        if _is_enough(pairs):
            text = f"All numbers of {name} are {factors[0]:.4g} times what they should be. Where does this factor come from?"
            return "a factor too many", text
    elif all(want.size > 1 for _, want in pairs):
        return "a factor too many", (
            f"All numbers of {name} have one factor too many, not the same in each case: here it is {factors[0]:.4g}. "
            "Is it a size, or the root of one?"
        )
    return None


def _factor(got, want):
    if got.shape != want.shape or not want.any():
        return None
    place = np.unravel_index(np.argmax(abs(want)), want.shape)
    factor = got[place] / want[place]
    return factor if np.allclose(got, factor * want, rtol=RTOL, atol=ATOL) else None


def _shifted(name, pairs):
    """All numbers are too large, or too small, by the same."""
    if any(got.shape != want.shape or not want.size for got, want in pairs):
        return None
    apart = [got - want for got, want in pairs]
    steps = [float(np.mean(array)) for array in apart]
    even = all(np.allclose(array, step, rtol=RTOL, atol=ATOL) for array, step in zip(apart, steps))
    if not (even and _is_one(steps) and _is_enough(pairs)):
        return None
    size = "large" if steps[0] > 0 else "small"
    return "a number added", f"All numbers of {name} are too {size} by {abs(steps[0]):.4g}. Where is it added?"


def _first_row(name, pairs):
    """Right in the first row, wrong in the second."""
    pairs = [(got, want) for got, want in pairs if got.shape == want.shape and _rows(want) > 1]
    if len(pairs) < 2 or not all(_is_right(0, *pair) and not _is_right(1, *pair) for pair in pairs):
        return None
    return "right in the first row", (
        f"The first row of {name} is right, the next is not. What differs from row to row, or passes from one round of a "
        "loop to the next?"
    )


def _rows(array):
    return array.shape[-2] if array.ndim > 1 else 1


def _is_right(row, got, want):
    return same_array(got[..., row, :], want[..., row, :])


def _only_some(names, off):
    """Of several results some are right."""
    if len(off) == len(names):
        return None
    right, wrong = _listed([name for i, name in enumerate(names) if i not in off]), _listed([names[i] for i in off])
    be = "is" if len(names) - len(off) == 1 else "are"
    return f"only {wrong}", f"{right} {be} right already; what is wrong is {wrong}."


def _other_shape(pairs):
    return ("another shape", "") if all(got.shape != want.shape for got, want in pairs) else None


def _is_one(numbers):
    return np.allclose(numbers, numbers[0], rtol=RTOL, atol=ATOL)


def _is_enough(pairs):
    return len(pairs) >= CASES or any(want.size > CASES for _, want in pairs)
