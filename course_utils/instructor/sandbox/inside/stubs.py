"""Functions that a student's code may call and must not see: each call goes to the grader and comes back with a value.

Gradients pass through, because a right answer may ask for them.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable

import torch

from .serialization import Packer


class Stub:
    """A function that the grader computes. target: how the grader knows it.  ask: sends a question, gives the reply."""

    __module__ = "course_utils"  # handed in as an answer it is "the course's own"

    def __init__(self, target: str, ask: Callable[[dict, bytes], dict]):
        self._target, self._ask = target, ask

    def __call__(self, *args, **kwargs):
        if torch.is_grad_enabled() and any(isinstance(arg, torch.Tensor) and arg.requires_grad for arg in args):
            return _WithGradient.apply(self, kwargs, *args)
        return self.compute(args, kwargs)

    def __deepcopy__(self, memo):
        return self

    def compute(self, args: tuple, kwargs: dict, gradients: object = None) -> object:
        """The value; or, given gradients of it, those of the arguments (None where there is none)."""
        packer = Packer()
        question = {
            "ask": self._target,
            "args": packer.pack(tuple(args)),
            "names": list(kwargs),
            "named": packer.pack(tuple(kwargs.values())),
            "gradients": packer.pack(gradients),
        }
        reply = self._ask(question, packer.numbers)
        if "error" in reply:
            kind, text = reply["error"]
            raise getattr(builtins, kind, RuntimeError)(text)
        return reply["value"]


class _WithGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, function, kwargs, *args):
        ctx.function, ctx.kwargs, ctx.args = function, kwargs, [_plain(arg) for arg in args]
        return function.compute(ctx.args, kwargs)

    @staticmethod
    def backward(ctx, *gradients):
        return None, None, *ctx.function.compute(ctx.args, ctx.kwargs, tuple(gradients))


def _plain(arg):
    return arg.detach().clone() if isinstance(arg, torch.Tensor) else arg
