"""Lesson 02: what softmax does not see."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="softmax_shift",
    lesson="02_softmax_attention",
    question="Every score of one row is raised by 5. What happens to that row's weights?",
    options={
        "a": Option("They all grow.", "They must still sum to 1, so they cannot all grow."),
        "b": Option("The largest weight grows, the others shrink.", "That is what multiplying the scores does. Adding 5 multiplies every exponential by the same e⁵."),
        "c": Option("Nothing.", "Each exponential is multiplied by e⁵ and so is their sum. This is why subtracting the maximum is allowed.", right=True),
        "d": Option("They become equal.", "Only equal scores give equal weights; the differences between the scores have not changed."),
    },
    points=1,
)  # fmt: skip
