"""The course's own functions, computed by the grader for code that runs in the sandbox and must not see them.

The values that come out of the sandbox are not to be trusted, so neither is the size of what they would give.
"""

from __future__ import annotations

import warnings

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from .inside.wire import Broken, unpack

FEW = 1024  # numbers in all arguments together: three of them cannot be multiplied into more than 160 MB
MOST = 2e7  # numbers in any tensor that is made on the way
LARGEST_SIZE = 4096  # a whole number, which may well be a length
MOST_CALLS = 20_000  # by one child


class TooLarge(ValueError):
    """The function would make more numbers than any exercise needs."""


class Helpers:
    """functions: name -> function.  called: the names that the sandbox has asked for."""

    def __init__(self):
        self.functions, self.called, self.calls = {}, set(), 0

    def answer(self, content, numbers):
        """The reply to one question of the sandbox: the value, the gradients, or an error. Broken if it is nonsense."""
        self.calls += 1
        name = content["ask"]
        if not isinstance(name, str) or name not in self.functions or self.calls > MOST_CALLS:
            raise Broken("a question for something that is not given")
        self.called.add(name)
        try:
            args, named, gradients = (unpack(content[key], numbers) for key in ("args", "named", "gradients"))
            keywords = dict(zip(content["names"], named))
        except (KeyError, TypeError) as error:
            raise Broken("a question that cannot be read") from error
        try:
            _refuse_large(self.functions[name], args, keywords)
            return {"value": _compute(self.functions[name], args, keywords, gradients)}
        except Exception as error:  # the student's arguments may be anything
            return {"error": [type(error).__name__, str(error)[:500]]}


def _compute(function, args, keywords, gradients):
    with warnings.catch_warnings(action="ignore"):
        if gradients is None:
            with torch.no_grad():
                return function(*args, **keywords)
        wanted = [isinstance(arg, torch.Tensor) and arg.is_floating_point() for arg in args]
        args = [arg.requires_grad_() if want else arg for arg, want in zip(args, wanted)]
        value = function(*args, **keywords)
        inputs = [arg for arg, want in zip(args, wanted) if want]
        outputs = value if isinstance(value, tuple) else (value,)
        found = iter(torch.autograd.grad(outputs, inputs, gradients, allow_unused=True))
        return tuple(next(found) if want else None for want in wanted)


class _Sizes(TorchDispatchMode):
    """Refuses any operation that makes a tensor of more than MOST numbers."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        for tensor in result if isinstance(result, (tuple, list)) else [result]:
            if isinstance(tensor, torch.Tensor) and tensor.numel() > MOST:
                raise TooLarge(f"a tensor of {tensor.numel()} numbers is too large here")
        return result


def _refuse_large(function, args, keywords):
    """TooLarge if the call would take too much memory, found out with tensors that have a shape and no numbers."""
    values = [*args, *keywords.values()]
    if any(isinstance(value, int) and abs(value) > LARGEST_SIZE for value in values):
        raise TooLarge(f"whole numbers here go up to {LARGEST_SIZE}")
    tensors = [value for value in values if isinstance(value, torch.Tensor)]
    if sum(tensor.numel() for tensor in tensors) <= FEW:
        return
    shapes = [value.to("meta") if isinstance(value, torch.Tensor) else value for value in args]
    named = {key: value.to("meta") if isinstance(value, torch.Tensor) else value for key, value in keywords.items()}
    with _Sizes(), torch.no_grad():
        function(*shapes, **named)
