"""Lesson 05: a pad that looks is another matter than a pad that is looked at."""

from .engine import Choice, Option

EXERCISE = Choice(
    name="padded_query",
    lesson="05_masking",
    question=(
        "A padded position is also a query: it has a row of its own. The padding stands at the end, and the attention is the one of this lesson, "
        "which fills with −∞. What is best for that row?"
    ),
    options={
        "a": Option("Forbid the whole row.", "Then the row sees nothing at all, and its scores are all −∞. The next section shows what softmax makes of that."),
        "b": Option("Forbid its column as well.", "Its column is forbidden already, that is what the padding mask does. The question is about its row."),
        "c": Option("Let it look at the real words, and leave its output out of the loss.", "Its output is nonsense, but nobody reads it: as a key it is forbidden, and the loss skips it.", right=True),
        "d": Option("Let it look at the real words, and let the real words look at it as well.", "Then its nonsense flows into the words. A pad may look; it must not be looked at."),
    },
    points=1,
)  # fmt: skip
