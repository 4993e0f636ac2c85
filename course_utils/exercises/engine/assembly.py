"""A right answer in parts, and what people put in a part's place: every wrong part, and every two at once, has its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from .result import Mistake

COMMON = 12  # parts of one place that are tried together with others: all would take seconds


@dataclass(frozen=True)
class Assembly:
    """What an answer is put together from.

    build: takes one part for each place, by name, and gives the function.  right: place -> part.
    wrong: place -> {one sentence on it: another part}, the commonest first.
    """

    build: Callable
    right: dict[str, object]
    wrong: dict[str, dict[str, object]]

    def mistakes(self, at_once) -> Iterator[Mistake]:
        """A Mistake for each choice of so many wrong parts, in different places."""
        most = None if at_once == 1 else COMMON
        others = [(place, *it) for place, parts in self.wrong.items() for it in list(parts.items())[:most]]
        for some in combinations(others, at_once):
            changed = {place: part for place, _, part in some}
            if len(changed) == at_once:
                hint = " ".join(sentence for _, sentence, _ in some)
                name = "; ".join(sentence.split(".")[0].split(":")[0] for _, sentence, _ in some)
                yield Mistake(name, self.build(**(self.right | changed)), hint if at_once == 1 else f"Two things. {hint}")
