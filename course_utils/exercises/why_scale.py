"""Lesson 02: the root in the formula."""

from .engine import Essay

EXERCISE = Essay(
    name="why_scale",
    lesson="02_softmax_attention",
    question=(
        "A friend says: *the square root of d_k only makes numbers smaller; a network can learn that by itself.* "
        "Answer in three or four sentences. Use the words *variance*, *one-hot* and *gradient*, and say why it is d_k and not the number of keys."
    ),
    rubric=(
        "A dot product adds up d_k terms, so its variance grows like d_k; dividing by the root of d_k brings the standard deviation back to 1, for every size.",
        "Without it, softmax is nearly one-hot from the start. Where it is one-hot its gradient is almost 0, so training cannot get away from there: in the experiment it never did.",
        "The number of keys adds no terms to a dot product, and changes with the sentence. (d_model does not either: only the d_k numbers of one query and one key are multiplied.)",
    ),
    points=2,
)
