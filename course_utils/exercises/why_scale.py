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
        "Without it, and with entries that begin with a standard deviation of 1, softmax is nearly one-hot from the start. For most queries the gradient is then almost 0 "
        "(a few have a huge one, which is why the mean is not small): in the experiment no run got away from there, at any of five rates.",
        "The number of keys adds no terms to a dot product, and changes with the sentence. (d_model does not either: only the d_k numbers of one query and one key are multiplied.)",
        "The friend is partly right, and an answer that says so with a reason gets full points: the root only sets the start. Matrices that begin smaller did as well without it, "
        "and dividing by d_k only needed a larger rate. What the network could not do by itself, in this experiment, was to leave a one-hot start.",
    ),
    points=2,
)
