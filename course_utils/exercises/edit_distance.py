"""Lesson 09: how many edits lie between what was written and what is right."""

import random

from ..model.scoring import edit_distance
from .engine import Case, Exercise
from .mistakes.edit_distance import MISTAKES


def cases(seed):
    """Words, the same at every seed, on which each known mistake shows; then symbols drawn by chance."""
    chance = random.Random(seed)
    few = [[chance.choice("abc") for _ in range(n)] for n in (5, 8)]
    long = [chance.choice("abcdef") for _ in range(27)]
    sound = chance.sample("AA CH EH IY K NG OW R SH T UW".split(), 7)
    return [
        Case("one symbol is another one", ("cat", "cut")),
        Case("one symbol too many", ("carts", "cart")),
        Case("the first symbol is missing", ("at", "cat")),
        Case("equal", ("cat", "cat")),
        Case("nothing was written", ([], ["K", "AE", "T"])),
        Case("nothing should have been written", (["K", "AE", "T", "S"], [])),
        Case("one symbol in the middle is missing", ("cat", "chat")),
        Case("aa, a", ("aa", "a")),
        Case("leter, letter", ("leter", "letter")),
        Case("two neighbours exchanged", ("form", "from")),
        Case("kitten, sitting", ("kitten", "sitting")),
        Case("sunday, saturday", ("sunday", "saturday")),
        Case("phones", (["T", "AA", "K"], ["T", "EH", "K", "S"])),
        Case("nothing in common", ("abc", "wxyz")),
        Case("turned round", ("abcdef", "fedcba")),
        Case("five and eight symbols out of a, b, c", tuple(few)),
        Case("the same, the other way round", tuple(few[::-1])),
        Case("more phones", (sound[2:6], [sound[0], *sound[2:4], sound[6], *sound[4:5]])),
        Case("13 and 14 symbols, too many to work out each cell again and again", (long[:13], long[13:])),
    ]


EXERCISE = Exercise(
    name="edit_distance",
    lesson="09_training",
    reference=edit_distance,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Make a table: cell (i, j) is the distance between the first i symbols of a and the first j of b. What stands in row 0, "
        "where a has no symbols yet, and what in column 0?",
        "Each other cell has three neighbours that are known already: above, left, and diagonal. From each of them one more edit leads to the cell: "
        "a deletion, an insertion, a substitution. Which of the three is free where the two symbols are equal? Take the cheapest way.",
    ),
    points=3,
    minutes=12,
    returns={"distance": ""},
    rules=((lambda distance: distance >= 0, "A distance is never negative."),),
)
