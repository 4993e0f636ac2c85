"""Lesson 03: the usual sentence about too many heads."""

from .engine import Essay

EXERCISE = Essay(
    name="too_many_heads",
    lesson="03_multi_head",
    question=(
        "A textbook says: *the number of heads cannot grow without limit, because too many heads overfit.* "
        "Use the four pictures: in which of them is the sentence true, in which is it false, and where is something else wrong? "
        "Name for each what was held fixed, and how you can tell overfitting from heads that are too small."
    ),
    rubric=(
        "With d_model fixed and 1,000 examples it is true: at 64 heads the training loss stays far below the validation loss.",
        "With d_k fixed it is false: 64 heads learn new questions about as well as 16 do, from 1,000 examples and from 20,000, although they have more weights.",
        "With d_model fixed and 20,000 examples, 64 heads do badly on both losses. That is not overfitting: a head of one number is too small to find anybody.",
        "A head that is too small cannot find anybody. With little data, learning by heart is then all that lowers the training loss; with much data there is too much to learn by heart. (One head with little data shows the same gap: it cannot answer four questions.)",
        "Overfitting is a gap between the two losses. Too small is a high loss on both.",
        "Cost always grows: one table of weights for each head, and with d_k fixed the matrices grow too.",
    ),
    points=2,
)
