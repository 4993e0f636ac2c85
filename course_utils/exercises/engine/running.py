"""Runs a learner's function on the cases: with copies, under a time limit, and noting what it does on the way."""

from __future__ import annotations

import time
from dataclasses import dataclass

from ...time_limit import TimeUp, finishes
from ..trials.called import called
from .handing_over import array_copies, copies, is_unchanged
from .noise import Noise
from .plain import name_of_type, plain
from .reading_code import code_of, compiles, libraries_of, unused_arguments
from .watching import Watch, load_compiler, uncompiled
from .where import calls_itself, line_of, operation_of

ERROR_TEXT = 500  # characters kept of what an error says


@dataclass
class Try:
    """One call of the learner's function and what happened."""

    value: object = None  # as plain.py leaves it
    error: BaseException | None = None  # a TimeUp, or one with the name and the text of what was raised
    line: str = ""  # the learner's line that raised
    operation: str = ""  # what failed in it: "@", "-", "reshape"
    recursive: bool = False  # the function was in a call of itself when that was raised
    changed: int | None = None  # position of an argument that was changed in place
    library: str = ""  # a torch function that does the whole exercise
    first_bad: str = ""  # the call that made the first infinity or NaN, with its line
    warned: tuple[str, ...] = ()  # what torch or NumPy warned of, if no call before this one did
    arrays: bool = False  # it was given arrays, not tensors
    unused: tuple[int, ...] = ()  # positions of arguments that the function never reads


def run_cases(fn, cases, seconds, by_hand=frozenset(), trial=called):
    """One Try per case, and what the function printed. NumPy code that rejects tensors is given arrays instead."""
    if compiles(fn):
        load_compiler()
    stop = time.monotonic() + seconds
    tries, printed = _run_all(fn, cases, stop, by_hand, trial, copies)
    if not _errors(tries) or any(isinstance(done.error, TimeUp) for done in tries):
        return tries, printed
    libraries = libraries_of(fn)
    if libraries == {"torch"}:
        return tries, printed
    with_arrays, printed_then = _run_all(fn, cases, stop, by_hand, trial, array_copies)
    better = _errors(tries) - _errors(with_arrays)
    is_for_arrays = better > 0 or better == 0 and libraries == {"numpy"}
    return (with_arrays, printed_then) if is_for_arrays else (tries, printed)


def _errors(tries):
    return sum(done.error is not None for done in tries)


def _run_all(fn, cases, stop, by_hand, trial, hand_over):
    tries, unused = [], unused_arguments(fn)

    def work():
        for case in cases:
            tries.append(_try(fn, case, by_hand, trial, hand_over, noise))
            tries[-1].unused = unused
            if isinstance(tries[-1].error, TimeUp):
                return

    with Noise() as noise:
        finishes(work, max(0, stop - time.monotonic()))
    finished = list(tries)
    return finished + [Try(error=TimeUp()) for _ in cases[len(finished) :]], noise.printed


def _try(fn, case, by_hand, trial, hand_over, noise):
    args, before = hand_over(case.args), hand_over(case.args)
    done, warned = Try(arrays=hand_over is array_copies), set(noise.warned)
    watch = Watch(_file_of(fn), by_hand)
    try:
        with uncompiled(), watch:
            value = trial(fn, *args)
        done.value = plain(value)
    except BaseException as error:  # a learner's function may raise anything, SystemExit too
        done.error, done.line = _plain_error(error), line_of(error, watch.filename)
        done.operation, done.recursive = operation_of(error), calls_itself(error)
    done.library, done.first_bad = watch.library, watch.first_bad
    done.warned = tuple(text for text in noise.warned if text not in warned)
    done.changed = next((i for i, pair in enumerate(zip(args, before)) if not is_unchanged(*pair)), None)
    return done


def _file_of(fn):
    code = code_of(fn)
    return code.co_filename if code else ""


def _plain_error(error):
    """An error of the same name that says the same, without what a class of the learner's own might do."""
    if isinstance(error, TimeUp):
        return TimeUp()
    try:
        text = str(error)[:ERROR_TEXT]
    except Exception:
        text = ""
    return type(name_of_type(error), (Exception,), {})(text)
