"""Computes the course's own functions for students' code, in a locked process of its own.

The values come from the sandbox and are not to be trusted, so neither is the size of what they would give, nor the
time it takes: a process with limits may run out of both, and the grader loses nothing but that process. It knows the
answers and runs no student's code.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import torch

from ...exercises import exercise, names
from .inside import limits
from .inside.messages import MOST_BYTES, message_in, message_out, read_message_in
from .inside.serialization import Broken, Unpacker
from .remote_functions import lent_out

MEMORY = 2**28  # bytes on top of what torch needs: no exercise takes a tenth of it


class Server:
    """functions: how the sandbox calls them -> function."""

    def __init__(self):
        self.functions = {}

    def serve(self, read: Callable[[int], bytes], write: Callable[[bytes], None]) -> None:
        """Forever: one message, one reply. The grader ends it."""
        while True:
            message = read_message_in(read)
            write(getattr(self, f"do_{message.pop('do')}")(**message))

    def do_give(self, names: list[str], lent: tuple[str, int] | None) -> bytes:
        """From now on these may be called, and no others: references, and what turns their results into one form.

        lent: the name and the seed of an exercise of whose cases the functions may be called too; or None.
        """
        self.functions = {}
        for name in names:
            asked = exercise(name)
            self.functions[name] = asked.reference
            if asked.canonical:
                self.functions[f"{name}, canonical"] = asked.canonical
        if lent:
            name, seed = lent
            self.functions |= lent_out(exercise(name).cases(seed))[1]
        return message_out({})

    def do_compute(self, question: dict, numbers: bytes) -> bytes:
        """The bytes of the message that the sandbox gets as its reply: a value, gradients, or an error."""
        try:
            unpacker = Unpacker(numbers)
            args, named, gradients = (unpacker.unpack(question[key]) for key in ("args", "named", "gradients"))
            keywords = dict(zip(question["names"], named))
            function = self.functions[question["ask"]]
        except (Broken, KeyError, TypeError):
            return message_out({"broken": "a question that cannot be read"})
        try:
            reply = message_in({"value": _compute(function, args, keywords, gradients)})
        except Exception as error:  # the student's arguments may be anything
            reply = message_in({"error": [type(error).__name__, str(error)[:500]]})
        if len(reply) > MOST_BYTES:
            reply = message_in({"error": ["MemoryError", f"{len(reply) / 1e6:.0f} MB are more than comes back"]})
        return message_out({}, reply)


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
        gradients = gradients if isinstance(gradients, tuple) else (gradients,)
        pairs = [(output, grad) for output, grad in zip(outputs, gradients) if grad is not None]
        total = sum((output * grad).sum() for output, grad in pairs)  # to take `gradients` itself, torch imports a lot
        found = iter(torch.autograd.grad(total, inputs, allow_unused=True))
        return tuple(next(found) if want else None for want in wanted)


def warm_up() -> None:
    """Do once what is slow the first time, so that every child finds it done."""
    torch.set_num_threads(1)
    for name in names():
        exercise(name)
    _compute(lambda x: (torch.softmax(x, -1) @ x.mT).exp(), [torch.rand(2, 3)], {}, (torch.ones(2, 2),))


def main(read: Callable[[int], bytes], write: Callable[[bytes], None]) -> None:
    """A child's whole life."""
    limits.lock(MEMORY)
    Server().serve(read, write)
