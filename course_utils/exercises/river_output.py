"""Lesson 04: what attention makes of a shuffled sentence."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="river_output",
    lesson="04_positional_encoding",
    question=(
        "The same words in another order go through the same attention: X's rows are shuffled, W_Q, W_K and W_V stay. "
        "What happens to the output of *river*?"
    ),
    options={
        "a": Option("It changes: *river* has other neighbours now.",
                    "Nothing in the formula knows who is a neighbour. A score is one query times one key, wherever they stand."),
        "b": Option("It stays the same, and stands in *river*'s new row.",
                    "The same keys get the same weights, only in another order, and a sum does not mind the order of its terms.", right=True),
        "c": Option("It stays the same, in its old row.", "The numbers do stay, but row and word go together: *river*'s output stands where *river* now stands."),
        "d": Option("It changes a little, because the softmax runs over other columns.",
                    "The columns are the same ones in another order. Softmax adds them all up, and a sum does not mind the order."),
    },
    points=1,
)  # fmt: skip
