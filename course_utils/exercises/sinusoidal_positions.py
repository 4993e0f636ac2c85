"""Lesson 04: a code for every position, from sines and cosines."""

import random

from ..model.positions import sinusoidal_positions
from .engine import Case, Exercise
from .mistakes.sinusoidal_positions import MISTAKES


def cases(seed):
    chooser = random.Random(seed)
    longer = 40 + chooser.randrange(10)
    return [
        Case("3 positions, one clock", (3, 2)),
        Case("5 positions, d_model = 4", (5, 4)),
        Case("one position", (1, 6)),
        Case("6 positions, d_model = 6", (6, 6)),
        Case("4 positions, d_model = 10", (4, 10)),
        Case("20 positions, d_model = 64", (20, 64)),
        Case("45 positions, d_model = 16", (45, 16)),
        Case(f"{longer} positions, d_model = 8", (longer, 8)),
    ]


EXERCISE = Exercise(
    name="sinusoidal_positions",
    lesson="04_positional_encoding",
    reference=sinusoidal_positions,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "First the speeds, one per pair: 10000 to the power of -2i / d_model. Then the angles, position times speed: "
        "a column of positions times a row of speeds is a table. Then sine into the even columns and cosine into the odd ones.",
        "`speeds = 10000 ** (-torch.arange(0, d_model, 2) / d_model)` and `angles = torch.arange(length)[:, None] * speeds`. "
        "Fill an empty table with `table[:, 0::2] = ...` and `table[:, 1::2] = ...`.",
    ),
    points=3,
    minutes=10,
    returns={"positions": "length d_model"},
    rules=(
        (lambda positions: abs(positions).max() <= 1.001, "Some numbers are outside -1 to 1; a sine or a cosine never is."),
        (lambda positions: abs(positions[0, 0::2]).max() < 1e-3, "Row 0 should be 0, 1, 0, 1, ...: the sine and cosine of the angle 0."),
    ),
)
