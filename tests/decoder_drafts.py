"""For the tests of DecodeView: drafts as a decoder might have written them, of an alphabet of five letters."""

from types import SimpleNamespace

import torch

from course_utils.errors import InputError
from course_utils.widgets import DecodeView

LETTERS, SOUNDS = ["<end>", *"abcde"], ["<start>", "<end>", "A", "B", "C", "D"]
WRITTEN = [3, 2, 1]  # B A <end>


def encode(text):
    if unknown := [letter for letter in text if letter not in LETTERS]:
        raise InputError(f"{unknown[0]!r} is not one of a b c d e.")
    return [*map(LETTERS.index, text), 0]


def draft(text="bad", written=WRITTEN, **changes):
    """What a decoder of 2 layers of 3 heads might have seen, with other numbers for every text and length."""
    generator = torch.Generator().manual_seed(len(text) + 10 * len(written))
    source, steps = encode(text), len(written)
    rows = torch.randn(steps, len(SOUNDS), generator=generator).softmax(dim=-1)
    weights = torch.randn(2, 3, steps, len(source), generator=generator).softmax(dim=-1)
    seen = {"source": source, "written": written, "probabilities": rows, "weights": weights, "log_probability": -1.5}
    return SimpleNamespace(**seen | changes)


def write(text, width):
    """As many drafts as the beam is wide, each a step shorter than the one before."""
    longest = [2] * width + [1]
    return [draft(text, longest[i:]) for i in range(width)]


def answers(**changes):
    """A function that gives one draft with some of it changed."""
    return lambda text, width: [draft(text, **changes)]


def view(write=write, text="bad", source_symbols=LETTERS, target_symbols=SOUNDS, **options):
    return DecodeView(write, text, source_symbols, target_symbols, **{"widths": (1, 4), **options})


def then(later, first=write):
    """A view whose function did well at first and does something else at the next change; and what it showed."""
    works = [True]
    widget = view(lambda text, width: (first if works else later)(text, width))
    works.clear()
    return widget, widget.result
