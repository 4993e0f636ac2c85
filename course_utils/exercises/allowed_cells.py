"""Lesson 05: the size of the triangle."""

from .engine import Mistake, Prediction

EXERCISE = Prediction(
    name="allowed_cells",
    lesson="05_masking",
    numbers=lambda seed: {"length": 9 + seed % 5},
    question=(
        "A sentence has {length} words. Each word may look at itself and at the words before it. "
        "**How many of the {length} · {length} cells of the attention matrix may be used?**"
    ),
    answer=lambda length: length * (length + 1) / 2,
    tolerance=0.01,
    mistakes=(
        Mistake("without the diagonal", lambda length: length * (length - 1) / 2, "You left out the diagonal: a word may look at itself."),
        Mistake("half of all", lambda length: length**2 / 2, "Half of all cells would cut the diagonal in two. A word may look at itself: count the whole diagonal."),
        Mistake("all", lambda length: length**2, "That is every cell. The first word may use only one of its cells, the second two."),
        Mistake("the diagonal", lambda length: length, "That is the diagonal alone. A word also sees the words before it."),
    ),
    explanation="The first word has 1, the second 2, the last {length}: 1 + 2 + … + {length}.",
    hints=("How many cells may the first word use? And the second?", "Add up 1 + 2 + 3 + …, one number for each word."),
    points=1,
)  # fmt: skip
