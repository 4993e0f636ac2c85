"""What every widget of the course shares: how its parts are joined, what it takes, how it looks without a browser."""

from __future__ import annotations

import base64
import io
import re
import warnings
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from ..errors import InputError

STATIC = Path(__file__).parent / "static"
MOST_TOKENS = 64
LONGEST_TOKEN = 40  # characters of a token that are shown


class SettingError(InputError, traitlets.TraitError):
    """The same for a trait set to something impossible; as a TraitError it also leaves the old value in place."""


def module(*names):
    """One ES module: shared.js, then the named files. Browsers load it from a Blob, where no import can be resolved."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("shared.js", *names))


def stylesheet(*names):
    """shared.css, then the named files."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("shared.css", *names))


class CourseWidget(anywidget.AnyWidget):
    """A widget with a short repr that never changes, and a PNG beside it for GitHub, print and a closed kernel.

    A subclass sets `_esm = module("its.js")` and `_css = stylesheet("its.css")`, and gives `picture()`.
    """

    def picture(self):
        """The present state as a matplotlib Figure (made without pyplot: callbacks run in another thread)."""
        raise NotImplementedError

    def facts(self):
        """What the repr says: a dict of short values."""
        return {}

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={value}' for name, value in self.facts().items())})"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "image/png": png(self.picture())}, metadata


def png(figure):
    """A Figure as base64 text, as a notebook stores it."""
    file = io.BytesIO()
    with warnings.catch_warnings():  # an emoji that the font lacks is drawn as a box; that is no news for the learner
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        figure.savefig(file, format="png", dpi=100, bbox_inches="tight", facecolor="white")
    return base64.b64encode(file.getvalue()).decode("ascii")


def numbers(name, value, *axes):
    """A float64 array with these axes, each a size, None for any size, or ... first for any leading axes.

    Raises ValueError in one sentence for text, an empty or infinite array, or another shape.
    """
    if hasattr(value, "detach"):  # a torch tensor; torch itself need not be imported for that
        value = value.detach().cpu().double().numpy()  # numpy has no bfloat16
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
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


def pack(array):
    """Little-endian float32 bytes, as the browser reads them. (A float64 left in would draw a wrong picture.)"""
    return np.ascontiguousarray(array, dtype="<f4").tobytes()


def unpack(data, *shape):
    """The array back from its bytes."""
    return np.frombuffer(data, dtype="<f4").reshape(shape).copy()


def token_list(tokens, length=None, name="tokens"):
    """Tokens as text, whatever they hold; with length given there must be as many. None numbers them from 0."""
    tokens = range(length or 0) if tokens is None else tokens.split() if isinstance(tokens, str) else tokens
    try:
        tokens = [_as_text(token) for token in tokens]
    except TypeError:
        raise InputError(f"{name} should be a sentence or a list of words, yours is {str(tokens)[:60]!r}.") from None
    if not tokens:
        raise InputError(f"{name} is empty: give at least one word.")
    if len(tokens) > MOST_TOKENS:
        raise InputError(f"{name} has {len(tokens)} words; this picture has room for {MOST_TOKENS}.")
    if length is not None and len(tokens) != length:
        raise InputError(f"{name} has {len(tokens)} words, but there are {length} rows of numbers.")
    return tokens


def _as_text(token):
    """A token in one line that can be sent and shown: no control characters, no half characters, not too long."""
    text = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "·", str(token))
    return text if len(text) <= LONGEST_TOKEN else f"{text[: LONGEST_TOKEN - 1]}…"
