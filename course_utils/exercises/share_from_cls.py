"""Lesson 11: how much comes from a token with much weight and a short value."""

import random

from .engine import Mistake, Prediction


def numbers(seed):
    chooser = random.Random(seed)
    weight, short = (0.6, 0.1) if seed == 0 else chooser.choice(((0.7, 0.1), (0.8, 0.1), (0.7, 0.05), (0.8, 0.05)))
    return {"weight": weight, "rest": round(1 - weight, 2), "short": short}


def share(weight, rest, short):
    return weight * short / (weight * short + rest)


EXERCISE = Prediction(
    name="share_from_cls",
    lesson="11_inside_a_real_model",
    numbers=numbers,
    question=(
        "A token gives {weight} of its attention to [CLS] and {rest} to words. The value of a word has length 1, that of [CLS] only {short}. "
        "Take weight times length as what is brought. **What share of all that is brought comes from [CLS]?** (To two decimals; a sum or a quotient is a number too.)"
    ),
    answer=share,
    tolerance=0.004,
    mistakes=(
        Mistake("the weight", lambda weight, rest, short: weight, "That is its share of the attention. What is brought is weight times value, and this value is short."),
        Mistake("not shared out", lambda weight, rest, short: weight * short, "That is what [CLS] brings. Divide it by all that is brought: what [CLS] brings and what the words bring."),
        Mistake("against the words alone", lambda weight, rest, short: weight * short / rest, "You divide by what the words bring. The share is of everything, [CLS] included."),
        Mistake("the length", lambda weight, rest, short: short, "That is the length of its value. Multiply by its weight, and divide by all that is brought."),
        Mistake("the words' share", lambda weight, rest, short: 1 - share(weight, rest, short), "That is what comes from the words."),
        Mistake("in per cent", lambda weight, rest, short: 100 * share(weight, rest, short), "That is in per cent. A share lies between 0 and 1."),
    ),
    explanation="{weight} · {short} from [CLS], {rest} · 1 from the words. Most of the attention can bring little.",
    hints=("What does [CLS] bring, what do the words bring? Then divide.", "weight · length of [CLS], over that plus the rest · 1."),
    points=1,
)  # fmt: skip
