"""What the numbers of a wrong result have in common with the right ones, whatever was done to them."""

from __future__ import annotations

import numpy as np

from .comparing import ATOL, RTOL, same_array
from .places import place_pattern
from .shapes import shape_pattern

DISTINCT = 0.5  # share of different numbers from which on it says something that all of them are there
FUNCTIONS = {
    "1 minus what they should be": lambda x: 1 - x,
    "1 over what they should be": lambda x: 1 / x,
    "the squares of what they should be": np.square,
    "the roots of what they should be": np.sqrt,
    "the logarithms of what they should be": np.log,
    "minus the logarithms of what they should be": lambda x: -np.log(x),
    "e to the power of what they should be": np.exp,
    "2 to the power of what they should be": np.exp2,
    "without their signs": np.abs,
    "cut off below 0": lambda x: np.maximum(x, 0),
    "rounded": np.round,
    "rounded to one decimal": lambda x: np.round(x, 1),
    "rounded to two decimals": lambda x: np.round(x, 2),
    "rounded to three decimals": lambda x: np.round(x, 3),
    "rounded up": np.ceil,
    "rounded down": np.floor,
    "0 or 1 where they are below or above a half": lambda x: (x > 0.5) * 1.0,
}
CASES = 3  # from which on one relation between single numbers is no accident


def pattern(exercise, tried):
    """(name, one sentence) of what is so in every wrong case; None if nothing is, or if there are no numbers."""
    seen = _wrong_pairs(exercise, tried)
    if not seen:
        return None
    off, pairs = seen
    name, axes = list(exercise.returns.items())[off[0]]
    everywhere = all(one.is_wrong or not one.right.arrays[off[0]].any() for one in tried)  # else a factor is no reason
    looks = (*((_scaled, _shifted, _another_function) if everywhere else ()), _whole_numbers)
    numbers = next(filter(None, (look(name, pairs) for look in looks)), None)
    return numbers or place_pattern(name, axes, pairs) or shape_pattern(name, axes, pairs)


def rough_pattern(exercise, tried):
    """The same, of what says less."""
    seen = _wrong_pairs(exercise, tried)
    if not seen:
        return None
    (off, pairs), names = seen, list(exercise.returns)
    return _elsewhere(names[off[0]], pairs) or _only_some(names, off) or _other_shape(pairs)


def _wrong_pairs(exercise, tried):
    """(numbers of the wrong results, pairs (yours, right) of the first of them); None if some are no numbers."""
    if exercise.behaviour or any(one.got.problem for one in tried if one.is_wrong):
        return None
    off = [
        i for i in range(len(exercise.returns)) if any(one.is_wrong and not same_array(*_pair(one, i)) for one in tried)
    ]
    return (off, [_pair(one, off[0]) for one in tried if one.is_wrong]) if off else None


def listed(things):
    """Names or numbers in a sentence."""
    return " and ".join(map(str, things))


def _pair(one, i):
    return one.got.arrays[i], one.right.arrays[i]


def _elsewhere(name, pairs):
    """All numbers are there, in another order or shape."""
    telling = any(want.size > 2 and len(np.unique(want)) > DISTINCT * want.size for _, want in pairs)
    if telling and all(
        got.size == want.size and same_array(np.sort(got, None), np.sort(want, None)) for got, want in pairs
    ):
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


def _another_function(name, pairs):
    """Each number is made of the right one in the same way."""
    if not _is_enough(pairs) or any(got.shape != want.shape for got, want in pairs):
        return None
    with np.errstate(all="ignore"):
        for said, function in FUNCTIONS.items():
            if all(same_array(got, function(want)) for got, want in pairs):
                return "another function of it", f"All numbers of {name} are {said}. Give them back as they are."
    return None


def _whole_numbers(name, pairs):
    """All are whole numbers, and should not be."""
    if any(got.shape != want.shape for got, want in pairs):
        return None
    numbers, right = (np.concatenate([np.ravel(pair[i]) for pair in pairs]) for i in (0, 1))
    if (
        len(np.unique(right)) > 2
        and np.mean(right == np.round(right)) < DISTINCT
        and (numbers == np.round(numbers)).all()
    ):
        return (
            "whole numbers",
            f"All numbers of {name} are whole ones: are they counted, rounded, cut off by int or //, or places and not what stands there?",
        )
    return None


def _only_some(names, off):
    """Of several results some are right."""
    if len(off) == len(names):
        return None
    right, wrong = listed([name for i, name in enumerate(names) if i not in off]), listed([names[i] for i in off])
    be = "is" if len(names) - len(off) == 1 else "are"
    return f"only {wrong}", f"{right} {be} right already; what is wrong is {wrong}."


def _other_shape(pairs):
    return ("another shape", "") if all(got.shape != want.shape for got, want in pairs) else None


def _is_one(numbers):
    return np.allclose(numbers, numbers[0], rtol=RTOL, atol=ATOL)


def _is_enough(pairs):
    return len(pairs) >= CASES or any(want.size > CASES for _, want in pairs)
