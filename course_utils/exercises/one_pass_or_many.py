"""Lesson 08: learning and writing are not the same."""

from .engine import Essay

EXERCISE = Essay(
    name="one_pass_or_many",
    lesson="08_encoder_decoder",
    question=(
        "In training, a decoder works on all places of the output at once. When it writes, it takes one step per symbol. "
        "Say in four to six sentences why training can do it in one pass, what keeps it from cheating, why writing cannot, "
        "and what the decoder reads when it writes that it never read in training."
    ),
    rubric=(
        "In training the right output is known, so what is read at every place (the targets, shifted right) is known before the pass.",
        "The causal mask keeps each place from seeing later ones, and the shift keeps it from seeing its own target.",
        "When it writes, what is read at step t is what was written at step t − 1; it does not exist before.",
        "In training it reads only right beginnings. When it writes it reads its own, mistakes included, and may not know how to go on from there.",
    ),
    points=2,
)
