"""Lesson 10: from scores to the probabilities of the next symbol, bold or adventurous, out of a few or of all."""

import torch

from ..model.sampling import next_probabilities
from .assemblies.scores import NEXT
from .attention import rounded
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.next_probabilities import MISTAKES, RETURNS


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    five, seven = torch.tensor([0.2, 1.1, -0.4, 0.7, -0.9]), 3 * fixed(7)
    return [
        Case("3 symbols, temperature 1, all may come", (torch.tensor([0.1, 0.8, -0.3]), 1.0, None)),
        Case("temperature 2, all may come", (five, 2.0, None)),
        Case("temperature 0.5, all may come", (five, 0.5, None)),
        Case("temperature 1, the 2 best of 5", (five, 1.0, 2)),
        Case("temperature 0.7, the 4 best of 7", (seven, 0.7, 4)),
        Case("temperature 1.6, the 3 best of 7", (seven, 1.6, 3)),
        Case("the best alone", (five, 1.3, 1)),
        Case("top_k is the number of symbols", (five, 0.8, 5)),
        # Ties at 0: the check asks what a little rounding does to the right answer, and only a 0 is not moved by that.
        Case("the second best three times, top_k 2", (torch.tensor([0.0, 0.6, 0.0, -0.9, 0.0, -0.4]), 1.5, 2)),
        Case("the best twice, top_k 1", (torch.tensor([-1.1, 0.0, -0.5, 0.0]), 0.6, 1)),
        Case("every score is negative", (seven - 4, 0.9, 3)),
        Case("every score is positive", (seven + 4, 1.2, 5)),
        Case("some scores of 1000", (rounded(five) + torch.tensor([1000.0, 0, 1000, 1000, 0]), 2.0, 4)),
        Case("scores of -1000", (rounded(five) - 1000, 0.5, 3)),
        Case("every second number of a longer row", ((3 * fixed(12))[::2], 1.1, 4)),
        Case("29 symbols, temperature 0.8, the 6 best", (3 * normal(29), 0.8, 6)),
    ]


EXERCISE = Exercise(
    name="next_probabilities",
    lesson="10_language_model",
    reference=next_probabilities,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two steps, then the softmax. First forbid, as a mask does in lesson 05: which scores are worse than the top_k-th best? They become -inf. Then divide by the temperature.",
        "`torch.topk(scores, top_k).values[-1]` is the top_k-th best score. `scores.masked_fill(scores < it, -torch.inf)` keeps what equals it. Do this only `if top_k is not None`.",
    ),
    points=3,
    minutes=8,
    assembly=NEXT,
    returns=RETURNS,
    rules=(
        (lambda probabilities: bool((probabilities >= 0).all()), "Some probabilities are negative; after a softmax none is."),
        (
            lambda probabilities: abs(probabilities.sum() - 1) < 1e-3,
            "The probabilities must sum to 1: forbid first, with -inf, and take the softmax after that.",
        ),
    ),
)  # fmt: skip
