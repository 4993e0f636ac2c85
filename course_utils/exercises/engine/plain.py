"""What a function gave back, taken apart while its time still runs: tensors, arrays, numbers, texts and lists of these.

Whatever else it is becomes an Unreadable: nothing of a class that somebody else wrote is left to be asked anything.
"""

from __future__ import annotations

import numbers

import numpy as np
import torch

MOST, DEEPEST = 1_000_000, 12  # numbers and parts of one result; lists within lists
TEXT_AT_MOST = 200


class Unreadable:
    """Stands for what is no number, text or list of these; the name of its class says what it was."""


class TooMuch(ValueError):
    """More than any answer holds."""


def plain(value):
    """The same value without any class of the learner's own."""
    return _Reader().read(value)


def name_of_type(value):
    """The name of its class in one short line, whatever that class does when it is asked."""
    return " ".join(type.__dict__["__name__"].__get__(type(value)).split())[:80]


def _unreadable(what):
    return type(what.replace("\0", ""), (Unreadable,), {})()


class _Reader:
    """Reads one result. left: how many more parts it may have."""

    def __init__(self):
        self.left = MOST

    def read(self, value, depth=0):
        try:
            return self._read(value, depth)
        except TooMuch:
            return _unreadable(f"{name_of_type(value)} of far too many numbers")
        except Exception:  # whatever a class of the learner's own does when it is asked
            return _unreadable(name_of_type(value))

    def _read(self, value, depth):
        self._take(1)
        if value is None or value is ... or isinstance(value, str):
            return str.__getitem__(value, slice(TEXT_AT_MOST)) if isinstance(value, str) else value
        if isinstance(value, torch.Tensor):
            return self._tensor(value)
        if isinstance(value, (list, tuple)):
            return self._list(value, depth)
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), depth)
        if isinstance(value, numbers.Number) and not isinstance(value, complex):
            return _number(value)
        return self._other(value, depth)

    def _take(self, parts):
        self.left -= parts
        if self.left < 0:
            raise TooMuch

    def _tensor(self, tensor):
        self._take(tensor.numel())
        if tensor.is_complex():
            return _unreadable("complex tensor")
        if tensor.is_nested or tensor.is_meta:
            return _unreadable("nested tensor" if tensor.is_nested else "tensor without numbers")
        dense = tensor.detach().to_dense() if tensor.layout != torch.strided else tensor.detach()
        return dense.as_subclass(torch.Tensor).cpu().clone()

    def _list(self, value, depth):
        self._take(len(value) if depth < DEEPEST else MOST)
        parts = [self.read(part, depth + 1) for part in value]
        return tuple(parts) if isinstance(value, tuple) else parts

    def _array(self, array, depth):
        self._take(array.size)
        if array.dtype.kind == "O" and array.ndim:
            return self._list(array.tolist(), depth + 1)
        if array.dtype.kind not in "biuf":
            return _unreadable("complex array" if array.dtype.kind == "c" else f"array of {array.dtype.name}")
        return np.array(array, order="K", subok=False)

    def _other(self, value, depth):
        """What NumPy can read as numbers: a range, a deque, a table of pandas."""
        if isinstance(value, (bytes, dict, set, frozenset, complex)) or callable(value):
            return _unreadable(name_of_type(value))
        self._take(len(value))
        return self._array(np.asarray(value), depth + 1)


def _number(value):
    if isinstance(value, numbers.Integral) and abs(value) >= 2**63:
        return float("inf") if value > 0 else -float("inf")
    return value if type(value) in (bool, int, float) else float(value)
