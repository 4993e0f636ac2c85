"""Lesson 01: why a token needs two faces."""

from .engine import Essay

EXERCISE = Essay(
    name="why_not_equal",
    lesson="01_queries_keys_values",
    question=(
        'In "the cat sat on the bank of the river", the word *bank* should look at *river*, and *the* need not look at *the*. '
        "Explain in two or three sentences why this is not possible with Q = K = V = X, and how W_Q and W_K make it possible."
    ),
    rubric=(
        "With Q = K = X a score is a dot product of two tokens as they are: the highest is usually the token with itself.",
        "The scores are symmetric: if *bank* looks at *river* strongly, *river* must score *bank* just as high. (The weights may differ a little: each row has its own sum.)",
        "W_Q and W_K can turn *bank*'s question towards what *river* answers to, so two words need not be alike, and a high score in one direction does not force one in the other.",
    ),
    points=2,
)
