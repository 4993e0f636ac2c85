"""Lesson 08: two drafts side by side, with pencil and paper."""

import random

from .engine import Mistake, Prediction

TREES = ((0.6, 0.5, 0.9), (0.55, 0.4, 0.8), (0.6, 0.4, 0.7), (0.65, 0.5, 0.95))  # of A; best after A; best after B


def numbers(seed):
    first, after_a, after_b = TREES[0] if seed == 0 else random.Random(seed).choice(TREES)
    return {"a": first, "b": round(1 - first, 2), "after_a": after_a, "after_b": after_b}


EXERCISE = Prediction(
    name="beam_of_two",
    lesson="08_encoder_decoder",
    numbers=numbers,
    question=(
        "Two symbols are to be written. The first is **A** with probability {a} or **B** with {b}. After A, the best second symbol has "
        "probability {after_a}; after B, the best has {after_b}. "
        "**How probable, as a whole, is the best text of two symbols that a beam of 2 finds?** (Two decimals or more.)"
    ),
    answer=lambda a, b, after_a, after_b: b * after_b,
    tolerance=0.006,
    mistakes=(
        Mistake("greedy", lambda a, b, after_a, after_b: a * after_a, "That is what greedy decoding finds: it takes A and never looks back. A beam of 2 keeps B as well. Work out both."),
        Mistake("the second step alone", lambda a, b, after_a, after_b: after_b, "That is the second step alone. Multiply it by the probability of the first symbol."),
        Mistake("best of each step", lambda a, b, after_a, after_b: a * after_b, "These two do not belong together: the second probability holds after B, so multiply by that of B."),
        Mistake("added", lambda a, b, after_a, after_b: b + after_b, "Probabilities of steps are multiplied, not added. (Their logarithms are added.)"),
        Mistake("both texts together", lambda a, b, after_a, after_b: a * after_a + b * after_b, "That is the probability of either of two texts. The best single one is asked for."),
    ),
    explanation="The text that begins with B: {b} · {after_b}. The one that begins with A has only {a} · {after_a}; greedy decoding writes that one.",
    hints=("There are two drafts after the first step, A and B. Each goes on with its best.", "The probability of a text is the product of its steps. Work out both products."),
    points=1,
)  # fmt: skip
