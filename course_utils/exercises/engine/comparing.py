"""Reads what a function gave back, in whatever form it comes, and compares it with what was expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

RTOL, ATOL = 1e-3, 1e-5  # float32 in another order of summing still passes; the mildest known mistake does not


@dataclass
class Answer:
    """What came back, as float64 arrays; or, if it cannot be read so, a sentence that says why."""

    arrays: list[np.ndarray]
    problem: str = ""


def read(value, returns, canonical=None, like=None):
    """An Answer from a tensor, an array, a list, a number, or a tuple of these.

    returns: the axes of each result by name.  like: the expected Answer; leading axes of size 1 beyond its own go.
    """
    names = list(returns)
    if value is None or value is ...:
        return Answer([], f"it gives nothing back: end it with `return {', '.join(names)}`")
    parts = [value] if len(names) == 1 else value
    if not (len(names) == 1 or (isinstance(value, (tuple, list)) and len(value) == len(names))):
        return Answer([], f"it should give back {len(names)} things, ({', '.join(names)}), yours is {_kind(value)}")
    arrays = []
    for name, part in zip(names, parts):
        try:
            arrays.append(to_array(part))
        except (TypeError, ValueError, RuntimeError):
            return Answer([], f"{name} should be a tensor, yours is {_kind(part)}")
    if like is not None and not like.problem:
        arrays = [_drop_leading_ones(array, wanted.ndim) for array, wanted in zip(arrays, like.arrays)]
    return Answer([canonical(array) for array in arrays] if canonical else arrays)


def to_array(value):
    """float64 values of a tensor, an array, a number, or (nested) lists of these."""
    if isinstance(value, torch.Tensor):
        return value.detach().to(torch.float64).numpy()
    if isinstance(value, (list, tuple)):
        return np.array([to_array(part) for part in value], dtype=np.float64)
    if isinstance(value, (str, bytes, dict, set)) or callable(value):
        raise TypeError
    return np.asarray(value).astype(np.float64)


def _drop_leading_ones(array, ndim):
    extra = array.ndim - ndim
    return array.reshape(array.shape[extra:]) if extra > 0 and set(array.shape[:extra]) == {1} else array


def _kind(value):
    if isinstance(value, torch.Tensor):
        return f"one tensor of shape {tuple(value.shape)}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"of type {type(value).__name__}"


def same(a, b, slack=None):
    """True if two Answers agree: the same problem, or the same shapes and values (NaN in the same places).

    slack: for each result how much further off than the tolerance it may be.
    """
    if a.problem or b.problem:
        return a.problem == b.problem
    slack = slack or [0.0] * len(b.arrays)
    return len(a.arrays) == len(b.arrays) and all(map(same_array, a.arrays, b.arrays, slack))


def same_array(x, y, slack=0.0):
    """Equal shapes, and equal values as far as float32 can tell."""
    return x.shape == y.shape and np.allclose(x, y, rtol=RTOL, atol=ATOL + slack, equal_nan=True)


def difference(answer, expected, returns, first_bad=""):
    """One sentence on the first thing that differs: the reading, a shape, a NaN, or a number."""
    if answer.problem:
        return answer.problem
    for got, wanted, (name, axes) in zip(answer.arrays, expected.arrays, returns.items()):
        if got.shape != wanted.shape and wanted.ndim == 0:
            return f"{name} should be one number, yours has the shape {got.shape}"
        if got.shape != wanted.shape:
            return f"{name}: expected {axes_text(axes, wanted.ndim)} = {wanted.shape}, yours is {got.shape}"
        if np.isnan(got).any():
            start = f"; the first infinity or NaN came out of {first_bad}" if first_bad else ""
            return f"{name} has NaN in {int(np.isnan(got).sum())} of {got.size} places{start}"
        if not same_array(got, wanted):
            return f"{_place(got, wanted, name)} where {_number(wanted, _first(got, wanted))} is expected"
    return ""


def axes_text(axes, ndim):
    """Names for every axis: "q_len k_len" of a 4-d result is (batch, n_heads, q_len, k_len)."""
    names = axes.split()
    leading = {0: [], 1: ["batch"], 2: ["batch", "n_heads"]}.get(ndim - len(names), ["..."])
    return f"({', '.join(leading + names)}{',' if ndim == 1 else ''})"


def _first(got, wanted):
    differs = ~np.isclose(got, wanted, rtol=RTOL, atol=ATOL)
    return tuple(int(i) for i in np.argwhere(differs)[0])


def _place(got, wanted, name):
    index = _first(got, wanted)
    if not index:
        return f"{name} is {_number(got, index)}"
    return f"the shape is right, but {name}[{', '.join(map(str, index))}] is {_number(got, index)}"


def _number(array, index):
    return f"{array[index]:.4g}"
