"""Words for a language model, several in a row of the table, as lesson 05 packs sentences: hardly any padding."""

import random
from dataclasses import dataclass

import torch

from ..data.alphabet import END, LETTERS, PAD, START
from ..model.masks import causal_mask

OPEN = 12  # rows that wait for a word that fits
NUMBERS = torch.full((128,), PAD)  # of each character: a dot begins a word, a blank is padding
NUMBERS[ord(".")] = START
NUMBERS[[ord(letter) for letter in LETTERS.symbols[END + 1 :]]] = torch.arange(END + 1, len(LETTERS))


@dataclass(frozen=True)
class Packed:
    """inputs, targets, places: (batch, length), integers: what is read, what comes next, the position in the word.

    mask: (batch, 1, length, length), True where a letter may look: at its own word, up to itself.
    """

    inputs: torch.Tensor
    targets: torch.Tensor
    places: torch.Tensor
    mask: torch.Tensor


class PackedWords:
    """Batches as a function of the step (1, 2, ...): every word once in an epoch, then again in another order.

    rows: how many rows a batch has.  length: of a row, in symbols; each word takes one more than it has letters. Which
    words share a row stays as it is: they do not see each other.
    The same step always gives the same batch, so that training can stop at any step and go on later.
    """

    def __init__(self, words, rows, length=24, seed=0):
        self.rows, self.length, self.seed = rows, length, seed
        self.filled = filled(random.Random(seed).sample(words, len(words)), length)
        self.per_epoch = len(self.filled) // rows  # the few that are left over are others in each epoch
        self._epoch, self._order = None, []

    def __call__(self, step):
        epoch, place = divmod(step - 1, self.per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, list(self.filled)
            random.Random(f"{self.seed} {epoch}").shuffle(self._order)
        return pack(self._order[place * self.rows : (place + 1) * self.rows], self.length)


def filled(words, length):
    """The words as rows, lists of words; each is put into the first open row that has room for it."""
    rows, waiting = [], []
    for word in words:
        row = next((row for row in waiting if row[0] > len(word)), None)
        if row is None:
            rows.append(row := [length])
            waiting = [*waiting[-OPEN + 1 :], row]
        row.append(word)
        row[0] -= len(word) + 1
    return [row[1:] for row in rows]


def pack(rows, length):
    """A Packed of these rows, each a list of words."""
    text = "".join(f".{'.'.join(row)}.".ljust(length + 1) for row in rows).encode()  # a dot between words, and around
    symbols = NUMBERS[torch.frombuffer(bytearray(text), dtype=torch.uint8).int()].view(len(rows), length + 1)
    inputs, targets = symbols[:, :-1], symbols[:, 1:]
    begins = inputs == START
    words, columns = begins.cumsum(dim=-1), torch.arange(length)
    places = columns - torch.where(begins, columns, 0).cummax(dim=-1).values  # (batch, length)
    same = words[:, None, :, None] == words[:, None, None, :]  # (batch, 1, length, length)
    return Packed(inputs, torch.where(targets == START, END, targets), places, same & causal_mask(length))


def one_a_row(words):
    """A Packed with one word in each row: for a score of each."""
    return pack([[word] for word in words], max(map(len, words)) + 1)
