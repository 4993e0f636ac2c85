"""Lets a lesson go on with a right answer in another form: lists, NumPy arrays, float64, an additive mask."""

from __future__ import annotations

import functools
import inspect

import torch

from ..trials.called import called
from .handing_over import copies
from .reading import to_array
from .running import run_cases

SECONDS = 10  # for the one call that shows the form


def in_lesson_form(fn, asked):
    """fn itself if it takes and gives what the course's own does; else fn wrapped so that it does.

    fn has passed the check of `asked`, so only the form can differ, and the first case shows it.
    """
    if asked.trial is not called:
        return fn  # it acts on what it is given, and no other form of that would do
    case, count = asked.cases(0)[0], len(asked.returns)
    wanted = _parts(asked.reference(*copies(case.args)), count)
    (done,), _ = run_cases(fn, [case], SECONDS)
    if done.error is None and not done.arrays and all(map(_same_form, _parts(done.value, count), wanted)):
        return fn

    @functools.wraps(fn)
    def wrapped(*args, **named):
        parts = _parts(_call(fn, args, named, done.arrays), count)
        formed = tuple(_form(part, like, asked.canonical) for part, like in zip(parts, wanted))
        if _needs_gradient([*args, *named.values()]) and not _needs_gradient(formed):
            given = inspect.signature(fn).bind(*args, **named).args
            return asked.reference(*given)  # NumPy and Python floats cut gradients; a lesson that trains needs them
        return formed if count > 1 else formed[0]

    return wrapped


def _needs_gradient(values):
    return torch.is_grad_enabled() and any(isinstance(v, torch.Tensor) and v.requires_grad for v in values)


def _parts(value, count):
    return [value] if count == 1 else list(value)


def _same_form(given, wanted):
    if not isinstance(wanted, torch.Tensor):
        return True
    return isinstance(given, torch.Tensor) and given.dtype == wanted.dtype and given.ndim == wanted.ndim


def _call(fn, args, named, as_arrays):
    """As arrays if it takes no others; else as they are, or cut off from gradients, which `.numpy()` asks for."""
    if as_arrays:
        return fn(*map(_array, args), **{name: _array(value) for name, value in named.items()})
    try:
        return fn(*args, **named)
    except Exception:
        return fn(*map(_cut_off, args), **{name: _cut_off(value) for name, value in named.items()})


def _cut_off(value):
    return value.detach() if isinstance(value, torch.Tensor) else value


def _array(value):
    return value.detach().numpy() if isinstance(value, torch.Tensor) else value


def _form(part, like, canonical):
    if not isinstance(like, torch.Tensor):
        return part
    if isinstance(part, (list, tuple)) and all(isinstance(row, torch.Tensor) for row in part):
        part = torch.stack(list(part))
    if isinstance(part, torch.Tensor) and not canonical:
        return part.to(like.dtype)
    array = to_array(part)
    return torch.as_tensor(canonical(array) if canonical else array).to(like.dtype)
