"""Runs a learner's function on the cases: with copies, under a time limit, and noting what it does on the way."""

from __future__ import annotations

import contextlib
import io
import linecache
import sys
import traceback
import warnings
from dataclasses import dataclass

import torch
from torch.overrides import TorchFunctionMode

from ...time_limit import TimeUp, finishes
from ..trials.called import called
from .handing_over import array_copies, copies, is_unchanged

PRINTED_AT_MOST = 2000  # characters kept of what the function prints


@dataclass
class Try:
    """One call of the learner's function and what happened."""

    value: object = None
    error: BaseException | None = None
    line: str = ""  # the learner's line that raised
    changed: int | None = None  # position of an argument that was changed in place
    library: str = ""  # a torch function that does the whole exercise
    first_bad: str = ""  # the call that made the first infinity or NaN, with its line


def run_cases(fn, cases, seconds, by_hand=frozenset(), trial=called):
    """One Try per case, and what the function printed. NumPy code that rejects tensors is given arrays instead."""
    tries, printed = _run_all(fn, cases, seconds, by_hand, trial, copies)
    if any(done.error for done in tries) and not any(isinstance(done.error, TimeUp) for done in tries):
        with_arrays, printed_then = _run_all(fn, cases, seconds, by_hand, trial, array_copies)
        if _errors(with_arrays) < _errors(tries):
            return with_arrays, printed_then
    return tries, printed


def _errors(tries):
    return sum(done.error is not None for done in tries)


def _run_all(fn, cases, seconds, by_hand, trial, hand_over):
    tries, printed = [], Printed()

    def work():
        for case in cases:
            tries.append(_call(fn, case, by_hand, trial, hand_over))
            if isinstance(tries[-1].error, TimeUp):
                return

    with contextlib.redirect_stdout(printed), warnings.catch_warnings(action="ignore"):
        finishes(work, seconds)
    finished = list(tries)
    return finished + [Try(error=TimeUp()) for _ in cases[len(finished) :]], printed.getvalue()


def _call(fn, case, by_hand, trial, hand_over):
    args, before = hand_over(case.args), hand_over(case.args)
    watch = Watch(getattr(getattr(fn, "__code__", None), "co_filename", ""), by_hand)
    done = Try()
    try:
        with watch:
            done.value = trial(fn, *args)
    except BaseException as error:  # a learner's function may raise anything, SystemExit too
        done.error, done.line = error, _line_of(error, watch.filename)
    done.library, done.first_bad = watch.library, watch.first_bad
    done.changed = next((i for i, (a, b) in enumerate(zip(args, before)) if not is_unchanged(a, b)), None)
    return done


class Watch(TorchFunctionMode):
    """Sees each torch call of the learner's code: shortcuts, and where an infinity or a NaN begins."""

    def __init__(self, filename, by_hand):
        super().__init__()
        self.filename, self.by_hand = filename, by_hand
        self.library = self.first_bad = ""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        name = func.__name__
        if name in self.by_hand:
            self.library = name
        if not self.first_bad and _is_bad(result) and not any(_is_bad(arg) for arg in args):
            self.first_bad = f"{name}, in the line `{self._line()}`"
        return result

    def _line(self):
        frame = sys._getframe(2)
        while frame and frame.f_code.co_filename != self.filename:
            frame = frame.f_back
        return linecache.getline(self.filename, frame.f_lineno).strip() if frame else "?"


def _is_bad(value):
    """True if a float tensor holds NaN or +inf (-inf is how a mask says no)."""
    if not isinstance(value, torch.Tensor) or not value.is_floating_point():
        return False
    return bool((torch.isnan(value) | torch.isposinf(value)).any())


def _line_of(error, filename):
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == filename]
    return own[-1].line if own else ""


class Printed(io.StringIO):
    """Keeps the first lines that a function prints; the rest is thrown away."""

    def write(self, text):
        room = PRINTED_AT_MOST - self.tell()
        return super().write(text[:room]) if room > 0 else len(text)
