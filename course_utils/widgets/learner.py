"""How a widget runs the function that the learner wrote: whatever it does, the answer is a result or one sentence."""

from __future__ import annotations

import inspect
import sys

import numpy as np
import traitlets


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


def ask(function, *arguments, **options):
    """What the function returns. Raises ValueError with one sentence if it raises anything."""
    try:
        return function(*arguments, **options)
    except Exception as error:
        raise ValueError(f"{name_of(function)} raised {type(error).__name__}: {error}"[:200]) from error


class Answered(traitlets.HasTraits):
    """A widget that has a formula of its own and may ask the learner's; it gives `_compute` and `_ask()`."""

    compute_name = traitlets.Unicode("").tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)  # what compute gave, and a remark
    problem = traitlets.Unicode("").tag(sync=True)

    def _run(self, change=None):
        """Ask compute again. If it fails, say so and keep the last picture."""
        if self._compute is None:
            return
        try:
            self.answer, self.problem = self._ask(), ""
        except ValueError as problem:
            self.problem = str(problem)
