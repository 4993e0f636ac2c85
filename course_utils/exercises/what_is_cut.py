"""Lesson 03: what exactly the heads divide among themselves."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="what_is_cut",
    lesson="03_multi_head",
    question=(
        "d_model is 512 and there are 8 heads of 64 numbers. We change the *last* of the 512 features of every word in X. "
        "In which heads do Q, K and V change?"
    ),
    options={
        "a": Option("Only in head 7: it gets the last 64 numbers.",
                    "Head 7 gets the last 64 numbers of Q, K and V, but the last feature of x goes into all 512 of them. X is not cut."),
        "b": Option("In every head.",
                    "Project first, cut afterwards. Each head has its own 64 columns of W_Q, W_K and W_V, and sees all of x through them.", right=True),
        "c": Option("In no head: features meet other features only in W_O.",
                    "W_Q, W_K and W_V come before the cut, and each of their columns already takes all 512 features of x."),
        "d": Option("In every head, but only its last number.",
                    "A feature of x meets a whole row of W_Q, and so it goes into all 512 numbers of Q, not into one of each head."),
    },
    points=1,
)  # fmt: skip
