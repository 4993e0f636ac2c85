"""Lesson 03: what exactly the heads divide among themselves."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="what_is_cut",
    lesson="03_multi_head",
    question="d_model is 512 and there are 8 heads. What does head 0 work with?",
    options={
        "a": Option("The first 64 features of every token's x.",
                    "You saw it above: a change in the last feature of x changes head 0's query. X is not cut."),
        "b": Option("The first 64 of 512 numbers of Q, of K and of V, each made from all 512 features of x.",
                    "Project first, cut afterwards. Each head has its own 64 columns of W_Q, W_K and W_V, and sees all of x through them.", right=True),
        "c": Option("The first eighth of the tokens.", "Every head sees all tokens; what is cut is the last axis, the features."),
        "d": Option("All 512 numbers of Q, K and V, like the other heads, but with other random numbers at the start.",
                    "Then 8 heads would need 8 times the weights, and the result would be 8 times as wide."),
    },
    points=1,
)  # fmt: skip
