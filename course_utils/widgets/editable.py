"""Numbers that a person may change by hand."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from .base import numbers

LARGEST = 1000  # so that a slip of the hand cannot make a picture of one huge number


def editable(name, value, *axes):
    """`numbers`, none beyond 1000, to six decimals: the 0.1 of a float32 tensor would read 0.10000000149."""
    array = numbers(name, value, *axes)
    if np.abs(array).max() > LARGEST:
        largest = array.flat[np.abs(array).argmax()]
        raise InputError(f"{name} holds {largest:g}; numbers go from -{LARGEST} to {LARGEST}.")
    return array.round(6)
