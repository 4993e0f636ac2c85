"""Lets a lesson go on with a right answer in another form: lists, NumPy arrays, float64, an additive mask."""

from __future__ import annotations

import functools

import torch

from ..trials.called import called
from .comparing import to_array
from .handing_over import array_copies, copies


def in_lesson_form(fn, asked):
    """fn itself if it takes and gives what the course's own does; else fn wrapped so that it does.

    fn has passed the check of `asked`, so only the form can differ, and the first case shows it.
    """
    if asked.trial is not called:
        return fn  # it acts on what it is given, and no other form of that would do
    args = asked.cases(0)[0].args
    count = len(asked.returns)
    wanted = _parts(asked.reference(*copies(args)), count)
    try:
        given = _parts(fn(*copies(args)), count)
    except Exception:  # it works on NumPy arrays only
        given = [None] * count
    if all(map(_same_form, given, wanted)):
        return fn

    @functools.wraps(fn)
    def wrapped(*args):
        parts = _parts(_call(fn, args), count)
        formed = tuple(_form(part, like, asked.canonical) for part, like in zip(parts, wanted))
        if _needs_gradient(args) and not _needs_gradient(formed):
            return asked.reference(*args)  # NumPy and Python floats cut gradients; a lesson that trains needs them
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


def _call(fn, args):
    """With the arguments as they are; else cut off from gradients, which `.numpy()` asks for; else as arrays."""
    cut_off = [arg.detach() if isinstance(arg, torch.Tensor) else arg for arg in args]
    for attempt in (args, cut_off):
        try:
            return fn(*attempt)
        except Exception:
            continue  # what is really wrong is raised by the last try
    return fn(*array_copies(args))


def _form(part, like, canonical):
    if not isinstance(like, torch.Tensor):
        return part
    if isinstance(part, (list, tuple)) and all(isinstance(row, torch.Tensor) for row in part):
        part = torch.stack(list(part))
    if isinstance(part, torch.Tensor) and not canonical:
        return part.to(like.dtype)
    array = to_array(part)
    return torch.as_tensor(canonical(array) if canonical else array).to(like.dtype)
