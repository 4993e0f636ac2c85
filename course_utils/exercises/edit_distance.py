"""Lesson 09: how many edits lie between what was written and what is right."""

import random
from collections import Counter

from ..model.scoring import edit_distance
from .engine import Case, Exercise, Mistake


def cases(seed):
    chance = random.Random(seed)
    word = chance.sample("abcdefghijklmnop", 6)
    changed = [*word[:2], "z", *word[3:]]
    few = [[chance.choice("abc") for _ in range(n)] for n in (5, 8)]
    long = [chance.choice("abcdef") for _ in range(27)]
    sound = chance.sample("AA CH EH IY K NG OW R SH T UW".split(), 7)
    return [
        Case("one symbol is another one", (word, changed)),
        Case("one symbol too many", (word + ["z"], word)),
        Case("the first symbol is missing", (word[1:], word)),
        Case("equal", (word, word)),
        Case("nothing was written", ([], word[:3])),
        Case("nothing should have been written", (word[:4], [])),
        Case("one symbol in the middle is missing", (word[:3] + word[4:], word)),
        Case("two neighbours exchanged", ([word[1], word[0], *word[2:]], word)),
        Case("kitten, sitting", ("kitten", "sitting")),
        Case("five and eight symbols out of a, b, c", tuple(few)),
        Case("the same, the other way round", tuple(few[::-1])),
        Case("phones", (sound[2:6], [sound[0], *sound[2:4], sound[6], *sound[4:5]])),
        Case("nothing in common", (word[:3], ["x", "y", "z", "q"])),
        Case("turned round", (word, word[::-1])),
        Case("13 and 14 symbols, too many to work out each cell again and again", (long[:13], long[13:])),
    ]


def table(a, b, cost, top=lambda j: j, side=lambda i: i):
    """The table of distances between all beginnings; cost(above, left, diagonal, equal) fills a cell."""
    cells = [[top(j) for j in range(len(b) + 1)]]
    for i, symbol in enumerate(a, start=1):
        cells.append([side(i)])
        for j, other in enumerate(b, start=1):
            cells[i].append(cost(cells[i - 1][j], cells[i][j - 1], cells[i - 1][j - 1], symbol == other))
    return cells


def right(above, left, diagonal, equal):
    return min(above + 1, left + 1, diagonal + (not equal))


def with_cost(cost, **edges):
    """A table filled in another way, its last cell given back."""
    return lambda a, b: table(a, b, cost, **edges)[-1][-1]


def share_of(size):
    return lambda a, b: edit_distance(a, b) / max(size(a, b), 1)


def place_by_place(a, b):
    return sum(x != y for x, y in zip(a, b))


def as_bags(a, b):
    ours, theirs = Counter(a), Counter(b)
    return (ours - theirs).total() + (theirs - ours).total()


def one_row_many_times(a, b, row_first=True):
    """[[0] * n] * m is one list m times: writing to one row writes to all."""
    cells = [[0] * (len(b) + 1)] * (len(a) + 1)
    edges = [(0, j) for j in range(len(b) + 1)], [(i, 0) for i in range(len(a) + 1)]
    for i, j in (*edges[0], *edges[1]) if row_first else (*edges[1], *edges[0]):
        cells[i][j] = i + j
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cells[i][j] = right(cells[i - 1][j], cells[i][j - 1], cells[i - 1][j - 1], a[i - 1] == b[j - 1])
    return cells[-1][-1]


def with_exchanges(a, b):
    """Two neighbours that change places count as one edit."""
    cells = [list(range(len(b) + 1))]
    for i in range(1, len(a) + 1):
        cells.append([i])
        for j in range(1, len(b) + 1):
            best = right(cells[i - 1][j], cells[i][j - 1], cells[i - 1][j - 1], a[i - 1] == b[j - 1])
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, cells[i - 2][j - 2] + 1)
            cells[i].append(best)
    return cells[-1][-1]


EDGES = "The edges of the table are not 0: from nothing to j symbols are j insertions, and from i symbols to nothing i deletions."

MISTAKES = (
    Mistake("place by place", lambda a, b: place_by_place(a, b) + abs(len(a) - len(b)),
            "You compare place by place. One missing symbol then shifts all that follow; an edit distance may insert and delete."),
    Mistake("place by place, ends forgotten", place_by_place,
            "You compare place by place, and only as far as the shorter one goes. An edit distance may insert and delete."),
    Mistake("no substitutions", with_cost(lambda above, left, diagonal, equal: diagonal if equal else min(above, left) + 1),
            "Replacing a symbol costs you two edits, a deletion and an insertion. A substitution is one edit: go diagonally for 1."),
    Mistake("equal symbols cost 1", with_cost(lambda above, left, diagonal, equal: min(above, left, diagonal) + 1),
            "Each step costs 1 in yours, even where the two symbols are equal. Then the diagonal step is free."),
    Mistake("insertions are free", with_cost(lambda above, left, diagonal, equal: min(above + 1, left, diagonal + (not equal))),
            "The step from the left costs nothing in yours: an insertion is an edit too."),
    Mistake("deletions are free", with_cost(lambda above, left, diagonal, equal: min(above, left + 1, diagonal + (not equal))),
            "The step from above costs nothing in yours: a deletion is an edit too."),
    Mistake("all side steps are free", with_cost(lambda above, left, diagonal, equal: min(above, left, diagonal + (not equal))),
            "Steps from above and from the left cost nothing in yours: insertions and deletions are edits too."),
    Mistake("no insertions", with_cost(lambda above, left, diagonal, equal: min(above + 1, diagonal + (not equal))),
            "You look above and at the diagonal, not to the left: insertions are missing."),
    Mistake("no deletions", with_cost(lambda above, left, diagonal, equal: min(left + 1, diagonal + (not equal))),
            "You look to the left and at the diagonal, not above: deletions are missing."),
    Mistake("the dearest way", with_cost(lambda above, left, diagonal, equal: max(above + 1, left + 1, diagonal + (not equal))),
            "You take the dearest of the three ways; take the cheapest, min."),
    Mistake("first row 0", with_cost(right, top=lambda j: 0), EDGES),
    Mistake("first column 0", with_cost(right, side=lambda i: 0), EDGES),
    Mistake("first row and column 0", with_cost(right, top=lambda j: 0, side=lambda i: 0), EDGES),
    Mistake("how much they share", with_cost(lambda above, left, diagonal, equal: diagonal + 1 if equal else max(above, left), top=lambda j: 0, side=lambda i: 0),
            "You count the symbols they share, in order. What is asked for is how many edits lie between them."),
    Mistake("difference of lengths", lambda a, b: abs(len(a) - len(b)), "What comes out is the difference of the lengths. A symbol that is replaced by another one costs 1 too: a diagonal step is free only where the two are equal."),
    Mistake("symbols of one only", lambda a, b: len(set(a) ^ set(b)), "You compare which symbols occur. Their order and number count as well."),
    Mistake("as bags", as_bags, "You compare how often each symbol occurs. Their order counts as well, and a substitution is one edit, not two."),
    Mistake("exchanges count one", with_exchanges,
            "Two neighbours that change places cost you one edit. Here there are three kinds of edit only: insert, delete, substitute."),
    Mistake("share of what is right", share_of(lambda a, b: len(b)), "You divide by a length. Give back the number of edits; rates come later, over all words together."),
    Mistake("share of what was written", share_of(lambda a, b: len(a)), "You divide by a length. Give back the number of edits; rates come later, over all words together."),
    Mistake("share of the longer", share_of(lambda a, b: max(len(a), len(b))), "You divide by a length. Give back the number of edits; rates come later, over all words together."),
    Mistake("last symbols left out", lambda a, b: edit_distance(a[:-1], b[:-1]),
            "The last symbols are left out. The table has one row more than a has symbols, and one column more than b: range(len(a) + 1)."),
    Mistake("first symbols left out", lambda a, b: edit_distance(a[1:], b[1:]),
            "The first symbols are left out. Row i of the table belongs to symbol a[i - 1]."),
    Mistake("one row many times, column first", lambda a, b: one_row_many_times(a, b, row_first=False),
            "`[[0] * n] * m` is the same row m times: who writes to one writes to all. Make each row new: [[0] * n for _ in range(m)]."),
    Mistake("equal costs one, different nothing", with_cost(lambda above, left, diagonal, equal: min(above + 1, left + 1, diagonal + equal)),
            "The diagonal step is the wrong way round in yours: it is free where the two symbols are equal, and costs 1 where they differ."),
    Mistake("one row many times", one_row_many_times,
            "`[[0] * n] * m` is the same row m times: who writes to one writes to all. Make each row new: [[0] * n for _ in range(m)]."),
    Mistake("whole table", lambda a, b: table(a, b, right), "You give back the whole table; give back its last cell."),
    Mistake("last row", lambda a, b: table(a, b, right)[-1], "You give back a whole row of the table; give back its last cell."),
    Mistake("last but one cell", lambda a, b: table(a, b, right)[-1][max(len(b) - 1, 0)], "You give back the last cell but one; the answer stands in the last, row[-1]."),
    Mistake("equal or not", lambda a, b: int(list(a) != list(b)), "You say only whether they differ. How many edits lie between them?"),
)  # fmt: skip

EXERCISE = Exercise(
    name="edit_distance",
    lesson="09_training",
    reference=edit_distance,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Make a table: cell (i, j) is the distance between the first i symbols of a and the first j of b. Row 0 and column 0 are easy. "
        "Each other cell has three neighbours that are known already: above, left, and diagonal.",
        "`table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))`: a deletion, an insertion, "
        "and a substitution that costs nothing where the symbols are equal.",
    ),
    points=3,
    minutes=12,
    returns={"distance": ""},
    rules=((lambda distance: distance >= 0, "A distance is never negative."),),
)
