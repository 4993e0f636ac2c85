"""Lesson 07: which part lets words meet."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="changed_word",
    lesson="07_transformer_block",
    question=(
        "In a whole block (attention, feed-forward, two layer norms, two residuals; no mask) the vector of *river* is changed on its way in. "
        "In which steps can anything of this change pass from *river* to *bank*?"
    ),
    options={
        "a": Option("In none: every word goes through the block alone.",
                    "Through most of it. But in attention every word takes an average over the values of all words, and *river* is one of them."),
        "b": Option("In attention alone. In every other step each word is worked on by itself.",
                    "Only attention mixes words. What *bank* got there, the later steps work on further, but nothing new comes in from *river*.", right=True),
        "c": Option("In attention, and again in the feed-forward part, whose matrices are shared by all words.",
                    "Shared weights do not make words meet: the same matrices are used on each word, one at a time."),
        "d": Option("In attention and in layer norm, which needs a mean and a variance.",
                    "The mean and the variance are those of one word's own numbers. No other word is in them."),
    },
    points=1,
)  # fmt: skip
