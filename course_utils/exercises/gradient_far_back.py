"""Lesson 06: what a factor at each step makes of a gradient."""

import math

from .engine import Mistake, Prediction

FIGURES = ((0.5, 20), (0.8, 60), (0.5, 40), (0.25, 10), (0.5, 30))

EXERCISE = Prediction(
    name="gradient_far_back",
    lesson="06_rnn_comparison",
    numbers=lambda seed: dict(zip(("factor", "steps"), FIGURES[seed % len(FIGURES)], strict=True)),
    question=(
        "Each step back multiplies a gradient by {factor}. It begins at 1. "
        "**After {steps} steps back it is about 10 to which power?** (a whole number, with its sign)"
    ),
    answer=lambda factor, steps: round(steps * math.log10(factor)),
    tolerance=0.1,
    mistakes=(
        Mistake("sign", lambda factor, steps: -round(steps * math.log10(factor)), "The size is right, the sign is not: a factor below 1 makes it smaller."),
        Mistake("added", lambda factor, steps: -round(factor * steps), "You multiplied the factor by the steps. Here the factor is multiplied by itself, once a step."),
        Mistake("a tenth each step", lambda factor, steps: -steps, "That would be a factor of 0.1 at each step."),
        Mistake("the number itself", lambda factor, steps: factor**steps, "That is the gradient itself, or 0. Asked is the power of 10: for 0.001 it is -3."),
    ),
    explanation="{factor} to the power of {steps}: this is what vanishing means.",
    hints=(
        "The factor is multiplied by itself, once a step. Work out how many steps make it ten times smaller. (With 0.5 ten steps make it about a thousand times smaller.)",
        "`math.log10(x)` says which power of 10 a number x is. What is x here?",
    ),
    points=1,
)  # fmt: skip
