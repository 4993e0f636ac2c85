"""What can be said of what was handed in before it is tried: not started, no function that can be called so, no number."""

from __future__ import annotations

import dis
import functools
import inspect
import warnings

from .result import Result


def cautiously(default):
    """For a function that looks at what was handed in: that may be anything, and do anything when it is looked at."""

    def decorate(look):
        @functools.wraps(look)
        def looking(*args):
            try:
                return look(*args)
            except Exception:
                return default

        return looking

    return decorate


def not_started(fn, name) -> Result | None:
    """A Result for a blank answer and for the course's own function; None for anything else."""
    if fn is None or fn is ... or is_blank(fn):
        return Result("todo", f"not started. Until it is right, the lesson uses the course's own {name}.")
    if _is_the_courses_own(fn):
        return Result("todo", "not started: this is the course's own. Run your answer cell, then this one again.")
    return None


def not_callable_so(fn, name, parameters) -> Result | None:
    """A Result for what is no function, or takes other arguments than these; None if it may be tried."""
    if not callable(fn):
        return Result("fail", f"hand over the function itself, with no brackets after it: check({name}).")
    if not _takes(fn, parameters):
        count = "1 argument" if len(parameters) == 1 else f"{len(parameters)} arguments, in this order"
        return Result("fail", f"it should take {count}: ({', '.join(parameters)}).")
    return None


@cautiously(default=False)
def is_blank(fn) -> bool:
    """True for a function whose body is only a docstring, `...` or pass: nobody has started it."""
    code = getattr(fn, "__code__", None)
    nothing = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    return bool(code) and {op.opname for op in dis.get_instructions(code)} <= nothing and _returns_none(code)


def _returns_none(code):
    return [op.argval for op in dis.get_instructions(code) if op.opname in ("LOAD_CONST", "RETURN_CONST")][-1] is None


@cautiously(default=False)
def _is_the_courses_own(fn):
    module = fn.__module__
    return type(module) is str and module.split(".")[0] == "course_utils"


@cautiously(default=True)  # some built-in functions have no signature to look at: trying will show
def _takes(fn, parameters):
    signature = inspect.signature(fn)
    try:
        signature.bind(*parameters)
    except TypeError:
        return False
    return True


@cautiously(default="something that cannot be shown")
def text_of(value, length=40) -> str:
    """The beginning of its text."""
    return str(value)[:length]


@cautiously(default=None)
def number_of(value) -> float | None:
    """The number that it is; None if it is none, or one too large for a float."""
    with warnings.catch_warnings(action="ignore"):
        return float(value)


@cautiously(default=None)
def name_of(fn) -> str | None:
    """The name of a function."""
    return fn.__name__ if isinstance(fn.__name__, str) else None
