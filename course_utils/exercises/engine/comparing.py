"""Compares what a function gave back with what was expected."""

from __future__ import annotations

import numpy as np

from .raised import Raised

RTOL, ATOL = 1e-3, 1e-5  # float32 in another order of summing still passes; the mildest known mistake does not


def same(a, b, slack=None):
    """True if two Answers agree: the same problem, or the same shapes and values (NaN in the same places).

    slack: for each result how much further off than the tolerance it may be.
    """
    if isinstance(a.cause, Raised) and isinstance(b.cause, Raised):
        return a.cause.is_like(b.cause)
    if a.problem or b.problem:
        return a.cause == b.cause
    slack = slack or [0.0] * len(b.arrays)
    return len(a.arrays) == len(b.arrays) and all(map(same_array, a.arrays, b.arrays, slack))


def same_array(x, y, slack=0.0):
    """Equal shapes, and equal values as far as float32 can tell."""
    if x.shape != y.shape:
        return False
    if np.isfinite(x).all() and np.isfinite(y).all():  # np.allclose, which minds the rest, takes ten times as long
        return bool((np.abs(x - y) <= ATOL + slack + RTOL * np.abs(y)).all())
    return np.allclose(x, y, rtol=RTOL, atol=ATOL + slack, equal_nan=True)


def difference(answer, expected, returns, slack, first_bad=""):
    """One sentence on the first thing that differs: the reading, a shape, a NaN, or a number."""
    if answer.problem:
        return answer.problem
    for got, wanted, off, (name, axes) in zip(answer.arrays, expected.arrays, slack, returns.items()):
        if got.shape != wanted.shape and wanted.ndim == 0:
            return f"{name} should be one number, yours has the shape {got.shape}"
        if got.shape != wanted.shape:
            return f"{name}: expected {axes_text(axes, wanted.ndim)} = {wanted.shape}, yours is {got.shape}"
        if np.isnan(got).any():
            start = f"; the first infinity or NaN came out of {first_bad}" if first_bad else ""
            return f"{name} has NaN in {int(np.isnan(got).sum())} of {got.size} places{start}"
        if not same_array(got, wanted, off):
            place = _first(got, wanted, off)
            return f"{_said(got, place, name)} where {_number(wanted, place)} is expected"
    return ""


def axes_text(axes, ndim):
    """Names for every axis: "q_len k_len" of a 4-d result is (batch, n_heads, q_len, k_len)."""
    names = axes.split()
    leading = {0: [], 1: ["batch"], 2: ["batch", "n_heads"]}.get(ndim - len(names), ["..."])
    return f"({', '.join(leading + names)}{',' if ndim == 1 else ''})"


def _first(got, wanted, slack):
    differs = ~np.isclose(got, wanted, rtol=RTOL, atol=ATOL + slack)
    return tuple(int(i) for i in np.argwhere(differs)[0])


def _said(got, place, name):
    if not place:
        return f"{name} is {_number(got, place)}"
    return f"the shape is right, but {name}[{', '.join(map(str, place))}] is {_number(got, place)}"


def _number(array, place):
    return f"{array[place]:.4g}"
