"""Lesson 07: where the numbers of a block are."""

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="feed_forward_weights",
    lesson="07_transformer_block",
    numbers=lambda seed: dict(zip(("d_model", "d_ff"), ((64, 256), (48, 192), (32, 96), (128, 640))[seed % 4])),
    question=(
        "d_model = {d_model} and d_ff = {d_ff}. The four matrices of attention hold 4 · {d_model} · {d_model} numbers. "
        "**How many numbers do the two matrices of the feed-forward part, W_1 and W_2, hold together?** (Leave the biases out. A product will do: `4 * 10**2` is a number too.)"
    ),
    answer=lambda d_model, d_ff: 2 * d_model * d_ff,
    tolerance=0.5,
    mistakes=(
        Mistake("one matrix", lambda d_model, d_ff: d_model * d_ff,
                "That is one of the two: W_1 goes there, W_2 comes back. (Where d_ff = 4 · d_model, attention's four matrices hold as many as one of them.)"),
        Mistake("square", lambda d_model, d_ff: 2 * d_ff**2, "No matrix is d_ff by d_ff: each has d_model on one side."),
        Mistake("square, narrow", lambda d_model, d_ff: 2 * d_model**2, "W_1 and W_2 are not d_model by d_model: one side of each is d_ff."),
        Mistake("with biases", lambda d_model, d_ff: 2 * d_model * d_ff + d_model + d_ff, "You counted the biases too; leave them out here."),
        Mistake("whole block", lambda d_model, d_ff: 4 * d_model**2 + 2 * d_model * d_ff, "That is the whole block. The question is about W_1 and W_2 alone."),
        Mistake("sides added", lambda d_model, d_ff: 2 * (d_model + d_ff), "Rows times columns, not rows plus columns."),
    ),
    explanation="W_1 is {d_model} by {d_ff} and W_2 is {d_ff} by {d_model}. In the usual d_ff = 4 · d_model that makes 8 d_model², twice as many as attention has.",
    hints=("Write down the shape of W_1 and of W_2.", "Each has d_model · d_ff numbers."),
    points=1,
)  # fmt: skip
