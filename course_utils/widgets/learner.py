"""How a widget runs the function that the learner wrote: whatever it does, there is a result or one sentence."""

from __future__ import annotations

import inspect
import sys

import numpy as np
import traitlets

from ..errors import InputError
from ..time_limit import TimeUp, value_within
from .base import CourseWidget

SECONDS = 5  # for one picture, then the function is stopped
LONGEST_PROBLEM = 200  # characters


class FunctionWidget(CourseWidget):
    """A widget that runs the learner's function anew whenever a trait in OBSERVES changes.

    A subclass gives `_ask()`: all that the picture needs, in one dict, so that it fits together; or ValueError with
    one sentence, which is then shown, and the last picture stays. After its own traits are set it calls `_answer()`.
    HAS_FORMULA: without a function the page computes by itself; then Python is not asked.
    """

    HAS_FORMULA = False
    SETS = ("result", "problem", "answered")
    compute_name = traitlets.Unicode().tag(sync=True)  # "": there is none, and the page computes by itself
    result = traitlets.Dict().tag(sync=True)
    problem = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Dict().tag(sync=True)  # OBSERVES as last answered: by these the page sees if it has to wait

    def __init__(self, compute, name=None, **state):
        if not callable(compute) and not (self.HAS_FORMULA and compute is None):
            raise InputError(f"{type(self).__name__} needs a function, yours is {str(compute)[:60]!r}.")
        self._compute = compute
        super().__init__(compute_name=name or (name_of(compute) if compute else ""), **state)
        if compute:
            self.observe(self._answer, list(self.OBSERVES))

    def _ask(self):
        raise NotImplementedError

    def _answer(self, change=None):
        """Ask the function again, unless that has been answered already: several traits may change at once."""
        asked = {name: getattr(self, name) for name in self.OBSERVES}
        if not self._compute or (change and asked == self.answered):
            return
        try:
            result, problem = in_time(self._ask, self.compute_name), ""
        except ValueError as error:
            result, problem = self.result, str(error)
        with self.hold_sync():
            self.result, self.problem, self.answered = result, problem, asked


def in_time(work, name):
    """What work() gives back. Raises InputError, naming the function that is run in it, if that takes too long."""
    try:
        return value_within(SECONDS, work)
    except TimeUp:
        raise InputError(_too_slow(name)) from None


def _too_slow(name):
    return f"{name} was not done after {SECONDS} seconds and was stopped: does it go on for ever?"


def ask(function, *arguments, **options):
    """What the function returns. Raises InputError with one sentence if it raises anything or is stopped."""
    name = name_of(function)
    try:
        return function(*arguments, **options)
    except TimeUp:
        raise InputError(_too_slow(name)) from None
    except BaseException as error:
        raise InputError(f"{name} raised {type(error).__name__}: {error}"[:LONGEST_PROBLEM]) from error


def two_results(result, name):
    """`out, weights` of what the function gave back. Raises InputError for anything else."""
    if not (isinstance(result, (tuple, list)) and len(result) == 2):
        raise InputError(f"{name} should give back two results, out and weights.")
    return result


def name_of(function):
    """What a message calls it."""
    return getattr(function, "__name__", "compute")


def takes_mask(function):
    """Has it an argument called mask?"""
    try:
        return "mask" in inspect.signature(function).parameters
    except (TypeError, ValueError):  # some built-in functions have no signature
        return False


def as_given(array, example):
    """A copy of the array in the kind of the example: an array for an array; else a tensor, if torch is in use.

    torch is not imported for this: whoever wrote a function for tensors has imported it.
    """
    torch = sys.modules.get("torch")
    if torch is None or isinstance(example, np.ndarray):
        return array.copy()
    return torch.tensor(array, dtype=torch.bool if array.dtype == bool else torch.get_default_dtype())
