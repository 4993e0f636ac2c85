"""What is expected, in float64, and how far off a right answer in float32 may be.

A reference that computes in float32 can itself be further off than the tolerance: scores near 1000 are exact to 0.0001.
"""

from __future__ import annotations

import contextlib
import time
import warnings

import numpy as np
import torch

from ..trials.called import called
from .handing_over import copies
from .reading import answer_to

LAST_BIT = 2.0**-24  # float32 rounds a number by at most this share of it
ROUNDINGS = 16  # one after the other, in a right answer


def expected(exercise, case):
    """The Answer that is right for a case."""
    return case.once("expected", lambda: _timed(exercise, case))


def _timed(exercise, case):
    started = time.perf_counter()
    answer = _answer(exercise, case, copies(case.args))
    answer.seconds = time.perf_counter() - started
    return answer


def slack(exercise, case, right):
    """One distance per result: how far off a right answer in float32 may be, in whatever order it computes.

    Rounding on the way does about as much as another last bit in every number that is handed in.
    """
    return case.once("slack", lambda: _slack(exercise, case, right))


def _slack(exercise, case, right):
    arguments = [[_moved(arg, turn) for arg in in_double(copies(case.args))] for turn in range(3)]
    others = [_answer(exercise, case, args).arrays for args in arguments]
    return [ROUNDINGS * max(_distance(other[i], array) for other in others) for i, array in enumerate(right.arrays)]


def is_decided_by_arguments(exercise, case):
    """False if a function, or the trial, decides how exact the numbers are: then float64 arguments change nothing."""
    return exercise.trial is called and not any(callable(arg) for arg in case.args)


def in_double(args):
    """The arguments, real numbers as float64."""
    return [arg.double() if _is_real(arg) else arg for arg in args]


@contextlib.contextmanager
def double_by_default():
    """Within it, what makes a tensor of its own, such as torch.arange(4) / 3, makes float64."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def _answer(exercise, case, args):
    with warnings.catch_warnings(action="ignore"):
        if is_decided_by_arguments(exercise, case):
            with double_by_default():
                value = exercise.reference(*in_double(args))
        else:
            value = exercise.trial(exercise.reference, *args)
    return answer_to(exercise, case, value)


def _is_real(arg):
    return isinstance(arg, torch.Tensor) and arg.is_floating_point()


def _moved(arg, turn):
    """The argument, each of its numbers moved up or down by the last bit of a float32."""
    if not _is_real(arg):
        return arg
    place = torch.arange(arg.numel()).view(arg.shape)
    up = (place * (2 * turn + 3) // 2 + turn) % 2  # another pattern at each turn
    return arg * (1 + LAST_BIT * (2 * up - 1))


def _distance(array, other):
    """The largest, over all places where both are finite."""
    if array.shape != other.shape:
        return 0.0
    with np.errstate(invalid="ignore"):
        apart = np.abs(array - other)
    return float(np.max(apart, where=np.isfinite(apart), initial=0.0))
