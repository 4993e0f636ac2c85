"""Lesson 02: the root in the formula."""

from .engine import Essay

EXERCISE = Essay(
    name="why_scale",
    lesson="02_softmax_attention",
    question=(
        "A friend says: *the square root of d_k only makes numbers smaller; a network can learn that by itself.* "
        "Answer in three or four sentences. Use the words *variance*, *gradient* and *d_k*, and say why it is not the root of d_model or of the number of keys."
    ),
    rubric=(
        "A dot product adds up d_k terms, so its variance grows like d_k; dividing by the root of d_k brings the standard deviation back to 1.",
        "Without it, softmax is almost one-hot at the start, and there its gradient is almost 0, so learning is slow exactly when it should begin.",
        "It is d_k because the sum runs over the entries of one key; d_model counts all heads together, and the number of keys changes with the sentence and adds nothing to a dot product.",
    ),
    points=2,
)
