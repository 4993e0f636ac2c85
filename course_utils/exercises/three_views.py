"""Lesson 01: what "self" means in self-attention."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="three_views",
    lesson="01_queries_keys_values",
    question="Which sentence about self-attention is true?",
    options={
        "a": Option("Q, K and V are the same matrix; that is what *self* means.",
                    "They come from the same X, but through three different learned matrices. You saw above what happens when they are equal."),
        "b": Option("Q, K and V all come from one X, each through its own learned matrix.",
                    "The word self says where they come from: one X. What they are is learned, three times.", right=True),
        "c": Option("Q comes from one sentence, K and V from another.",
                    "That is cross-attention, in lesson 08. In self-attention one sentence asks and answers."),
        "d": Option("K and V must be equal, since every key has its value.",
                    "Every key has its value, but a key says where to look and a value says what to hand over: two different views."),
    },
    points=1,
)  # fmt: skip
