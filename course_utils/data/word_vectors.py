"""Vectors of 5,000 English words, 16 numbers each, made from a real model's (see README.txt beside this file).

Every vector has the same length, 4 (its mean square is 1), so dot product = 16 x cosine.
"""

import difflib
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np

from ..errors import InputError

SENTENCE = "the cat sat on the bank of the river"  # comes back in every lesson
WIDTH = 16
MOST_WORDS = 64
_FILE = Path(__file__).with_name("word_vectors.npz")


class WordError(InputError):
    """What was typed cannot be looked up."""


class UnknownWord(WordError):
    """A word that has no vector here. `word` is what was typed, `near` are known words spelt like it."""

    def __init__(self, word):
        self.word = word
        self.near = difflib.get_close_matches(word[:30], words(), n=3)
        advice = f"Near spellings: {', '.join(self.near)}." if self.near else "Please try another word."
        super().__init__(f'"{_printable(word)}" is not among the course\'s {len(words()):,} words. {advice}')


def embed(sentence):
    """Split a sentence into words and look up their vectors.

    Returns tokens, the words in lower case without punctuation, and X: (length, 16) float32, one row per word.
    Raises UnknownWord for a word without a vector, WordError for anything that is not 1 to 64 words of text.
    """
    tokens = _tokens(sentence)
    if not tokens:
        raise WordError(f'The sentence has no words. Type a few, such as "{SENTENCE}".')
    if len(tokens) > MOST_WORDS:
        raise WordError(f"The sentence has {len(tokens)} words; at most {MOST_WORDS} fit. Use a shorter one.")
    return tokens, _vectors_of(tokens)


def word_vector(word):
    """The vector of one word: (16,) float32. Raises UnknownWord, or WordError for what is not one word."""
    return _vectors_of([_one_word(word)])[0]


def nearest(word_or_vector, n=5):
    """The n words most similar to a word (itself left out) or to any vector of 16 numbers.

    Returns a list of (word, cosine), best first; 1 means same direction, 0 unrelated, -1 opposite.
    """
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n < len(words()):
        raise WordError(f"n is how many words you want: expected 1 to {len(words()) - 1:,}, got {_printable(repr(n))}.")
    itself = _one_word(word_or_vector) if isinstance(word_or_vector, str) else None
    vector = _vector_of_16(word_or_vector) if itself is None else _table()[_row(itself)]
    cosines = _table() @ (vector / np.linalg.norm(vector)) / np.sqrt(WIDTH)
    best = [(words()[row], round(float(cosines[row]), 3)) for row in np.argsort(-cosines, kind="stable")[: n + 1]]
    return [pair for pair in best if pair[0] != itself][:n]


def project_2d(some_words):
    """Two numbers for each word, to draw it in a plane: (n, 2) float32.

    The plane is the one in which these words' dot products change least (the first two singular
    directions of their vectors). It is made from these words alone: other words, another plane.
    """
    import torch

    if not isinstance(some_words, (list, tuple)) or len(some_words) < 2:
        raise WordError(f"project_2d takes a list of at least two words, got {_printable(repr(some_words))}.")
    vectors = _table()[[_row(_one_word(word)) for word in some_words]]
    _, _, axes = np.linalg.svd(vectors.astype(np.float64), full_matrices=False)
    plane = (vectors @ axes[:2].T).round(6)
    largest = plane[np.abs(plane).argmax(axis=0), [0, 1]]  # the sign of an axis is arbitrary: fix it
    return torch.tensor(plane * np.sign(largest), dtype=torch.float32)


@cache
def words():
    """All known words, the most frequent first."""
    with np.load(_FILE) as archive:
        return tuple(archive["words"].astype(str).tolist())


@cache
def _table():
    """All vectors, one row per word: (5000, 16) float32, each of length 4."""
    with np.load(_FILE) as archive:
        table = archive["vectors"].astype(np.float32)
    return table * (np.sqrt(WIDTH) / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32)


@cache
def _rows():
    return {word: row for row, word in enumerate(words())}


def _row(word):
    if word not in _rows():
        raise UnknownWord(word)
    return _rows()[word]


def _vectors_of(tokens):
    import torch  # here, so that looking at words does not load torch

    return torch.from_numpy(_table()[[_row(token) for token in tokens]])


def _tokens(sentence):
    """Lower-case words without the punctuation around them; what is punctuation only falls away."""
    if not isinstance(sentence, str):
        raise WordError(f"A sentence is text in quotes, got {type(sentence).__name__}.")
    stripped = (_strip_punctuation(piece) for piece in sentence.lower().split())
    return [token for token in stripped if token]


def _strip_punctuation(piece):
    kept = [i for i, letter in enumerate(piece) if not unicodedata.category(letter).startswith("P")]
    return piece[kept[0] : kept[-1] + 1] if kept else ""


def _one_word(word):
    tokens = _tokens(word)
    if len(tokens) != 1:
        raise WordError(f'Expected one word, got {len(tokens)}: "{_printable(word)}".')
    return tokens[0]


def _vector_of_16(vector):
    try:
        array = np.asarray(vector, dtype=np.float32)
    except (TypeError, ValueError):
        raise WordError(f"Expected a word or {WIDTH} numbers, got {type(vector).__name__}.") from None
    if array.shape != (WIDTH,):
        raise WordError(f"Expected a word or a vector of shape ({WIDTH},), got shape {array.shape}.")
    if not np.isfinite(array).all() or not array.any():
        raise WordError("The vector has no direction: it is all zero, or holds nan or infinity.")
    return array


def _printable(text):
    """Safe to show in a message: short, and without control characters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text[:30])
    return shown + "…" if len(text) > 30 else shown
