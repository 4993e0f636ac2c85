"""Lesson 04: why the values are not turned."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="turn_which",
    lesson="04_positional_encoding",
    question="RoPE turns Q and K. Why not V?",
    options={
        "a": Option("Turning V would change how long its rows are.", "A rotation changes no length, neither of V nor of Q and K."),
        "b": Option("V has another size than Q and K, so it cannot be turned.", "Any even size can be turned, and often all three sizes are equal."),
        "c": Option("Position should decide where to look. What is fetched there should not depend on where it stood.",
                    "In a score the two turns meet and only the distance is left. A turned V would meet no second turn: the token would be handed over in another form at each place.",
                    right=True),
        "d": Option("It saves time; with V turned the model would work better.",
                    "The time is small. A turned V hands over the same token in another form at each place, which makes learning harder."),
    },
    points=1,
)  # fmt: skip
