"""Lesson 06: how far the news of one token has to travel."""

import random

from .engine import Mistake, Prediction

TOKENS = "the cat sat on the bank of the river".split()


def numbers(seed):
    chooser = random.Random(seed)
    first, last = (2, 9) if seed == 0 else (chooser.randint(2, 4), chooser.randint(7, 9))
    return {"first": first, "last": last, "first_word": TOKENS[first - 1], "last_word": TOKENS[last - 1]}


EXERCISE = Prediction(
    name="path_length",
    lesson="06_rnn_comparison",
    numbers=numbers,
    question=(
        "An RNN reads *the cat sat on the bank of the river* from left to right. Its state after token {first} has read *{first_word}*. "
        "**How many more steps until a state has read token {last}, *{last_word}*, too?**"
    ),
    answer=lambda first, last, **words: last - first,
    tolerance=0.1,
    mistakes=(
        Mistake("attention", lambda first, last, **words: 1, "One step is attention's answer: it looks from one token straight at the other. An RNN passes each token between."),
        Mistake("both ends counted", lambda first, last, **words: last - first + 1, "You count both ends. The first token has been read already; count the steps after it."),
        Mistake("from the start", lambda first, last, **words: last, "That is the number of steps from the start of the sentence. Count from the state that has just read the first of the two."),
        Mistake("tokens between", lambda first, last, **words: last - first - 1, "You count the tokens between. The step that reads the last token counts too."),
    ),
    explanation="From token {first} to token {last}: one step for each token after the first.",
    hints=("Each token that is read is one step.", "Put a finger on the first of the two words and move it to the other, word by word."),
    points=1,
)  # fmt: skip
