"""Lesson 08: the three inputs of cross-attention."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="who_asks_whom",
    lesson="08_encoder_decoder",
    question=(
        "Cross-attention has queries, keys and values like any other. The input has 7 symbols, and 3 are written so far. "
        "Where do Q, K and V come from, and how large is the table of weights, (q_len, k_len)?"
    ),
    options={
        "a": Option("Q from the encoder, K and V from the decoder: (7, 3).",
                    "Then the input would ask about the output. It is the output that needs to know something: the decoder asks."),
        "b": Option("Q from the decoder, K and V from the encoder: (3, 7).",
                    "Each symbol of the output has a row of its own, and shares out its attention over the symbols of the input.", right=True),
        "c": Option("Q and K from the decoder, V from the encoder: (3, 3).",
                    "3 rows of weights over 3 keys cannot average 7 values. Keys and values belong together: both are made from the input."),
        "d": Option("All three from input and output, one after the other: (10, 10).",
                    "Such models exist (one stack that reads everything), but then it is self-attention, not cross-attention."),
    },
    points=1,
)  # fmt: skip
