"""Lesson 05: the loss that nobody can beat without looking ahead."""

from .engine import Mistake, Prediction

COST = 3.26  # ln 26, the loss of a letter drawn from 26 that nobody can know


def numbers(seed):
    half = 4 + seed % 3
    return {"half": half, "length": 2 * half, "predicted": 2 * half - 1, "cost": COST}


EXERCISE = Prediction(
    name="honest_loss",
    lesson="05_masking",
    numbers=numbers,
    question=(
        "A message has {length} letters: {half} random ones, then {half} that follow from them for certain. "
        "The model is given the first letter and must say each of the other {predicted}. "
        "A letter that nobody can know costs {cost} (ln 26), one that is known costs 0. "
        "**What is the smallest mean loss that a model can honestly reach?** Two decimals."
    ),
    answer=lambda half, length, predicted, cost: (half - 1) * cost / predicted,
    tolerance=0.02,
    mistakes=(
        Mistake("first letter counted", lambda half, length, predicted, cost: half * cost / predicted, "The first letter is given, so it costs nothing. How many random letters are left to say?"),
        Mistake("first letter counted twice", lambda half, length, predicted, cost: half * cost / length, "The first letter is given: it is neither said nor counted. Divide by the number of letters that are said."),
        Mistake("divided by all letters", lambda half, length, predicted, cost: (half - 1) * cost / length, "The mean runs over the letters that are said; the first one is given."),
        Mistake("the sum", lambda half, length, predicted, cost: (half - 1) * cost, "That is the sum. The mean divides by the number of letters that are said."),
        Mistake("nothing known", lambda half, length, predicted, cost: cost, "That is the loss of a model that knows nothing. The second half can be known."),
        Mistake("all known", lambda half, length, predicted, cost: 0, "0 would mean to know random letters before they come. Nobody can, without looking."),
    ),
    explanation="Of the {predicted} letters to say, {half} - 1 are random and cost {cost} each; the others cost 0.",
    hints=("How many of the letters that the model must say are random?", "Number of random letters, times the cost of one, divided by the number of letters that are said."),
    points=1,
    minutes=3,
)  # fmt: skip
