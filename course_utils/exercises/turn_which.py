"""Lesson 04: why the values are not turned."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="turn_which",
    lesson="04_positional_encoding",
    question="RoPE turns Q and K. Why not V?",
    options={
        "a": Option("Turning V would change how large its rows are.", "A rotation changes no size, neither of V nor of Q and K."),
        "b": Option("V has another size than Q and K, so it cannot be turned.", "Rows with any even number of features can be turned, and often V has as many as Q and K."),
        "c": Option("Position should decide where to look. What is fetched there should not depend on where it stood.",
                    "In a score the two turns meet and only the distance is left. A turned V would meet no second turn: the token would be handed over in another form at each position.",
                    right=True),
        "d": Option("It saves time.",
                    "A turn costs four multiplications for each pair of features, far less than the matrix products around it. Saving it is not the reason."),
    },
    points=1,
)  # fmt: skip
