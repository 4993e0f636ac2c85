"""Lesson 04: how slowly the later clocks run."""

import math

from .engine import Mistake, Prediction


def numbers(seed):
    d_model, pair = ((4, 1), (8, 2), (8, 1), (16, 4))[seed % 4]
    return {"d_model": d_model, "sine": 2 * pair, "cosine": 2 * pair + 1}


def turn(speed):
    return 2 * math.pi / speed


EXERCISE = Prediction(
    name="clock_turn",
    lesson="04_positional_encoding",
    numbers=numbers,
    question=(
        "With d_model = {d_model}, columns {sine} and {cosine} are one clock. "
        "**After how many positions has its hand gone once all the way round?** (A full turn is 2π = 6.283 radians. To the nearest whole number.)"
    ),
    answer=lambda d_model, sine, cosine: turn(10000 ** (-sine / d_model)),
    tolerance=0.6,
    mistakes=(
        Mistake("first clock", lambda d_model, sine, cosine: turn(1), "That is the first clock, of speed 1. This one runs slower."),
        Mistake("one radian", lambda d_model, sine, cosine: 10000 ** (sine / d_model), "After that many positions it has turned by 1 radian; a full turn is 6.283 of them."),
        Mistake("exponent twice", lambda d_model, sine, cosine: turn(10000 ** (-2 * sine / d_model)), "The exponent is the number of the sine's column over d_model: that already is the 2i."),
        Mistake("exponent i / d_model", lambda d_model, sine, cosine: turn(10000 ** (-sine / 2 / d_model)),
                "The exponent is 2i / d_model, not i / d_model: 2i is the column of the sine."),
        Mistake("half a turn", lambda d_model, sine, cosine: turn(10000 ** (-sine / d_model)) / 2, "That is half a turn, π radians. A full turn is 2π."),
        Mistake("cosine's column", lambda d_model, sine, cosine: turn(10000 ** (-cosine / d_model)), "The cosine shares the speed of its sine: take the sine's column in the exponent."),
        Mistake("degrees", lambda d_model, sine, cosine: 360 * 10000 ** (sine / d_model), "The hand turns by radians, not degrees: a full turn is 6.283."),
    ),
    explanation="The speed is 10000^(-{sine}/{d_model}) radians per position, so a full turn takes 2π · 10000^({sine}/{d_model}) positions.",
    hints=("First the speed, 10000^(-2i / d_model); the column of the sine is 2i.", "Then divide 6.283 by the speed."),
    points=1,
)  # fmt: skip
