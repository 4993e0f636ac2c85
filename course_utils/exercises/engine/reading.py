"""Reads what a function gave back, in whatever form it comes, as float64 arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch


@dataclass
class Answer:
    """What came back, as float64 arrays; or, if there are none, a sentence that says why.

    cause: the same reason in a form in which two answers can be compared, also if one has tensors and one arrays.
    seconds: how long a right one took.
    """

    arrays: list[np.ndarray]
    problem: str = ""
    cause: object = None
    seconds: float = 0.0


def read(value, returns, canonical=None, like=None):
    """An Answer from a tensor, an array, a list, a number, or a tuple of these.

    returns: the axes of each result by name.  like: the expected Answer; leading axes of size 1 beyond its own go.
    """
    names = list(returns)
    if value is None or value is ...:
        return Answer([], f"it gives nothing back: end it with `return {', '.join(names)}`", ("nothing",))
    parts = [value] if len(names) == 1 else value
    if not (len(names) == 1 or (isinstance(value, (tuple, list)) and len(value) == len(names))):
        problem = f"it should give back {len(names)} things, ({', '.join(names)}), yours is {_kind(value)}"
        return Answer([], problem, ("number of results", _size(value)))
    arrays = []
    for name, part in zip(names, parts):
        try:
            arrays.append(to_array(part))
        except (TypeError, ValueError, RuntimeError, OverflowError):
            return Answer([], _why_unreadable(name, part), ("unreadable", name, type(part).__name__))
    if like is not None and not like.problem:
        arrays = [_drop_leading_ones(array, wanted.ndim) for array, wanted in zip(arrays, like.arrays)]
    return Answer([_in_one_form(array, canonical) for array in arrays])


def answer_to(exercise, case, value, like=None):
    """The Answer that a function gave to a case; of a design, what it does there."""
    if not exercise.behaviour:
        return read(value, exercise.returns, exercise.canonical, like)
    answer = read(value, exercise.returns)
    if answer.problem:
        return answer
    try:
        return Answer(list(exercise.behaviour(*case.args, *answer.arrays)))
    except ValueError as problem:
        return Answer([], str(problem), ("design", str(problem)))


def to_array(value):
    """float64 values of a tensor, an array, a number, or (nested) lists of these."""
    if isinstance(value, torch.Tensor):
        return value.detach().to(torch.float64).numpy()
    if isinstance(value, (list, tuple)):
        return np.array([to_array(part) for part in value], dtype=np.float64)
    if value is None or isinstance(value, (str, bytes, dict, set)) or callable(value):
        raise TypeError
    return np.asarray(value).astype(np.float64)


def _drop_leading_ones(array, ndim):
    extra = array.ndim - ndim
    return array.reshape(array.shape[extra:]) if extra > 0 and set(array.shape[:extra]) == {1} else array


def _in_one_form(array, canonical):
    """The form that stands for all that are equally right; the array itself if it is like none of them."""
    try:
        return canonical(array) if canonical else array
    except Exception:
        return array


def _why_unreadable(name, part):
    """One sentence on a result that is not made of numbers."""
    if type(part).__name__.startswith("complex"):
        return f"{name} has complex numbers; real ones are expected"
    if not isinstance(part, (list, tuple)):
        return f"{name} should be a tensor, yours is {_kind(part)}"
    for place, entry in enumerate(part):
        if not _is_readable(entry):
            return _why_unreadable(f"{name}[{place}]", entry) if isinstance(entry, (list, tuple)) else (
                f"{name}[{place}] is {_quoted(entry)}, and only numbers belong there"
            )  # fmt: skip
    shapes = list(dict.fromkeys(_size(entry) for entry in part))
    return f"the parts of {name} are of unequal size: one is {_sized(shapes[0])}, another {_sized(shapes[-1])}"


def _is_readable(entry):
    try:
        return to_array(entry) is not None
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return False


def _quoted(entry):
    return repr(entry) if entry is None or isinstance(entry, str) else _kind(entry)


def _kind(value):
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return f"one {'tensor' if isinstance(value, torch.Tensor) else 'array'} of shape {tuple(value.shape)}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)}"
    return f"of type {type(value).__name__}"


def _size(value):
    """The shape of a tensor or an array, (n,) of a list, () of a number; of anything else the name of its class."""
    if isinstance(value, (tuple, list)):
        return (len(value),)
    if isinstance(value, (bool, int, float)):
        return ()
    return tuple(getattr(value, "shape", [type(value).__name__]))


def _sized(shape):
    return {0: "one number", 1: f"{shape[0]} long" if shape else ""}.get(len(shape), f"of shape {shape}")
