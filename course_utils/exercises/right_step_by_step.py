"""Lesson 08: nearly every symbol right, and most outputs wrong."""

from .engine import Essay

EXERCISE = Essay(
    name="right_step_by_step",
    lesson="08_encoder_decoder",
    question=(
        "A decoder was trained with teacher forcing. On held-out examples, with the right symbols before it, it names the next symbol right in *98 % of positions*. "
        "Then it writes outputs of 50 symbols by itself, and fewer than half of them are right from beginning to end. "
        "Explain in five to eight sentences how both can be true, what beam search can do about it and what it cannot, "
        "and how you would measure what such a model is worth."
    ),
    rubric=(
        "All 50 must be right: if each position is right in 98 % of cases and errors are independent, that is 0.98^50, about 36 %.",
        "The 98 % were measured with the right symbols before each position. When it writes it reads its own: up to the first error these are the same, so "
        "this does not change how many outputs are wholly right. After the first error the model reads something that it never read in training "
        "(exposure bias). Then the share of right symbols may fall below 98 %: one error can bring more.",
        "Beam search can keep a first choice open and take it back when another draft turns out more probable as a whole. "
        "It cannot correct the model itself: if a wrong output is the more probable one, a wider beam finds it more surely.",
        "Measure as it will be used: let it write by itself, on held-out inputs, and count wholly right outputs, and how many symbols must be added, dropped or changed (the edit distance); by length of the output too.",
        "Choose width and other settings on validation data, report test data once, several seeds, and greedy beside the beam.",
    ),
    points=3,
    minutes=10,
)  # fmt: skip
