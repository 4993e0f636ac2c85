"""Tiny tasks that need exactly one idea; more than one lesson trains on them."""

import torch


def next_letter_batch(generator, size=32, n=8):
    """Letters in any order, each with a number; each must fetch the number of the next letter of the alphabet.

    Returns X: (size, n, n), which letter stands where (one-hot); V: (size, n, 1), the number each carries;
    wanted: (size, n, 1), the number that each should get. The last letter wants the first one's. Numbers are
    normal with mean 0 and standard deviation 1, so always answering 0 has a mean squared error of 1.
    """
    letters = torch.rand(size, n, generator=generator).argsort(dim=-1)  # (size, n)
    numbers = torch.randn(size, n, generator=generator)  # (size, n)
    wanted = numbers.gather(1, (letters + 1) % n)  # (size, n)
    return torch.eye(n)[letters], numbers.gather(1, letters)[..., None], wanted[..., None]


def repeated_batch(generator, size=48, length=32, n_symbols=32, periods=(8, 16)):
    """Rows in which a few different symbols come in some order, and then the same again until the row is full.

    Each row has its own symbols and its own period, a number of symbols from 8 to 16.
    Returns symbols: (size, length), integers; known: (size, length - 1), True where the symbol has been there before,
    so that the next one can be known from the row alone.
    """
    orders = torch.rand(size, n_symbols, generator=generator).argsort(dim=-1)  # (size, n_symbols)
    period = torch.randint(periods[0], periods[1] + 1, (size, 1), generator=generator)  # (size, 1)
    columns = torch.arange(length)
    return orders.gather(1, columns % period), columns[:-1] >= period
