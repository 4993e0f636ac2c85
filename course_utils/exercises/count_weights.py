"""Lesson 03: what heads cost in weights."""

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="count_weights",
    lesson="03_multi_head",
    numbers=lambda seed: dict(zip(("d_model", "n_heads"), ((256, 8), (128, 16), (96, 12), (64, 2))[seed % 4])),
    question=(
        "d_model = {d_model}, and there are {n_heads} heads of d_model / n_heads numbers each. "
        "**How many numbers do W_Q, W_K, W_V and W_O hold together?** (`4 * 10**2` is a number too: write it as a sum or product if you like.)"
    ),
    answer=lambda d_model, n_heads: 4 * d_model**2,
    tolerance=0.5,
    mistakes=(
        Mistake("once for each head", lambda d_model, n_heads: 4 * d_model**2 * n_heads,
             "You count full matrices for every head. The heads share them: each has its own columns."),
        Mistake("one head only", lambda d_model, n_heads: 4 * d_model**2 / n_heads, "That is one head's share. Count the columns of all heads."),
        Mistake("W_O forgotten", lambda d_model, n_heads: 3 * d_model**2, "W_O is missing: it has d_model rows and d_model columns too."),
        Mistake("one matrix", lambda d_model, n_heads: d_model**2, "That is one matrix. There are four."),
        Mistake("biases counted", lambda d_model, n_heads: 4 * d_model**2 + 4 * d_model, "You counted biases too. There is no bias here: only the four matrices."),
        Mistake("not squared", lambda d_model, n_heads: 4 * d_model, "Each matrix has d_model rows and d_model columns."),
    ),
    explanation="Four matrices of {d_model} by {d_model}. The number of heads does not enter: a cut makes no new weights.",
    hints=("Write down the shape of each matrix. Where does n_heads enter?", "W_Q has d_model rows. Its columns are the heads' columns side by side: d_model of them."),
    points=1,
)  # fmt: skip
