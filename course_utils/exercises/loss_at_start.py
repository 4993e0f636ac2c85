"""Lesson 09: the loss of a model that knows nothing."""

import math

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="loss_at_start",
    lesson="09_training",
    numbers=lambda seed: {"symbols": (40, 30, 26, 50)[seed % 4]},
    question=(
        "A model that has learned nothing gives each of {symbols} symbols the same probability. The loss is the mean of "
        "−ln(probability of the right symbol). **What is the loss?** Two decimals, or an expression with `math.log`."
    ),
    answer=lambda symbols: math.log(symbols),
    tolerance=0.02,
    mistakes=(
        Mistake("base 2", lambda symbols: math.log2(symbols), "That is the logarithm to base 2. The loss uses the natural one, `math.log`."),
        Mistake("base 10", lambda symbols: math.log10(symbols), "That is the logarithm to base 10. The loss uses the natural one, `math.log`."),
        Mistake("the probability", lambda symbols: 1 / symbols, "That is the probability of one symbol. The loss is minus its logarithm."),
        Mistake("sign", lambda symbols: -math.log(symbols), "The sign: the logarithm of a probability is negative, and the loss is minus that."),
        Mistake("the course's own model", lambda symbols: math.log(42), "That is for the 42 symbols of our model. How many are there in the question?"),
        Mistake("share wrong", lambda symbols: 1 - 1 / symbols, "That is how often a guess is wrong. The loss is −ln of the probability of the right symbol."),
        Mistake("one half", lambda symbols: math.log(2), "That would be two symbols. Count all symbols."),
    ),
    explanation="−ln(1/{symbols}) = ln {symbols}. A loss above that means: worse than guessing.",
    hints=("What is the probability of one symbol, if all are alike?", "−ln(1/n) is ln n."),
    points=1,
)  # fmt: skip
