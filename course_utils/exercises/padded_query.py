"""Lesson 05: a pad that looks is another matter than a pad that is looked at."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="padded_query",
    lesson="05_masking",
    question="A padded place is also a query: it has a row of its own. What is right for that row?",
    options={
        "a": Option("Forbid the whole row.", "Then softmax divides 0 by 0: the row is NaN, and in the next layer 0 · NaN is NaN, so it spreads."),
        "b": Option("Forbid its column as well.", "Its column is forbidden already, that is what the padding mask does. The question is about its row."),
        "c": Option("Let it look at the real words, and leave its output out of the loss.", "Its output is nonsense, but nobody reads it: as a key it is forbidden, and the loss skips it.", right=True),
        "d": Option("Let it look at the other padding only.", "That works as little: its output is nonsense either way, and now the padding needs a mask of its own."),
    },
    points=1,
)  # fmt: skip
