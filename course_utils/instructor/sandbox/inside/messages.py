"""The messages between the grader and a child of the sandbox.

Into the sandbox everything may go, as a pickle, and the bytes of a file behind it. Out of it come only JSON and raw
numbers, of limited size; nothing that comes out is believed.
"""

from __future__ import annotations

import io
import json
import pickle
import struct
from collections.abc import Callable, Mapping

import torch

from .serialization import Broken, TooMuch

HEADER = struct.Struct("!II")  # bytes of JSON, bytes of numbers behind it
HEADER_IN = struct.Struct("!QQ")  # bytes of the pickle, bytes of a file behind it
MOST_JSON, MOST_BYTES = 2**22, 2**24 + 2**20  # of one message out of the sandbox
MOST_OUT = HEADER.size + MOST_JSON + MOST_BYTES
PLAIN = {torch.float32, torch.float64, torch.int64, torch.bool}
MOST_MARKS = 400_000  # commas and opening brackets in its JSON: each may become an object of 70 bytes


def message_out(content: Mapping[str, object], numbers: bytes = b"") -> bytes:
    """The bytes of one message out of the sandbox."""
    text = json.dumps(content).encode()
    if len(text) > MOST_JSON or len(numbers) > MOST_BYTES:
        raise TooMuch(f"{(len(text) + len(numbers)) / 1e6:.0f} MB")
    return HEADER.pack(len(text), len(numbers)) + text + numbers


def read_message_out(read: Callable[[int], bytes]) -> tuple[dict, bytearray]:
    """(content, numbers) of the next message; read(n) gives exactly n bytes. Broken if it is none."""
    n_text, n_numbers = HEADER.unpack(read(HEADER.size))
    if n_text > MOST_JSON or n_numbers > MOST_BYTES:
        raise Broken("a message that is too long")
    text, numbers = read(n_text), read(n_numbers)
    if sum(text.count(mark) for mark in (b",", b"[", b"{")) > MOST_MARKS:
        raise Broken("a message of too many parts")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Broken("a message that is no JSON") from None
    if not isinstance(content, dict):
        raise Broken("a message without content")
    return content, numbers


class _Pickler(pickle.Pickler):
    """Sends a plain tensor as an array, which takes a tenth of the time of torch's own way. Its strides are kept."""

    def reducer_override(self, value: object):
        if type(value) is not torch.Tensor or value.requires_grad or value.dtype not in PLAIN:
            return NotImplemented
        if value.is_contiguous():
            return torch.from_numpy, (value.numpy(),)
        axes = sorted(range(value.dim()), key=value.stride, reverse=True)
        laid_out = value.permute(axes)
        if not laid_out.is_contiguous():
            return NotImplemented
        return torch.Tensor.permute, (laid_out, [axes.index(axis) for axis in range(len(axes))])


def message_in(content: Mapping[str, object], n_behind: int = 0) -> bytes:
    """The bytes of one message into the sandbox; n_behind: the bytes of a file that will follow it."""
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(content)
    text = file.getvalue()
    return HEADER_IN.pack(len(text), n_behind) + text


def read_message_in(read: Callable[[int], bytes]) -> dict:
    """What the grader sent; the bytes of a file are its "file"."""
    n_text, n_behind = HEADER_IN.unpack(read(HEADER_IN.size))
    content = pickle.loads(read(n_text))
    return {**content, "file": read(n_behind)} if n_behind else content
