"""The arguments of a case as a function gets them: copies that it may do anything with, as tensors or as arrays."""

from __future__ import annotations

import copy

import numpy as np
import torch


def copies(args):
    """A copy of each argument; strides are kept, so that a transposed view stays one, and what belongs together does."""
    if _stand_alone(args):  # most do, and this takes a hundredth of the time
        return [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]
    memo = {}
    return [copy.deepcopy(arg, memo) for arg in args]


def _stand_alone(args):
    """Are these numbers and plain tensors, of which no two share memory?"""
    tensors = [arg for arg in args if type(arg) is torch.Tensor]
    places = {arg.untyped_storage().data_ptr() for arg in tensors if arg.numel()}
    return (
        all(type(arg) in (torch.Tensor, int, float, bool, str, type(None)) for arg in args)
        and all(arg.is_contiguous() and not arg.requires_grad for arg in tensors)
        and len(places) == sum(arg.numel() > 0 for arg in tensors)
    )


def array_copies(args):
    """The same for code that wants NumPy arrays."""
    return [np.array(arg.detach().numpy(), order="K") if isinstance(arg, torch.Tensor) else arg for arg in copies(args)]


def is_unchanged(after, before):
    """False if an argument is another one after the call."""
    try:
        if isinstance(before, torch.Tensor):
            return after.shape == before.shape and torch.equal(after, before)
        if isinstance(before, np.ndarray):
            return np.array_equal(after, before)
        return type(before).__eq__ is object.__eq__ or bool(after == before)
    except Exception:  # something was put into it that cannot be compared
        return False
