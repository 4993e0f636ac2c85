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
