"""Lesson 07: layer norm of four numbers, with pencil and paper."""

import math
import random

from .engine import Mistake, Prediction

FROM_THE_MEAN = ((5, -1, -1, -3), (7, 1, -1, -7), (-5, 1, 1, 3), (3, 3, -3, -3))  # each with a whole standard deviation


def numbers(seed):
    chooser = random.Random(seed)
    mean, distances = (3, FROM_THE_MEAN[0]) if seed == 0 else (chooser.randint(2, 9), chooser.choice(FROM_THE_MEAN))
    return dict(zip("abcd", (mean + distance for distance in distances)))


def parts(a, b, c, d):
    """Mean, sum of the squared distances from it, and the first distance."""
    row, mean = (a, b, c, d), (a + b + c + d) / 4
    return mean, sum((x - mean) ** 2 for x in row), a - mean


def over(divide):
    """The first number's distance from the mean, divided by something made of mean and sum of squares."""

    def number(a, b, c, d):
        mean, squares, first = parts(a, b, c, d)
        return first / divide(squares)

    return number


def not_centred(a, b, c, d):
    return a / math.sqrt(parts(a, b, c, d)[1] / 4)


EXERCISE = Prediction(
    name="normed_number",
    lesson="07_transformer_block",
    numbers=numbers,
    question=(
        "A token has the four numbers ({a}, {b}, {c}, {d}). Gain is 1 and bias is 0. "
        "**What does layer norm make of the first number, {a}?** (Two decimals; leave the 0.00001 out.)"
    ),
    answer=over(lambda squares: math.sqrt(squares / 4)),
    tolerance=0.01,
    mistakes=(
        Mistake("divided by 3", over(lambda squares: math.sqrt(squares / 3)), "Your variance divides by 3. There are four numbers: take the plain mean of their squared distances."),
        Mistake("variance without the root", over(lambda squares: squares / 4), "You divide by the variance. Divide by its root, the standard deviation."),
        Mistake("sum of the squares", over(math.sqrt), "You divide by the root of the sum of the squares. The variance is their mean: divide by 4 first."),
        Mistake("mean not taken off", not_centred, "Take the mean off first; then divide by the standard deviation."),
        Mistake("not divided", over(lambda squares: 1), "That is the distance from the mean. Divide it by the standard deviation."),
    ),
    explanation="Take the mean off, then divide by the standard deviation: the root of the mean of the four squared distances.",
    hints=("First the mean of the four numbers, and how far each is from it.", "Square these four distances and take their mean: the variance. Its root divides the first distance."),
    points=1,
)  # fmt: skip
