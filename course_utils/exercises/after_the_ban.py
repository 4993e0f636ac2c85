"""Lesson 11: what becomes of the other weights when one key is forbidden."""

import random

from .engine import Mistake, Prediction


def numbers(seed):
    chooser = random.Random(seed)
    cls, cat = (0.5, 0.2) if seed == 0 else chooser.choice(((0.6, 0.1), (0.5, 0.3), (0.75, 0.1), (0.6, 0.3)))
    return {"cls": cls, "cat": cat, "river": round(1 - cls - cat, 2)}


EXERCISE = Prediction(
    name="after_the_ban",
    lesson="11_inside_a_real_model",
    numbers=numbers,
    question=(
        "A token gives {cls} of its attention to [CLS], {cat} to *cat* and {river} to *river*. Now a mask forbids it to look at [CLS]. "
        "**How much weight does *cat* get?**"
    ),
    answer=lambda cls, cat, river: cat / (1 - cls),
    tolerance=0.004,
    mistakes=(
        Mistake("unchanged", lambda cls, cat, river: cat, "Then the row would no longer sum to 1. The softmax shares out all of it among what is left."),
        Mistake("shared out evenly", lambda cls, cat, river: cat + cls / 2, "The weight of [CLS] is not shared out evenly: the scores of *cat* and *river* stay, so their ratio stays too."),
        Mistake("all of it", lambda cls, cat, river: cat + cls, "*cat* does not get all of it. The ratio of *cat* to *river* stays as it was."),
        Mistake("half each", lambda cls, cat, river: 0.5, "The two words do not become equal: their scores have not changed, so their ratio stays."),
        Mistake("river's", lambda cls, cat, river: river / (1 - cls), "That is what *river* gets."),
        Mistake("against river", lambda cls, cat, river: cat / river, "That is the ratio of the two. The row has to sum to 1: divide by what is left, *cat* plus *river*."),
    ),
    explanation="{cat} of what is left, {cat} + {river}. The ban does more than take [CLS] away: it makes all other weights larger.",
    hints=("The scores of *cat* and *river* stay; the row must sum to 1 again.", "cat / (cat + river)."),
    points=1,
)  # fmt: skip
