"""What ClockView and TurnView share: two positions, the first and how far the second is from it."""

from __future__ import annotations

import traitlets

from ..errors import InputError
from .base import setting

SHORTEST = 16


class TwoPositions(traitlets.HasTraits):
    """position runs over the first half of the length and distance up to the other half, so both always fit."""

    length = traitlets.Int().tag(sync=True)
    position = traitlets.Int(5).tag(sync=True)
    distance = traitlets.Int(3).tag(sync=True)

    @setting("position", "distance")
    def _inside(self, name, value):
        return self.within_limits(name, value)


def limits_of(length):
    """The limits of position and distance, to be put into `limits`."""
    if length < SHORTEST:
        raise InputError(f"length should be at least {SHORTEST}, yours is {length}.")
    half = 0, length // 2 - 1
    return {"position": half, "distance": half}
