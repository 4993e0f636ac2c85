"""Lesson 04: what a formula promises, and what it does not."""

from .engine import Essay

EXERCISE = Essay(
    name="formula_for_every_position",
    lesson="04_positional_encoding",
    question=(
        "A friend says: *the sinusoids have a formula, so there is a code for position 1000 too. So a model trained on short sentences can read long ones.* "
        "Answer in three or four sentences, with the figures you measured. Say what is right in it, and why RoPE did better **on this task**."
    ),
    rubric=(
        "Right: every position has a code, and no two codes are equal; a learned table has no trained row there.",
        "Wrong: W_Q and W_K were trained on the codes of positions 0 to 15 only. A code that never came up in training may lead them anywhere. (Whoever adds that sinusoids are still better than a learned table at 32 and 64 tokens has looked well.)",
        "The figures: at four times the trained length the sinusoids fall from nearly 1 to less than a half. Even the first 16 positions suffer, and in a sentence of 16 they do not: the keys at untrained positions make the difference. They take 0.3 to 0.5 of the weight.",
        "RoPE did better because this task asks for a fixed distance, and with RoPE a score depends on the distance alone; a distance of 3 was seen in training. At much larger lengths it falls, too: there are distances that were never seen.",
    ),
    points=3,
    minutes=6,
)  # fmt: skip
