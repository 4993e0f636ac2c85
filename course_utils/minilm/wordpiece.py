"""Sentences cut into the pieces that MiniLM knows: BERT's two steps, words first, then pieces of words."""

import unicodedata

LONGEST_WORD = 100  # letters; a longer word is one unknown piece
CHINESE = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
           (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))  # fmt: skip


class WordPiece:
    """Cuts text into pieces of a vocabulary. A piece that goes on a word begins with ##.

    vocabulary: the pieces in the order of their numbers.
    Source: Wu et al. 2016, "Google's Neural Machine Translation System", section 4.1, as BERT uses it, lower case.
    """

    def __init__(self, vocabulary):
        self.pieces = list(vocabulary)
        self.number = {piece: number for number, piece in enumerate(self.pieces)}

    def tokens(self, text):
        """The pieces of a text as words, between [CLS] and [SEP]; [UNK] for a word that cannot be made of pieces."""
        return ["[CLS]", *(piece for word in words(text) for piece in self._cut(word)), "[SEP]"]

    def numbers(self, tokens):
        """The numbers of the pieces, a list."""
        return [self.number[token] for token in tokens]

    def _cut(self, word):
        """The longest known piece from the left, again and again."""
        pieces, start = [], 0
        while start < len(word) <= LONGEST_WORD:
            ends = range(len(word), start, -1)
            found = ("##" * (start > 0) + word[start:end] for end in ends)
            piece = next((piece for piece in found if piece in self.number), None)
            if piece is None:
                return ["[UNK]"]
            pieces.append(piece)
            start += len(piece) - 2 * (start > 0)
        return pieces or ["[UNK]"]


def words(text):
    """Lower-case words without accents; each mark and each Chinese character is a word of its own."""
    cleaned = "".join(_cleaned(letter) for letter in text)
    for word in cleaned.split():
        plain = unicodedata.normalize("NFD", word.lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        yield from "".join(f" {letter} " if is_mark(letter) else letter for letter in plain).split()


def _cleaned(letter):
    """What a letter becomes: nothing, if it cannot be seen; a space; or itself, set apart if it is Chinese."""
    if letter in "\t\n\r" or unicodedata.category(letter) == "Zs":
        return " "
    if letter in "\0\ufffd" or unicodedata.category(letter).startswith("C"):
        return ""
    return f" {letter} " if any(low <= ord(letter) <= high for low, high in CHINESE) else letter


def is_mark(letter):
    """Is it punctuation? ASCII symbols such as $ and + count too."""
    return unicodedata.category(letter).startswith("P") or (letter.isascii() and not letter.isalnum() and letter > " ")
