"""What attention must beat: a model that only counts which symbol followed which few, as lesson 10 measures it."""

from collections import Counter, defaultdict

import torch


class CountingModel:
    """Knows how often each symbol followed each piece of up to `back` symbols, and smooths what it saw too rarely.

    The probability of a symbol after a piece is (count of both + smoothing · p) / (count of the piece + smoothing),
    where p is the same probability after the piece without its first symbol, and 1 / n_symbols below an empty piece.
    sequences: lists of integers, each with its end symbol.  start: stands before each of them.
    Source: MacKay and Peto 1995, "A hierarchical Dirichlet language model".
    """

    def __init__(self, sequences, n_symbols, back, start, smoothing=20.0):
        self.n_symbols, self.back, self.start, self.smoothing = n_symbols, back, start, smoothing
        self.followers, self.ready = defaultdict(Counter), {}
        for sequence in sequences:
            sofar = (start, *sequence)
            for end in range(1, len(sofar)):
                for size in range(min(back, end) + 1):
                    self.followers[sofar[end - size : end]][sofar[end]] += 1

    def next_probabilities(self, sofar):
        """Of each symbol after these, a sequence of integers that begins with start: (n_symbols,)."""
        return self._after(tuple(sofar)[max(len(sofar) - self.back, 0) :])

    def of_word(self, symbols):
        """The probabilities at each position of a whole sequence: (length, n_symbols)."""
        sofar = (self.start, *symbols)
        return torch.stack([self.next_probabilities(sofar[:end]) for end in range(1, len(sofar))])

    def _after(self, piece):
        if piece not in self.ready:
            shorter = self._after(piece[1:]) if piece else torch.full((self.n_symbols,), 1 / self.n_symbols)
            counted = self.followers.get(piece, {})
            counts = torch.zeros(self.n_symbols)
            counts[list(counted)] = torch.tensor(list(counted.values()), dtype=counts.dtype)
            self.ready[piece] = (counts + self.smoothing * shorter) / (counts.sum() + self.smoothing)
        return self.ready[piece]
