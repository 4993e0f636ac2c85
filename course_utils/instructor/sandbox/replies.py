"""Reads what the sandbox says of an answer that was tried. Whoever wrote the answer may have written the reply too.

Broken means that it is none. A reply can at most claim values, which are compared out here.
"""

from __future__ import annotations

from ...exercises.engine.running import TimeUp, Try
from .inside.serialization import Broken, Unpacker, whole_letters


def error(told: object) -> tuple[str, str]:
    """(name, text) of an error."""
    if not (isinstance(told, list) and len(told) == 2 and all(isinstance(part, str) for part in told)):
        raise Broken("an error that cannot be read")
    return whole_letters(told[0])[:80] or "Exception", told[1][:500]


def early(told: object) -> tuple[str, str]:
    """(status, sentence) of what was said before anything was tried; it cannot be a pass."""
    if not (isinstance(told, list) and len(told) == 2 and told[0] in ("todo", "fail")):
        raise Broken("no verdict")
    return told[0], str(told[1])[:500]


def tries(told: object, numbers: bytes, n_parameters: int, n_cases: int) -> list[Try]:
    """The engine's Try for each case."""
    if not isinstance(told, list) or len(told) != n_cases or not all(isinstance(one, dict) for one in told):
        raise Broken("not one reply for each case")
    unpacker = Unpacker(numbers)
    return [_as_try(one, unpacker, n_parameters) for one in told]


def _is_place(number, n_parameters):
    return type(number) is int and 0 <= number < n_parameters


def _as_try(told, unpacker, n_parameters):
    done = Try(line=str(told.get("line", ""))[:300], first_bad=str(told.get("first_bad", ""))[:300])
    changed, library, unused = told.get("changed"), told.get("library"), told.get("unused")
    done.changed = changed if _is_place(changed, n_parameters) else None
    if isinstance(unused, list) and len(unused) <= n_parameters and all(_is_place(one, n_parameters) for one in unused):
        done.unused = tuple(unused)
    done.library = str(library)[:80] if library else ""
    done.operation = str(told.get("operation", ""))[:80]
    done.recursive, done.arrays = told.get("recursive") is True, told.get("arrays") is True
    warned = told.get("warned")
    done.warned = tuple(str(text)[:300] for text in warned[:5]) if isinstance(warned, list) else ()
    if told.get("time_up"):
        done.error = TimeUp()
    elif "error" in told:
        name, text = error(told["error"])
        done.error = type(name, (Exception,), {})(text)
    else:
        done.value = unpacker.unpack(told.get("value"))
    return done
