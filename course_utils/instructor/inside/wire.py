"""How values cross between the grader and the sandbox.

Into the sandbox everything may go, as a pickle. Out of it come only JSON and raw numbers, of limited size: what is
read outside is a tensor, an array, a number, a text, a list of these, or an Opaque that knows its type's name.
"""

from __future__ import annotations

import json
import pickle
import struct

import numpy as np
import torch

HEADER = struct.Struct("!II")  # bytes of JSON, bytes of numbers behind it
MOST_JSON, MOST_NUMBERS = 2**22, 2**24  # bytes of one message out of the sandbox
MOST_PARTS, DEEPEST = 20_000, 8  # of one value: entries in all, lists within lists
NUMBER_KINDS = {"f4": torch.float32, "f8": torch.float64, "i8": torch.int64, "b1": torch.bool}


class Broken(Exception):
    """What came out of the sandbox is no message."""


class TooMuch(Exception):
    """A value that is larger than an answer can be."""


class Opaque:
    """Something that is neither number, tensor, list nor text; all that is known is the name of its type."""

    def __repr__(self):
        return f"<{type(self).__name__}>"


class Packer:
    """Collects the numbers of several values, while their structure goes into JSON."""

    def __init__(self):
        self.numbers, self.parts = bytearray(), 0

    def pack(self, value, depth=0):
        """The structure of value as something that JSON can hold."""
        self.parts += 1
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise TooMuch("more than an answer can hold")
        if value is None or type(value) in (bool, int, float, str):
            return _plain(value)
        if type(value) in (list, tuple) or (isinstance(value, tuple) and hasattr(value, "_fields")):
            return {type(value).__name__ if type(value) is list else "tuple": [self.pack(v, depth + 1) for v in value]}
        array, kind = _as_array(value)
        return {"opaque": type(value).__name__[:80]} if array is None else self._add(array, kind)

    def _add(self, array, kind):
        if len(self.numbers) + array.nbytes > MOST_NUMBERS:
            raise TooMuch(f"{array.nbytes / 1e6:.0f} MB of numbers")
        start = len(self.numbers)
        self.numbers += array.tobytes()
        return {kind: [array.dtype.str[1:], list(array.shape), start]}


def _plain(value):
    if type(value) is int and abs(value) > 2**63:
        return {"float": repr(float(value)) if value.bit_length() < 1000 else "inf"}
    if type(value) is float:
        return {"float": repr(value)}
    return {"text": value[:1000]} if type(value) is str else {"is": value}


def _as_array(value):
    """(array, "tensor" or "array") in one of the NUMBER_KINDS, or (None, "")."""
    try:
        if isinstance(value, torch.Tensor):
            plain = torch.Tensor.detach(value).as_subclass(torch.Tensor).resolve_conj().resolve_neg()
            exact = plain.dtype in NUMBER_KINDS.values()
            array = (plain if exact else plain.to(torch.float64)).numpy()
            return np.array(array, order="C"), "tensor"
        if isinstance(value, (bytes, dict, set, frozenset)) or callable(value):
            return None, ""
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            return None, ""
        exact = array.dtype.str[1:] in NUMBER_KINDS
        return np.array(array, dtype=array.dtype.newbyteorder("=") if exact else np.float64, order="C"), "array"
    except Exception:  # whatever a student's own class does when it is asked for its numbers
        return None, ""


def unpack(form, numbers):
    """The value that `form` tells of; Broken if it tells nonsense."""
    try:
        return _unpack(form, memoryview(numbers), DEEPEST + 2)
    except Broken:
        raise
    except Exception as error:
        raise Broken(f"{type(error).__name__} while a value was read") from None


def _unpack(form, numbers, depth):
    (kind, inner), = form.items()
    if kind in ("list", "tuple"):
        if depth == 0:
            raise Broken("lists within lists within lists")
        parts = [_unpack(part, numbers, depth - 1) for part in inner]
        return parts if kind == "list" else tuple(parts)
    if kind in ("tensor", "array"):
        return _read_numbers(kind, inner, numbers)
    if kind == "opaque":
        return type(str(inner)[:80].replace("\0", ""), (Opaque,), {})()
    return {"float": float, "text": str, "is": _constant}[kind](inner)


def _constant(value):
    if value is None or type(value) in (bool, int):
        return value
    raise Broken("neither a number nor True nor False")


def _read_numbers(kind, inner, numbers):
    dtype, shape, start = inner
    if dtype not in NUMBER_KINDS or len(shape) > 32 or not all(type(n) is int and n >= 0 for n in (*shape, start)):
        raise Broken("no such numbers")
    count = int(np.prod(shape, dtype=object))
    if start + count * np.dtype(dtype).itemsize > len(numbers):
        raise Broken("numbers are missing")
    array = np.frombuffer(numbers, dtype=dtype, count=count, offset=start).reshape(shape).copy()
    return torch.from_numpy(array) if kind == "tensor" else array


def message_out(content, numbers=b""):
    """The bytes of one message out of the sandbox."""
    text = json.dumps(content).encode()
    if len(text) > MOST_JSON:
        raise TooMuch(f"{len(text) / 1e6:.0f} MB of text")
    return HEADER.pack(len(text), len(numbers)) + text + numbers


def read_message_out(read):
    """(content, numbers) of the next message; read(n) gives exactly n bytes. Broken if it is none."""
    n_text, n_numbers = HEADER.unpack(read(HEADER.size))
    if n_text > MOST_JSON or n_numbers > MOST_NUMBERS:
        raise Broken("a message that is too long")
    text, numbers = read(n_text), read(n_numbers)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Broken("a message that is no JSON") from None
    if not isinstance(content, dict):
        raise Broken("a message without content")
    return content, numbers


def message_in(content):
    """The bytes of one message into the sandbox."""
    text = pickle.dumps(content)
    return struct.pack("!Q", len(text)) + text


def read_message_in(read):
    """What the grader sent."""
    return pickle.loads(read(struct.unpack("!Q", read(8))[0]))
