"""Lesson 01: a soft look-up small enough for pencil and paper."""

import random

from .engine import Mistake, Prediction


def numbers(seed):
    chooser = random.Random(seed)
    low = 10 * chooser.randint(1, 3)
    return {"low": low, "high": low + 10 * chooser.choice((2, 4, 6)), "more": chooser.choice((2, 3, 4)) if seed else 3}


EXERCISE = Prediction(
    name="blend_by_hand",
    lesson="01_queries_keys_values",
    numbers=numbers,
    question=(
        "A look-up has two keys. exp(score) is {more} for the first key and 1 for the second. "
        "The first key's value is {low}, the second key's value is {high}. **Which number comes back?**"
    ),
    answer=lambda low, high, more: (more * low + high) / (more + 1),
    tolerance=0.01,
    mistakes=(
        Mistake("plain mean", lambda low, high, more: (low + high) / 2, "That is the plain mean. The first key matches better: it has more weight."),
        Mistake("hard look-up", lambda low, high, more: low, "That is the best key's value alone. The second key still has some weight."),
        Mistake("not divided", lambda low, high, more: more * low + high, "Divide by the sum: the weights must add up to 1."),
        Mistake("weights exchanged", lambda low, high, more: (low + more * high) / (more + 1), "The weights have changed places: the first key has the larger one."),
    ),
    explanation="The weights are {more}/({more}+1) and 1/({more}+1).",
    hints=("The weights must add up to 1, so divide each number by the sum of both.", "Then add up weight times value."),
    points=1,
)
