"""How values come out of the sandbox: their structure as JSON, their numbers as raw bytes, both of limited size.

What is read outside is a tensor, an array, a number, a text, a list or set of these, or an Opaque that knows its type's
name. Sizes are counted on both sides: inside so that a student is told, outside because whoever wrote the notebook may
have written the message too. Nothing is copied outside: tensors are views of the bytes that came.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

import numpy as np
import torch

MOST_NUMBERS = 2**21  # in all values of one message together, whatever they share; an empty axis counts as 1
MOST_PARTS, DEEPEST = 20_000, 8  # of the values of one message: entries in all, lists within lists
PARTS_OF_A_TENSOR, PARTS_OF_A_TYPE, LETTERS_OF_A_PART = 4, 100, 16  # what else costs, compared with a number
LONGEST_TEXT, LONGEST_FLOAT, LONGEST_NAME, LARGEST_INT = 1000, 32, 80, 2**63
ALIGNED = 8  # bytes: where numbers may begin
NUMBER_KINDS = {"f4": torch.float32, "f8": torch.float64, "i8": torch.int64, "b1": torch.bool}


class Broken(Exception):
    """What came out of the sandbox is no message."""


class TooMuch(Exception):
    """A value that is larger than an answer can be."""


class Opaque:
    """Something that is neither number, tensor, list nor text; all that is known is the name of its type."""

    def __repr__(self):
        return f"<{type(self).__name__}>"


class Account:
    """Counts what the values of one message cost. too_much: the exception to raise."""

    def __init__(self, too_much):
        self.parts, self.numbers, self.too_much = 0, 0, too_much

    def add(self, parts: int = 1, shape: Iterable[int] | None = None, depth: int = 0) -> None:
        """One more entry of a value, at this depth."""
        self.parts += parts
        self.numbers += math.prod(max(size, 1) for size in shape) if shape is not None else 0
        if self.parts > MOST_PARTS or depth > DEEPEST:
            raise self.too_much("more than an answer can hold")
        if self.numbers > MOST_NUMBERS:
            raise self.too_much(f"{self.numbers / 1e6:.1f} million numbers")


class Packer:
    """Collects the numbers of several values, while their structure goes into JSON."""

    def __init__(self):
        self.numbers, self.account = bytearray(), Account(TooMuch)

    def pack(self, value: object, depth: int = 0) -> dict:
        """The structure of value as something that JSON can hold."""
        if value is None or type(value) in (bool, int, float, str):
            form = _plain(value)
            self.account.add(_parts_of(form), depth=depth)
            return form
        if type(value) in (list, tuple) or (isinstance(value, tuple) and hasattr(value, "_fields")):
            self.account.add(depth=depth)
            return {type(value).__name__ if type(value) is list else "tuple": [self.pack(v, depth + 1) for v in value]}
        if type(value) in (set, frozenset):
            self.account.add(depth=depth)
            return {"set": [self.pack(v, depth + 1) for v in value]}
        array, kind = _as_array(value)
        if array is None:
            form = {"opaque": type(value).__name__[:LONGEST_NAME]}
            self.account.add(_parts_of(form), depth=depth)
            return form
        self.account.add(PARTS_OF_A_TENSOR, array.shape, depth)
        return {kind: [array.dtype.str[1:], list(array.shape), self._add(array)]}

    def _add(self, array):
        start = len(self.numbers)
        self.numbers += array.tobytes()
        self.numbers += bytes(-len(self.numbers) % ALIGNED)
        return start


def _parts_of(form):
    """What one entry without numbers costs."""
    (kind, inner), = form.items()
    if kind == "opaque":
        return PARTS_OF_A_TYPE
    return 1 + len(inner) // LETTERS_OF_A_PART if kind == "text" else 1


def _plain(value):
    if type(value) is int and abs(value) > LARGEST_INT:
        return {"float": repr(float(value)) if value.bit_length() < 1000 else "inf"}
    if type(value) is float:
        return {"float": repr(value)}
    return {"text": value[:LONGEST_TEXT]} if type(value) is str else {"is": value}


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


class Unpacker:
    """Reads the values of one message, which all stand on the same numbers: a bytearray, of which they are views."""

    def __init__(self, numbers: bytes | bytearray):
        self.numbers, self.account = memoryview(numbers), Account(Broken)

    def unpack(self, form: object) -> object:
        """The value that `form` tells of; Broken if it tells nonsense, or if all values together are too much."""
        try:
            return self._read(form, 0)
        except Broken:
            raise
        except Exception as error:
            raise Broken(f"{type(error).__name__} while a value was read") from None

    def _read(self, form, depth):
        (kind, inner), = form.items()
        if kind in ("tensor", "array"):
            return self._read_numbers(kind, inner, depth)
        self.account.add(_parts_of(form), depth=depth)
        if kind in ("list", "tuple", "set"):
            return {"list": list, "tuple": tuple, "set": set}[kind](self._read(part, depth + 1) for part in inner)
        return {"float": _float, "text": _text, "is": _constant, "opaque": _opaque}[kind](inner)

    def _read_numbers(self, kind, inner, depth):
        dtype, shape, start = inner
        if dtype not in NUMBER_KINDS or len(shape) > 32 or not all(type(n) is int and n >= 0 for n in (*shape, start)):
            raise Broken("no such numbers")
        self.account.add(PARTS_OF_A_TENSOR, shape, depth)
        count = math.prod(shape)
        if start % ALIGNED or start + count * np.dtype(dtype).itemsize > len(self.numbers):
            raise Broken("numbers are missing")
        if count:
            array = np.frombuffer(self.numbers, dtype=dtype, count=count, offset=start).reshape(shape)
        else:
            array = np.empty(shape, dtype)
        return torch.from_numpy(array) if kind == "tensor" else array


def unpack(form: object, numbers: bytes) -> object:
    """The one value of a message. Broken if it tells nonsense."""
    return Unpacker(numbers).unpack(form)


def _float(text):
    if len(text) > LONGEST_FLOAT:
        raise Broken("a number with too many digits")
    return float(text)


def _text(text):
    if type(text) is not str or len(text) > LONGEST_TEXT:
        raise Broken("a text that is too long")
    return text


def _constant(value):
    if value is None or type(value) in (bool, int) and abs(value) <= LARGEST_INT:
        return value
    raise Broken("neither a whole number nor True nor False")


def _opaque(name):
    return _type_called(whole_letters(_text(name))[:LONGEST_NAME])()


def whole_letters(text: str) -> str:
    """The text as the name of a class can hold it: no zero, and no half letters, as "\\ud800" is one."""
    return text.encode(errors="replace").decode().replace("\0", "")


@functools.lru_cache(256)  # a class is large
def _type_called(name):
    return type(name, (Opaque,), {})
