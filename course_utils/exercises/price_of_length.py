"""Lesson 06: what attention pays for a long text."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="price_of_length",
    lesson="06_rnn_comparison",
    question=(
        "A text becomes 10 times as long. What happens to attention's table of weights when it reads the whole text, "
        "and to the keys and values it keeps while it writes, token by token?"
    ),
    options={
        "a": Option("Neither grows: attention needs one step at any length.",
                    "One step that waits, yes; but inside this step there are T · T dot products."),
        "b": Option("Both are 10 times as large.",
                    "The keys and values, yes. The table has a row and a column for each token, so it grows by 10 · 10."),
        "c": Option("The table is 10 times as large, the keys and values 100 times.",
                    "The other way round: the table is T · T, the keys and values are 2 · T · d."),
        "d": Option("The table is 100 times as large, the keys and values 10 times.",
                    "T · T numbers in the table, 2 · T · d in the keys and values. The state of an RNN stays as it is: d numbers.", right=True),
    },
    points=1,
)  # fmt: skip
