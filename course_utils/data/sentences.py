"""Plain English sentences, written for this course, on which lesson 11 measures a real model."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PRACTICE, SHOWN = slice(0, 16), slice(16, 48)  # to choose heads on; to measure on. The rest is for trying claims


class Pronoun(NamedTuple):
    """A sentence with a pronoun, the noun that it stands for, and one that it does not stand for."""

    sentence: str
    pronoun: str
    means: str
    rival: str


def practice():
    """16 sentences to choose heads on."""
    return _lines("sentences.txt")[PRACTICE]


def sentences():
    """32 sentences to measure on."""
    return _lines("sentences.txt")[SHOWN]


def other_sentences():
    """32 more, which no lesson shows."""
    return _lines("sentences.txt")[SHOWN.stop :]


def paraphrases():
    """The 32 of `sentences` said in other words, in the same order."""
    return _lines("paraphrases.txt")


def pronouns():
    """12 pairs of sentences, as Pronoun one after the other: in the second of a pair the pronoun means the other noun.

    In the first 6 pairs the pronoun itself tells (he or she, it or they), in the others only the sense does.
    """
    return [Pronoun(*(part.strip() for part in line.split("|"))) for line in _lines("pronouns.txt")]


@cache
def _lines(name):
    return tuple((HERE / name).read_text(encoding="utf-8").splitlines())
