"""Lesson 05: where the new axes go."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="mask_shapes",
    lesson="05_masking",
    question=(
        "The scores have the shape (batch, n_heads, q_len, k_len). `words = padding_mask(lengths, k_len)` has the shape (batch, k_len). "
        "Which mask hides the padding from every query of every head?"
    ),
    options={
        "a": Option("`words`", "Broadcasting lines up the last axes, so batch meets q_len: an error, or, if the two sizes are equal by chance, sentence i's mask on query i."),
        "b": Option("`words[:, None, :]`", "Three axes against four: (batch, 1, k_len) is read as (1, batch, 1, k_len), so the mask of sentence i meets head i."),
        "c": Option("`words[:, None, :, None]`", "That lays the words along the queries. It hides whole rows, which become NaN, and lets every other row see the padding."),
        "d": Option("`words[:, None, None, :]`", "batch meets batch, k_len meets k_len, and the two axes of size 1 stretch over all heads and all queries.", right=True),
    },
    points=1,
)  # fmt: skip
