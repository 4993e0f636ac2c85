"""What ClockView and TurnView share: two positions, the first and how far the second is from it."""

from __future__ import annotations

import traitlets

from ..errors import InputError
from .base import SettingError


class TwoPositions(traitlets.HasTraits):
    """position runs over the first half of the length and distance up to the other half, so both always fit."""

    length = traitlets.Int().tag(sync=True)
    position = traitlets.Int(5).tag(sync=True)
    distance = traitlets.Int(3).tag(sync=True)

    @traitlets.validate("length")
    def _long_enough(self, proposal):
        if proposal.value < 16:
            raise InputError(f"length should be at least 16, yours is {proposal.value}.")
        return proposal.value

    @traitlets.validate("position", "distance")
    def _inside(self, proposal):
        if not 0 <= proposal.value < self.length // 2:
            name, last = proposal.trait.name, self.length // 2 - 1
            raise SettingError(f"{name} should be from 0 to {last}, yours is {proposal.value}.")
        return proposal.value
