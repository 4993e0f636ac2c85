"""Words letter by letter: what the language model of lesson 10 learns from, is scored on and writes."""

from .batches import PackedWords, one_a_row, pack
from .checkpoint import load
from .counting import CountingModel
from .task import invent, rate_at

__all__ = ["CountingModel", "PackedWords", "invent", "load", "one_a_row", "pack", "rate_at"]
