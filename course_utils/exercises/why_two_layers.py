"""Lesson 10: why one layer of attention finds no induction."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="why_two_layers",
    lesson="10_language_model",
    question=(
        "A model sees *… 5 8 … 5* and should say *8*: what followed the 5 before. It stands on the second 5 and has one layer of attention, without feed-forward. "
        "The key of each token is made of that token and its position, and of nothing else. **Why is one layer not enough?**"
    ),
    options={
        "a": Option("It has too few parameters to store all pairs.", "The pairs are new in every example, so there is nothing to store. They must be read from the sequence."),
        "b": Option("The 8 must be found, but its key says only *I am an 8, at this place*. Nothing in it tells that a 5 stood before it.",
                    "The query knows the 5, and the 5 before is easily found. The wanted token is the one after it, and its key can tell of its neighbour only if a layer below has put that there.", right=True),
        "c": Option("The causal mask hides the 8.", "The 8 stands before the second 5, so the mask allows it."),
        "d": Option("Softmax can only look at one token, and here two are needed.", "Softmax may share its weight among many. But looking at the first 5 and at the 8 would still need a key that tells which 8."),
    },
    points=1,
    minutes=3,
)  # fmt: skip
