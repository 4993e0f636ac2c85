"""Lesson 05: what a very low loss can mean."""

from .engine import Essay

EXERCISE = Essay(
    name="too_good",
    lesson="05_masking",
    question=(
        "A colleague trains a model to say the next word of ordinary texts and reports: *loss 0.02, on held-out texts too.* "
        "Say in three to five sentences why this is not good news, why held-out texts do not help, "
        "how the model will do when it writes, and how you would find out without training anything."
    ),
    rubric=(
        "The next word of an ordinary text cannot be known that well, so a loss near 0 says that the model sees it: it copies instead of predicting.",
        "Held-out texts are leaked in the same way: the future stands in them too. They show overfitting, not leaks.",
        "When it writes, the next word does not exist yet. There is nothing to copy, and copying is what it has learned.",
        "Change one later token, run the model again, compare the earlier outputs: any difference is a leak. No training is needed for that.",
    ),
    points=2,
)
