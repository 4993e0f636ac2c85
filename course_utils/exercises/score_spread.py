"""Lesson 02: how far dot products spread when d_k grows."""

import math

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="score_spread",
    lesson="02_softmax_attention",
    numbers=lambda seed: {"d_k": (64, 16, 256, 100)[seed % 4]},
    question=(
        "The entries of q and k are independent, with mean 0 and standard deviation 1, and $d_k$ = {d_k}: the dot product adds up {d_k} products "
        "of two such entries. **What is the standard deviation of q · k?** (If you do not know how to work it out, guess: the next cell measures it.)"
    ),
    answer=lambda d_k: math.sqrt(d_k),
    tolerance=0.1,
    mistakes=(
        Mistake("variance", lambda d_k: d_k, "That is the variance. The standard deviation is its square root."),
        Mistake("one", lambda d_k: 1, "One product has standard deviation 1; here many of them are added up."),
        Mistake("already scaled", lambda d_k: 1 / math.sqrt(d_k), "That is what you have to multiply by to get back to 1."),
    ),
    explanation="Each product has variance 1, so the sum has variance {d_k}: the standard deviation is its root. Dividing by it gives 1 back.",
    hints=(
        "The variance is the square of the standard deviation. One product of two such entries has variance 1 · 1 = 1. And variances of independent terms add up.",
        "Add up the variances of all the products, and take the root.",
    ),
    points=1,
)  # fmt: skip
