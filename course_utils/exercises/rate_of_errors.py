"""Lesson 09: PER, worked out for three words."""

from .engine import Mistake, Prediction


def numbers(seed):
    return dict(zip(("short", "middle", "long", "wrong", "more"), ((2, 6, 12, 1, 3), (4, 5, 12, 2, 3), (2, 5, 14, 2, 3))[seed % 3]))


EXERCISE = Prediction(
    name="rate_of_errors",
    lesson="09_training",
    numbers=numbers,
    question=(
        "Three words have {short}, {middle} and {long} phones. To put right what a model wrote takes, in this order, {wrong}, 0 and {more} edits. "
        "**What is the PER, in per cent?**"
    ),
    answer=lambda short, middle, long, wrong, more: 100 * (wrong + more) / (short + middle + long),
    tolerance=0.2,
    mistakes=(
        Mistake("mean of rates", lambda short, middle, long, wrong, more: 100 * (wrong / short + more / long) / 3,
            "You take the rate of each word, then the mean. PER is all edits over all phones, so a long word counts for more."),
        Mistake("WER", lambda short, middle, long, wrong, more: 200 / 3, "That is the share of words with an error, the WER. PER counts phones."),
        Mistake("WER as a share", lambda short, middle, long, wrong, more: 2 / 3, "That is the WER, as a share. PER counts phones, and is asked for in per cent."),
        Mistake("words that are right", lambda short, middle, long, wrong, more: 100 / 3, "That is the share of words that are right. PER is about phones, and about what is wrong."),
        Mistake("edits a word", lambda short, middle, long, wrong, more: 100 * (wrong + more) / 3, "You divide by the number of words; divide by the number of phones."),
        Mistake("only words with errors", lambda short, middle, long, wrong, more: 100 * (wrong + more) / (short + long), "The phones of the second word count too, though all of them are right."),
        Mistake("as a share", lambda short, middle, long, wrong, more: (wrong + more) / (short + middle + long), "That is a share; as a percentage it is 100 times as much."),
        Mistake("share right", lambda short, middle, long, wrong, more: 100 - 100 * (wrong + more) / (short + middle + long), "That is how much is right; PER counts what is wrong."),
    ),
    explanation="{wrong} + {more} edits over {short} + {middle} + {long} phones. WER would be 2 words of 3.",
    hints=("How many edits are there in all, and how many phones?", "All edits, divided by all phones, times 100."),
    points=1,
)  # fmt: skip
