"""Which known mistake it was: a wrong answer is compared with what the known mistakes give, case by case."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from .comparing import same
from .exact import double_by_default, in_double, is_decided_by_arguments
from .handing_over import array_copies, copies
from .raised import Raised
from .reading import Answer, answer_to
from .where import operation_of

FORMS = {  # of arguments: what makes them, and what a known mistake computes within
    "tensors": (copies, contextlib.nullcontext),
    "arrays": (array_copies, contextlib.nullcontext),
    "float64": (lambda args: in_double(copies(args)), double_by_default),
}
MOST_REMEMBERED = 2**14  # bytes of one answer
AGREEMENT = 0.6  # share of the telling cases on which a known mistake must do what the learner's function does


@dataclass
class Tried:
    """One case: what came of it, and what is right."""

    case: object
    got: Answer
    right: Answer
    is_wrong: bool


def known_mistakes(exercise, tried, in_float64, on_arrays, mistakes=None, needed=AGREEMENT):
    """The mistakes that do what the learner's function did: on the first wrong case, and on most others that can tell.

    More than one if they cannot be told apart.  in_float64: the function may have computed in float64.  on_arrays: it
    was given arrays.  The mistakes are tried in the same way.  mistakes: others than those of the exercise.  needed: the
    share of the telling cases on which one must agree.
    """
    first = next(one for one in tried if one.is_wrong)
    others = sorted((one for one in tried if one is not first), key=lambda one: (not one.is_wrong, one.right.seconds))
    best, found = needed, []
    for mistake in exercise.mistakes if mistakes is None else mistakes:
        attempt = Attempt(exercise, mistake.wrong, in_float64, on_arrays, remembered=mistakes is None)
        share = _agreement(attempt, [first, *others], best)
        if share >= best:
            found = [mistake] if share > best else [*found, mistake]
            best = share
    return found


def _agreement(attempt, tried, needed):
    """Share of agreeing cases, counted only where one of the two is wrong: being right alike says nothing.

    0 as soon as it cannot become what is needed, or if the first case does not agree.
    """
    wrong = sum(one.is_wrong for one in tried)
    apart = right_apart = 0
    for one in tried:
        if not attempt.gives(one):
            apart += one.is_wrong
            right_apart += not one.is_wrong
            if one is tried[0] or wrong - apart < needed * (wrong + right_apart):
                return 0
    return (wrong - apart) / (wrong + right_apart)


@dataclass
class Attempt:
    """A known mistake, to be tried in the form in which the learner's function was.

    remembered: what it gives is asked for again, with other answers to the same cases.
    """

    exercise: object
    wrong: Callable
    in_float64: bool
    on_arrays: bool
    remembered: bool = False

    def gives(self, one):
        """True if it gives what the learner's function gave for this case."""
        answer = self._answer(one, "tensors")
        if same(answer, one.got):
            return True
        if self.on_arrays and answer.problem and one.got.problem:  # NumPy words its errors otherwise
            return same(self._answer(one, "arrays"), one.got)
        if self.in_float64 and is_decided_by_arguments(self.exercise, one.case):  # what overflows elsewhere need not here
            return same(self._answer(one, "float64"), one.got)
        return False

    def _answer(self, one, form):
        memory, key = one.case.memory, (self.wrong, form)
        if key in memory:
            return memory[key]
        answer = self._work_out(one, form)
        if self.remembered and sum(array.nbytes for array in answer.arrays) <= MOST_REMEMBERED:
            memory[key] = answer
        return answer

    def _work_out(self, one, form):
        hand_over, context = FORMS[form]
        with warnings.catch_warnings(action="ignore"), context():
            try:
                value = self.exercise.trial(self.wrong, *hand_over(one.case.args))
            except Exception as error:  # a known mistake may well raise
                cause = Raised(type(error).__name__, str(error), operation_of(error))
                return Answer([], str(cause), cause)
            return answer_to(self.exercise, one.case, value, one.right)


def may_be_float64(value):
    """True unless all its numbers are in tensors or arrays of another type."""
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return value.dtype in (torch.float64, np.float64)
    return any(map(may_be_float64, value)) if isinstance(value, (list, tuple)) else isinstance(value, float)
