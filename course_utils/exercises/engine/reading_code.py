"""What can be said of a function by looking at it, before it is called."""

from __future__ import annotations

import dis
import functools
import inspect
import types

from .handed_in import cautiously

DEEPEST = 4  # helpers of helpers


@cautiously(default=None)
def code_of(fn):
    """The code that the learner wrote, through wrappers such as functools.partial and torch.compile; None if unseen."""
    written = _written(fn)
    return written.__code__ if written else None


@cautiously(default=frozenset())
def libraries_of(fn):
    """Which of "torch" and "numpy" a function names, itself or in helpers of its own; empty if it cannot be told."""
    found = set()
    for names, around in _functions(fn):
        found |= names  # `import numpy` within the function, too
        found |= {_library(around[name]) for name in names & around.keys()}
    return found & {"torch", "numpy"}


@cautiously(default=())
def unused_arguments(fn):
    """The positions of the arguments that a function never reads."""
    code = code_of(fn)
    read = {name for op in dis.get_instructions(code) if op.opname.startswith("LOAD") for name in _each(op.argval)}
    if "locals" in code.co_names:
        return ()
    names = [name for name in code.co_varnames[: code.co_argcount] if name != "self"]
    return tuple(place for place, name in enumerate(names) if name not in read)


def _each(value):
    return value if isinstance(value, tuple) else (value,)


@cautiously(default=False)
def compiles(fn):
    """True if a function calls torch.compile, or something else of that name."""
    return any("compile" in names for names, _ in _functions(fn))


def _written(fn):
    """The function written in Python that a callable leads to, or None."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    fn = inspect.unwrap(fn)
    if not isinstance(fn, (types.FunctionType, types.MethodType, type)):  # a layer, or another object that can be called
        fn = vars(type(fn)).get("forward") or vars(type(fn)).get("__call__")
    fn = getattr(fn, "__func__", fn)
    return fn if isinstance(fn, types.FunctionType) else None


def _functions(fn, seen=None, depth=0):
    """(names in it, what these names stand for) of a function and of its helpers; nothing of what a library wrote."""
    fn, seen = _written(fn), set() if seen is None else seen
    if fn is None or fn.__code__ in seen or depth > DEEPEST or _library(fn):
        return
    seen.add(fn.__code__)
    names, around = _names(fn.__code__), _surroundings(fn)
    yield names, around
    for name in names & around.keys():
        if callable(around[name]):
            yield from _functions(around[name], seen, depth + 1)


def _library(value):
    """"torch" or "numpy" for a module of it, or a function from there; else ""."""
    name = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", "")
    library = name.split(".")[0] if isinstance(name, str) else ""
    return library if library in ("torch", "numpy") else ""


def _names(code):
    inner = [_names(constant) for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return set(code.co_names) | set(code.co_freevars) | set().union(*inner)


def _surroundings(fn):
    """What the names of a function stand for that it does not define itself."""
    cells = zip(fn.__code__.co_freevars, fn.__closure__ or ())
    return {**fn.__globals__, **{name: cell.cell_contents for name, cell in cells}}
