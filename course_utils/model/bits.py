"""How well a model foretells, in bits, as lesson 10 counts it."""

import torch


def bits_per_symbol(probabilities, symbols):
    """How many bits a symbol costs on average: the mean of -log2 of the probability of the one that came.

    probabilities: (length, vocab), at each position those that the model gave, each row with the sum 1.
    symbols: (length,), integers: what came at each position.
    Returns bits: one number, 0 if each symbol was certain, log2(vocab) for a blind guess.
    Source: Shannon 1948, "A Mathematical Theory of Communication", section 6.
    """
    of_those_that_came = probabilities[torch.arange(len(symbols)), symbols]  # (length,)
    return -torch.log2(of_those_that_came).mean()
