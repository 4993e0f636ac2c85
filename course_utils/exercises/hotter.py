"""Lesson 10: what a temperature does to two probabilities."""

from .engine import Mistake, Prediction

FIRST = {0: 0.9, 1: 0.85, 2: 0.94, 3: 0.985}  # at odds of 4 the root would be the half


def hot(first):
    """The probability at temperature 2: the odds become their root."""
    odds = (first / (1 - first)) ** 0.5
    return odds / (1 + odds)


def cold(first):
    odds = (first / (1 - first)) ** 2
    return odds / (1 + odds)


EXERCISE = Prediction(
    name="hotter",
    lesson="10_language_model",
    numbers=lambda seed: {"first": FIRST[seed % 4]},
    question=(
        "Only two letters may come next. At temperature 1 the first has the probability {first}, the second the rest. "
        "**What is the probability of the first at temperature 2?** Two decimals, or an expression. "
        "(The difference of the two scores is the logarithm of their odds, p / (1 − p). What does dividing by 2 do to it?)"
    ),
    answer=hot,
    tolerance=0.006,
    mistakes=(
        Mistake("half", lambda first: first / 2, "You halve the probability. The *scores* are divided by 2, and softmax turns differences into ratios: the odds become their root."),
        Mistake("colder", cold, "That is temperature ½: it makes the likely letter more likely. 2 makes it less sure."),
        Mistake("the odds", lambda first: (first / (1 - first)) ** 0.5, "Those are the odds at temperature 2. The probability is odds / (1 + odds)."),
        Mistake("even", lambda first: 0.5, "Both alike would be an endless temperature. At 2 the first one is still ahead."),
        Mistake("unchanged", lambda first: first, "That is temperature 1. Divided by 2 the scores lie nearer together."),
        Mistake("odds halved", lambda first: first / 2 / (first / 2 + 1 - first), "You halve the odds. Half the difference of scores is the *root* of the odds, since scores are logarithms."),
        Mistake("root of p", lambda first: first**0.5, "That is the root of the probability alone. Take the root of both, then divide by their sum."),
        Mistake("the second", lambda first: 1 - hot(first), "That is the probability of the second letter."),
    ),
    explanation="The odds become their root; from {first} the probability comes down, and both stay possible.",
    hints=("Odds of 9 to 1 mean scores that differ by ln 9. Half of that is ln 3.", "So the odds at temperature 2 are the root of the odds at 1, and the probability is odds / (1 + odds)."),
    points=1,
)  # fmt: skip
