"""What can be said of a function before it is tried: not started, or not one that can be called so."""

from __future__ import annotations

import dis
import inspect

from .result import Result


def not_started(fn, name) -> Result | None:
    """A Result for a blank answer and for the course's own function; None for anything else."""
    if fn is None or fn is ... or is_blank(fn):
        return Result("todo", f"not started. Until it is right, the lesson uses the course's own {name}.")
    if (getattr(fn, "__module__", None) or "").startswith("course_utils"):
        return Result("todo", "not started: this is the course's own. Run your answer cell, then this one again.")
    return None


def not_callable_so(fn, name, parameters) -> Result | None:
    """A Result for what is no function, or takes other arguments than these; None if it may be tried."""
    if not callable(fn):
        return Result("fail", f"hand over the function itself, with no brackets after it: check({name}).")
    try:
        inspect.signature(fn).bind(*parameters)
    except TypeError:
        wanted = ", ".join(parameters)
        return Result("fail", f"it should take {len(parameters)} arguments, in this order: ({wanted}).")
    except ValueError:  # some built-in functions have no signature to look at
        pass
    return None


def is_blank(fn) -> bool:
    """True for a function whose body is only a docstring, `...` or pass: nobody has started it."""
    code = getattr(fn, "__code__", None)
    nothing = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}
    return bool(code) and {op.opname for op in dis.get_instructions(code)} <= nothing and _returns_none(code)


def _returns_none(code):
    return [op.argval for op in dis.get_instructions(code) if op.opname in ("LOAD_CONST", "RETURN_CONST")][-1] is None
