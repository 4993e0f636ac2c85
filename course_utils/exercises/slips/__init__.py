"""Mistakes that many exercises share: with an argument before, with a result afterwards, with a part in between."""

from .arguments import changed, confused, flipped, unused
from .attending import attending, both, each
from .results import of_results

__all__ = ["attending", "both", "changed", "confused", "each", "flipped", "of_results", "unused"]
