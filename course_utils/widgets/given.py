"""What a widget is given, checked: numbers and words that can be sent and shown, or one sentence that says why not."""

from __future__ import annotations

import re

import numpy as np

from ..errors import InputError

MOST_TOKENS = 64
LONGEST_TOKEN = 40  # characters of a token that are shown
LARGEST = 1000  # of what is typed, so that a slip of the hand cannot make a picture of one huge number


def numbers(name, value, *axes):
    """A float64 array with these axes, each a size, None for any size, or ... first for any leading axes.

    Raises ValueError in one sentence for text, an empty or infinite array, or another shape.
    """
    if hasattr(value, "detach"):  # a torch tensor; torch itself need not be imported for that
        value = value.detach().cpu().double().numpy()  # numpy has no bfloat16
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InputError(f"{name} should be a matrix of numbers, yours is {str(value)[:60]!r}.") from None
    if array.size == 0:
        raise InputError(f"{name} is empty: its shape is {array.shape}.")
    _check_axes(name, array, axes)
    if not np.isfinite(array).all():
        raise InputError(f"{name} has NaN or infinity in {int((~np.isfinite(array)).sum())} of {array.size} places.")
    return array


def _check_axes(name, array, axes):
    wanted = axes[1:] if axes[:1] == (...,) else axes
    sizes = array.shape[array.ndim - len(wanted) :] if array.ndim >= len(wanted) else ()
    fits = len(sizes) == len(wanted) and all(want in (None, size) for want, size in zip(wanted, sizes, strict=True))
    if axes and (not fits or (axes[0] is not ... and array.ndim != len(wanted))):
        text = ", ".join("..." if axis is ... else "any" if axis is None else str(axis) for axis in axes)
        raise InputError(f"{name} should have the shape ({text}), yours is {array.shape}.")


def editable(name, value, *axes):
    """`numbers`, none beyond 1000, to six decimals: the 0.1 of a float32 tensor would read 0.10000000149."""
    array = numbers(name, value, *axes)
    if np.abs(array).max() > LARGEST:
        largest = array.flat[np.abs(array).argmax()]
        raise InputError(f"{name} holds {largest:g}; numbers go from -{LARGEST} to {LARGEST}.")
    return array.round(6)


def between_0_and_1(name, value, *axes):
    """`numbers` that colours and bars can show; a share of 1.00001 is none to complain of."""
    array = numbers(name, value, *axes)
    if array.min() < -1e-4 or array.max() > 1 + 1e-4:
        raise InputError(f"{name} should lie between 0 and 1, yours go from {array.min():.3g} to {array.max():.3g}.")
    return array


def pack(array):
    """Little-endian float32 bytes, as the browser reads them. (A float64 left in would draw a wrong picture.)"""
    return np.ascontiguousarray(array, dtype="<f4").tobytes()


def unpack(data, *shape):
    """The array back from its bytes."""
    return np.frombuffer(data, dtype="<f4").reshape(shape).copy()


def token_list(tokens, length=None, name="tokens", most=MOST_TOKENS):
    """Tokens as text, whatever they hold; with length given there must be as many. None numbers them from 0."""
    tokens = range(length or 0) if tokens is None else tokens.split() if isinstance(tokens, str) else tokens
    try:
        tokens = [_as_text(token) for token in tokens]
    except TypeError:
        raise InputError(f"{name} should be a sentence or a list of words, yours is {str(tokens)[:60]!r}.") from None
    if not tokens:
        raise InputError(f"{name} is empty: give at least one word.")
    if len(tokens) > most:
        raise InputError(f"{name} has {len(tokens)} words; this picture has room for {most}.")
    if length is not None and len(tokens) != length:
        raise InputError(f"{name} has {len(tokens)} words, but there are {length} rows of numbers.")
    return tokens


def _as_text(token):
    """A token in one line that can be sent and shown: no control characters, no half characters, not too long."""
    text = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "·", str(token))
    return text if len(text) <= LONGEST_TOKEN else f"{text[: LONGEST_TOKEN - 1]}…"
