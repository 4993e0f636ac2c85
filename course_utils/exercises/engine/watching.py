"""Looks on while a learner's function calls torch, and never gets in its way."""

from __future__ import annotations

import contextlib
import importlib
import linecache
import sys

import torch
from torch.overrides import TorchFunctionMode


class Watch(TorchFunctionMode):
    """Sees each torch call: shortcuts, and where an infinity or a NaN begins.

    filename: of the learner's function.  by_hand: names of torch functions that would do the whole exercise.
    """

    def __init__(self, filename, by_hand):
        super().__init__()
        self.filename, self.by_hand = filename, by_hand
        self.library = self.first_bad = ""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        with contextlib.suppress(Exception):  # a tensor may be of any kind, or not allow to be looked at
            self._look(getattr(func, "__name__", ""), args, result)
        return result

    def _look(self, name, args, result):
        if name in self.by_hand:
            self.library = name
        if not self.first_bad and _is_bad(result) and not any(_is_bad(arg) for arg in args):
            self.first_bad = f"{name}, in the line `{self._line()}`"

    def _line(self):
        frame = sys._getframe(3)
        while frame and frame.f_code.co_filename != self.filename:
            frame = frame.f_back
        return linecache.getline(self.filename, frame.f_lineno).strip() if frame else "?"


@contextlib.contextmanager
def uncompiled():
    """Within it, what torch.compile has made runs as it was written, so that a Watch sees it.

    Only if the compiler is loaded, which takes seconds: who has not called torch.compile does not need it.
    """
    compiler = sys.modules.get("torch._dynamo")
    if hasattr(compiler, "set_stance"):  # not while another thread is still loading it
        with torch.compiler.set_stance("force_eager"):
            yield
    else:
        yield


def load_compiler():
    """Before the time begins in which a function has to come back."""
    importlib.import_module("torch._dynamo")


def _is_bad(value):
    """True if a float tensor holds NaN or +inf (-inf is how a mask says no)."""
    if not isinstance(value, torch.Tensor) or not value.is_floating_point():
        return False
    if torch._C._functorch.is_functorch_wrapped_tensor(value):
        return False  # within torch.vmap and the like there is no number to look at
    return bool((torch.isnan(value) | torch.isposinf(value)).any())
