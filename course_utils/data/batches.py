"""Pairs of word and phones in batches, in which sequences of about one length stand together."""

import math
import random
from dataclasses import dataclass

import torch

from .alphabet import LETTERS, PAD, PHONES


@dataclass(frozen=True)
class Batch:
    """letters: (batch, k_len) and phones: (batch, q_len), integers; each row ends with END, then PAD.

    mask: (batch, k_len), True where there is a letter or END, False where there is padding.
    """

    letters: torch.Tensor
    phones: torch.Tensor
    mask: torch.Tensor


def collate(pairs):
    """A Batch of these pairs (word, phones)."""
    letters = padded([LETTERS.encode(word) for word, _ in pairs])
    phones = padded([PHONES.encode(sound) for _, sound in pairs])
    return Batch(letters, phones, letters != PAD)


def padded(rows):
    """Lists of integers as one table, filled up with PAD: (rows, longest)."""
    return torch.nn.utils.rnn.pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=PAD)


class Bucketed:
    """Batches as a function of the step (1, 2, ...): every pair once in an epoch, then again in another order.

    The same step always gives the same batch, so that training can stop at any step and go on later.
    """

    def __init__(self, pairs, size, seed=0):
        self.pairs, self.size, self.seed = pairs, size, seed
        self.per_epoch = math.ceil(len(pairs) / size)
        self._epoch, self._order = None, []

    def __call__(self, step):
        epoch, place = divmod(step - 1, self.per_epoch)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, self._shuffled(epoch)
        return collate(self._order[place])

    def _shuffled(self, epoch):
        """All pairs in batches: sorted by length, those of one length in any order; then the batches in any order."""
        chance = random.Random(f"{self.seed} {epoch}")
        by_length = sorted(self.pairs, key=lambda pair: (len(pair[0]), len(pair[1]), chance.random()))
        batches = [by_length[i : i + self.size] for i in range(0, len(by_length), self.size)]
        chance.shuffle(batches)
        return batches
