"""Lesson 04: the score of two turned vectors."""

import math

from .engine import Mistake, Prediction


def numbers(seed):
    q_position, k_position, degrees, size = ((5, 3, 30, 2), (6, 2, 15, 4), (8, 3, 12, 6), (7, 3, 15, 4))[seed % 4]
    return {"q_position": q_position, "k_position": k_position, "degrees": degrees, "size": size}


def cosine(degrees):
    return math.cos(math.radians(degrees))


EXERCISE = Prediction(
    name="turned_score",
    lesson="04_positional_encoding",
    numbers=numbers,
    question=(
        "q = (1, 0) stands at position {q_position}, k = ({size}, 0) at position {k_position}. Each is turned by {degrees}° per position. "
        "**What is the dot product of the turned q and the turned k?** "
        "(The dot product of two arrows is the product of their sizes times the cosine of the angle between them.)"
    ),
    answer=lambda q_position, k_position, degrees, size: size * cosine((q_position - k_position) * degrees),
    tolerance=0.02,
    mistakes=(
        Mistake("not turned", lambda q_position, k_position, degrees, size: size, "That is the product before the turn. After it the two arrows no longer point the same way."),
        Mistake("cosine alone", lambda q_position, k_position, degrees, size: cosine((q_position - k_position) * degrees),
             "That is the cosine. Multiply it by the sizes of the two arrows."),
        Mistake("angles added", lambda q_position, k_position, degrees, size: size * cosine((q_position + k_position) * degrees),
             "You added the two angles. Both arrows turn the same way, so what counts is the difference."),
        Mistake("only q turned", lambda q_position, k_position, degrees, size: size * cosine(q_position * degrees), "You turned q alone. k turns too, the same way."),
        Mistake("only k turned", lambda q_position, k_position, degrees, size: size * cosine(k_position * degrees), "You turned k alone. q turns too, the same way."),
        Mistake("one step", lambda q_position, k_position, degrees, size: size * cosine(degrees), "That is the turn of one position. Take the difference of the two positions: from 3 to 5 it is 5 − 3 = 2."),
        Mistake("radians", lambda q_position, k_position, degrees, size: size * math.cos((q_position - k_position) * degrees),
             "Your cosine took the angle for radians; it is in degrees."),
    ),
    explanation="The arrows are {q_position} - {k_position} positions apart. Only that difference counts, not where the two stand.",
    hints=("Both arrows turn the same way. What is the angle between them in the end?",
           "The angle between them is the difference of the positions times the angle per position."),
    points=1,
)  # fmt: skip
