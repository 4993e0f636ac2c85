"""Which known mistake it was: a wrong answer is compared with what the known mistakes give, case by case."""

from __future__ import annotations

import contextlib
import warnings
from dataclasses import dataclass

import numpy as np
import torch

from .comparing import same
from .exact import double_by_default, in_double, is_decided_by_arguments
from .handing_over import copies
from .raised import Raised
from .reading import Answer, answer_to
from .where import operation_of

AGREEMENT = 0.6  # share of the telling cases on which a known mistake must do what the learner's function does


@dataclass
class Tried:
    """One case: what came of it, and what is right."""

    case: object
    got: Answer
    right: Answer
    is_wrong: bool


def known_mistakes(exercise, tried, in_float64):
    """The mistakes that do what the learner's function did: on the first wrong case, and on most others that can tell.

    More than one if they cannot be told apart.  in_float64: the function may have computed in float64, so the mistakes
    are tried so, too: what overflows in float32 need not overflow there.
    """
    first = next(one for one in tried if one.is_wrong)
    others = sorted((one for one in tried if one is not first), key=lambda one: (not one.is_wrong, one.right.seconds))
    forms = [False] + [True] * (in_float64 and is_decided_by_arguments(exercise, first.case))
    best, found = AGREEMENT, []
    for mistake in exercise.mistakes:
        share = max(_agreement(exercise, mistake, [first, *others], in_form, best) for in_form in forms)
        if share >= best:
            found = [mistake] if share > best else [*found, mistake]
            best = share
    return found


def _agreement(exercise, mistake, tried, as_double, needed):
    """Share of agreeing cases, counted only where one of the two is wrong: being right alike says nothing.

    0 as soon as it cannot become what is needed, or if the first case does not agree.
    """
    wrong = sum(one.is_wrong for one in tried)
    agree = apart = right_apart = 0
    for one in tried:
        theirs = _answer_of(exercise, mistake.wrong, one, as_double)
        if same(theirs, one.got):
            agree += one.is_wrong
            continue
        apart += one.is_wrong
        right_apart += not one.is_wrong
        if one is tried[0] or wrong - apart < needed * (wrong + right_apart):
            return 0
    return agree / (wrong + right_apart)


def _answer_of(exercise, wrong, one, as_double):
    args = copies(one.case.args)
    try:
        with warnings.catch_warnings(action="ignore"), double_by_default() if as_double else contextlib.nullcontext():
            value = exercise.trial(wrong, *(in_double(args) if as_double else args))
    except Exception as error:  # a known mistake may well raise
        cause = Raised(type(error).__name__, str(error), operation_of(error))
        return Answer([], str(cause), cause)
    return answer_to(exercise, one.case, value, one.right)


def may_be_float64(value):
    """True unless all its numbers are in tensors or arrays of another type."""
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return value.dtype in (torch.float64, np.float64)
    return any(map(may_be_float64, value)) if isinstance(value, (list, tuple)) else isinstance(value, float)
