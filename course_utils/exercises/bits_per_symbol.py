"""Lesson 10: how well a model foretells, in bits."""

import torch

from ..model.bits import bits_per_symbol
from .assemblies.scores import BITS
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.bits_per_symbol import MISTAKES


def cases(seed):
    def drawn(length, vocab, seed=1, spread=4.0):
        """Probabilities of `length` positions, and symbols of which most are not the most probable one."""
        normal, generator = random_inputs(seed), torch.Generator().manual_seed(seed)
        return torch.softmax(spread * normal(length, vocab), -1), torch.randint(vocab, (length,), generator=generator)

    halves = torch.tensor([[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]])
    return [
        Case("2 positions, 3 symbols", (halves, torch.tensor([1, 0]))),
        Case("3 positions, 2 symbols", (torch.tensor([[0.9, 0.1], [0.3, 0.7], [0.6, 0.4]]), torch.tensor([1, 1, 0]))),
        Case("one position", drawn(1, 4)),
        Case("4 positions, 6 symbols", drawn(4, 6)),
        Case("as many positions as symbols", drawn(5, 5, seed=2)),
        Case("one symbol always", (drawn(6, 3)[0], torch.full((6,), 2))),
        Case("every symbol is certain", (torch.eye(3)[[2, 0, 1, 1]], torch.tensor([2, 0, 1, 1]))),
        Case("a blind guess among 8", (torch.full((5, 8), 1 / 8), torch.tensor([3, 1, 4, 1, 5]))),
        Case("a transposed view", (drawn(4, 7)[0].T.contiguous().T, torch.tensor([6, 0, 3, 3]))),
        Case("12 positions, 29 symbols", drawn(12, 29, seed=seed)),
    ]


EXERCISE = Exercise(
    name="bits_per_symbol",
    lesson="10_language_model",
    reference=bits_per_symbol,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "From each row of the table you need one number: the probability of the symbol that came there. Take -log2 of each, then the mean.",
        "`probabilities[torch.arange(len(symbols)), symbols]` picks one number from each row.",
    ),
    points=2,
    minutes=6,
    assembly=BITS,
    returns={"bits": ""},
    rules=((lambda bits: bits >= 0, "Bits are never negative: the logarithm of a probability is 0 or below, and there is a minus in front."),),
)  # fmt: skip
