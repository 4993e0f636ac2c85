"""Lesson 08: how much is worked out again when nothing is kept."""

import random

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="passes_without_cache",
    lesson="08_encoder_decoder",
    numbers=lambda seed: {"n": 20 if seed == 0 else random.Random(seed).randint(12, 40)},
    question=(
        "{n} symbols are written, one per step. Nothing is kept from step to step: at each step, all symbols that the decoder "
        "has read so far go through it again, 1 at the first step, 2 at the second, and so on. "
        "**How many symbols go through the decoder, over all {n} steps together?**"
    ),
    answer=lambda n: n * (n + 1) / 2,
    tolerance=0.4,
    mistakes=(
        Mistake("with the cache", lambda n: n, "That is what is needed if everything is kept: one new symbol per step. Here all of them go through again."),
        Mistake("all steps as long as the last", lambda n: n * n, "Not every step has as many as the last one. Add them up: 1 + 2 + 3 + …"),
        Mistake("first step empty", lambda n: n * (n - 1) / 2, "At the first step one symbol goes through, start; at the last step there are as many as steps."),
        Mistake("mean of a step", lambda n: (n + 1) / 2, "That is the mean per step. Multiply it by the number of steps."),
        Mistake("half the square", lambda n: n * n / 2, "Nearly: the mean of 1 and the number of steps, times the number of steps. Try it with 2 steps: 1 + 2."),
    ),
    explanation="1 + 2 + … + {n}: it grows with the square of the length. With a cache it is {n}.",
    hints=("Step 1 has one symbol, step 2 two. Add them up.", "The mean of the first and the last step, times the number of steps."),
    points=1,
)  # fmt: skip
