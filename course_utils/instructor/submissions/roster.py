"""The list of a class: who is in it, and who is meant by a name that is not written as it stands there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ..variants import same_name

LEFT_OUT = re.compile(r"""['’`´"&<>|:]""")
NUMBER_BEHIND = re.compile(r"\([^()]*\)$")  # by which a list tells two people of one name apart: Smith, John (10004)


class Roster:
    """names: as they stand in the list, of which each is another's in `same_name`, too.

    numbers: {name: all numbers of theirs in the list}, of the university and of the platform.
    """

    def __init__(self, names: Iterable[str], numbers: Mapping[str, frozenset[str]] | None = None):
        self.names, self.numbers = tuple(names), numbers or {}
        self._exact = {same_name(name): name for name in reversed(self.names)}
        self._words, self._without_number, self._letters = defaultdict(set), defaultdict(set), defaultdict(set)
        for name in self._exact.values():
            self._words[words(name)].add(name)
            self._without_number[words(_without_number(name))].add(name)
            for run_together in turned(_without_number(name)):
                self._letters[run_together].add(name)

    def __contains__(self, name):
        return same_name(name) in self._exact

    def exact(self, name: str) -> str | None:
        """The name in the list that is this one, but for capitals, spaces and low lines; None if there is none."""
        return self._exact.get(same_name(name))

    def meant(self, name: str, run_together: bool = False) -> frozenset[str]:
        """All who may be meant by it: first and last name exchanged, or the number left out that stands in the list.

        run_together: the name may be nothing but the letters of first and last name, as in "doejane".
        """
        if exact := self.exact(name):
            return frozenset({exact})
        found = self._words.get(words(name)) or self._without_number.get(words(name))
        return frozenset(found or (run_together and self._letters.get(letters(name))) or ())

    def numbered(self, names: Iterable[str], number: str) -> frozenset[str]:
        """Those of these names that have this number in the list."""
        return frozenset(name for name in names if number in self.numbers.get(name, ()))

    def meant_alone(self, name: str) -> str | None:
        """The only one who may be meant, also if a platform's number stands behind the name; None if it is not one."""
        meant = self.meant(name) or self.meant(_without_number(name), run_together=True)
        return min(meant) if len(meant) == 1 else None


def words(name: str) -> tuple[str, ...]:
    """The words of a name in the order of the alphabet: those of "Doe, Jane" are those of "Jane Doe".

    Without the signs that a platform leaves out of a file's name: "O'Neil" comes back as "ONeil".
    """
    return tuple(sorted(re.findall(r"[^\s,;()]+", LEFT_OUT.sub("", same_name(name)))))


def letters(name: str) -> str:
    """Its letters and digits alone."""
    return "".join(letter for letter in same_name(name) if letter.isalnum())


def _without_number(name):
    return NUMBER_BEHIND.sub("", name.strip())


def turned(name: str) -> set[str]:
    """The letters of a name, beginning with each of its words in turn."""
    parts = name.replace(",", " ").split()
    return {letters("".join(parts[i:] + parts[:i])) for i in range(len(parts))}
