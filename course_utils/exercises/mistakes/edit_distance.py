"""What people get wrong in edit_distance."""

import difflib
from collections import Counter

from ...model.scoring import edit_distance
from ..engine import Mistake
from .edit_tables import (
    one_row_many_times,
    right,
    row_never_renewed,
    table,
    with_cost,
    with_cost_from,
    with_ends,
    with_exchanges,
)


def of_length(size):
    """The distance made of the distance and a length."""
    return lambda a, b: size(edit_distance(a, b), len(a), len(b))


def place_by_place(a, b):
    return sum(x != y for x, y in zip(a, b))


def as_bags(a, b):
    ours, theirs = Counter(a), Counter(b)
    return (ours - theirs).total() + (theirs - ours).total()


def longer_without_common(a, b):
    return max(len(a), len(b)) - with_cost(*SHARED, top=lambda j: 0, side=lambda i: 0)(a, b)


def once_through(a, b, both_on):
    """Two fingers move on together; both_on(left_a, left_b) says whether both do where the symbols differ."""
    i = j = edits = 0
    while i < len(a) and j < len(b):
        differ = a[i] != b[j]
        edits += differ
        move_a, move_b = (True, True) if not differ else both_on(len(a) - i, len(b) - j)
        i, j = i + move_a, j + move_b
    return edits + len(a) - i + len(b) - j


def longer_moves(left_a, left_b):
    return left_a >= left_b, left_b >= left_a


def by_blocks(a, b):
    """The edits between the long equal blocks that difflib finds."""
    steps = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in steps if tag != "equal")


EDGES = "The edges of the table are not 0: from nothing to j symbols are j insertions, and from i symbols to nothing i deletions."
ONE_LIST = "`[[0] * n] * m` is the same row m times: who writes to one writes to all. Make each row new: [[0] * n for _ in range(m)]."
LENGTH = "You divide by a length. Give back the number of edits; rates come later, over all words together."
SHARED = (lambda above, left, diagonal, equal: diagonal + 1 if equal else max(above, left),)

MISTAKES = (
    Mistake("place by place", lambda a, b: place_by_place(a, b) + abs(len(a) - len(b)),
            "You compare position by position. One missing symbol then shifts all that follow; an edit distance may insert and delete."),
    Mistake("place by place, ends forgotten", place_by_place,
            "You compare position by position, and only as far as the shorter one goes. An edit distance may insert and delete."),
    Mistake("once through", lambda a, b: once_through(a, b, longer_moves),
            "You go through both once and decide at each difference which edit it is. What is best shows only later: keep all ways open, in a table."),
    Mistake("difflib's blocks", by_blocks,
            "difflib looks for long equal blocks, and between them it may need more edits than the fewest. Fill the table instead."),
    Mistake("no substitutions", with_cost(lambda above, left, diagonal, equal: diagonal if equal else min(above, left) + 1),
            "Replacing a symbol costs you two edits, a deletion and an insertion. A substitution is one edit: go diagonally for 1."),
    Mistake("equal symbols cost 1", with_cost(lambda above, left, diagonal, equal: min(above, left, diagonal) + 1),
            "What comes out is the longer length, as if no two symbols were equal. Where a[i - 1] and b[j - 1] are equal, the diagonal step is free."),
    Mistake("equal symbols make every step free", with_cost(lambda above, left, diagonal, equal: min(above, left, diagonal) + (not equal)),
            "Where the two symbols are equal, every step is free in yours: \"aa\" and \"a\" have the distance 0. Only the diagonal step is then free; one from above or from the left always costs 1."),
    Mistake("equal symbols make the cell 0", with_cost(lambda above, left, diagonal, equal: min(above + 1, left + 1, 0 if equal else diagonal + 1)),
            "Where the two symbols are equal your cell becomes 0, and the edits before it are forgotten. It should be the diagonal cell as it is. "
            "`d + 1 if differ else 0` means `(d + 1) if differ else 0`: put brackets, `d + (1 if differ else 0)`."),
    Mistake("insertions are free", with_cost(lambda above, left, diagonal, equal: min(above + 1, left, diagonal + (not equal))),
            "The step from the left costs nothing in yours: an insertion is an edit too."),
    Mistake("deletions are free", with_cost(lambda above, left, diagonal, equal: min(above, left + 1, diagonal + (not equal))),
            "The step from above costs nothing in yours: a deletion is an edit too."),
    Mistake("all side steps are free", with_cost(lambda above, left, diagonal, equal: min(above, left, diagonal + (not equal))),
            "Steps from above and from the left cost nothing in yours: insertions and deletions are edits too."),
    Mistake("insertions cost 2", with_cost(lambda above, left, diagonal, equal: min(above + 1, left + 2, diagonal + (not equal))),
            "The step from the left costs 2 in yours. Every edit costs 1."),
    Mistake("insertions and deletions cost 2", with_cost(lambda above, left, diagonal, equal: min(above + 2, left + 2, diagonal + (not equal)), top=lambda j: 2 * j, side=lambda i: 2 * i),
            "An insertion and a deletion cost 2 in yours. Each edit counts as one."),
    Mistake("insertions and deletions cost 2, not at the edges", with_cost(lambda above, left, diagonal, equal: min(above + 2, left + 2, diagonal + (not equal))),
            "An insertion and a deletion cost 2 in yours. Each edit counts as one."),
    Mistake("last row added up", lambda a, b: sum(table(a, b, right)[-1]), "You add up the last row of the table. The answer is its last cell."),
    Mistake("share that is not alike", lambda a, b: 1 - difflib.SequenceMatcher(None, a, b).ratio(), "That is a share between 0 and 1 of what is not alike. Count the edits."),
    Mistake("deletions cost 2", with_cost(lambda above, left, diagonal, equal: min(above + 2, left + 1, diagonal + (not equal))),
            "The step from above costs 2 in yours. Every edit costs 1."),
    Mistake("no insertions", with_cost(lambda above, left, diagonal, equal: min(above + 1, diagonal + (not equal))),
            "You look above and at the diagonal, not to the left: insertions are missing."),
    Mistake("no deletions", with_cost(lambda above, left, diagonal, equal: min(left + 1, diagonal + (not equal))),
            "You look to the left and at the diagonal, not above: deletions are missing."),
    Mistake("diagonal only where different", with_cost(lambda above, left, diagonal, equal: min(above, left) + 1 if equal else min(above, left, diagonal) + 1),
            "Where the two symbols are equal you do not go diagonally. Just there the diagonal step is free."),
    Mistake("diagonal overwritten", with_cost(lambda above, left, diagonal, equal: min(above + 1, left + (not equal))),
            "What you take for the diagonal is the cell on the left: with one row that is written over, or one list under two names, the old value is gone. Keep it before you write, or make each row new."),
    Mistake("above for the diagonal", with_cost(lambda above, left, diagonal, equal: min(above + (not equal), left + 1)),
            "What you take for the diagonal is the cell above. The diagonal one is above and one to the left: table[i - 1][j - 1]."),
    Mistake("len(a) + len(b)", lambda a, b: len(a) + len(b),
            "What comes out is len(a) + len(b): delete everything, insert everything. Is there a max where min belongs, is the diagonal step missing, "
            "or does a `return` inside a loop come before the last cell is worked out?"),
    Mistake("first row 0", with_cost(right, top=lambda j: 0), EDGES),
    Mistake("first column 0", with_cost(right, side=lambda i: 0), EDGES),
    Mistake("first row and column 0", with_cost(right, top=lambda j: 0, side=lambda i: 0), EDGES),
    Mistake("edges from 1", with_cost(right, top=lambda j: j + 1, side=lambda i: i + 1), "The edges of your table begin with 1. From nothing to nothing it takes 0 edits: row 0 is 0, 1, 2, ..."),
    Mistake("how much they share", with_cost(*SHARED, top=lambda j: 0, side=lambda i: 0),
            "You count the symbols they share, in order. What is asked for is how many edits lie between them."),
    Mistake("the longer one without what they share", longer_without_common,
            "You take what they share, in order, from the longer length. But what is left cannot always be paired off, one substitution for two symbols: fill the table of edits itself."),
    Mistake("difference of lengths", lambda a, b: abs(len(a) - len(b)), "What comes out is the difference of the lengths. A symbol that is replaced by another one costs 1 too: a diagonal step is free only where the two are equal."),
    Mistake("symbols of one only", lambda a, b: len(set(a) ^ set(b)), "You compare which symbols occur. Their order and number count as well."),
    Mistake("symbols that the other lacks", lambda a, b: len(set(a) - set(b)), "You compare which symbols occur. Their order and number count as well."),
    Mistake("as bags", as_bags, "You compare how often each symbol occurs. Their order counts as well, and a substitution is one edit, not two."),
    Mistake("as bags, from the longer", lambda a, b: max(len(a), len(b)) - (Counter(a) & Counter(b)).total(), "You compare how often each symbol occurs. Their order counts as well."),
    Mistake("exchanges count one", with_exchanges,
            "Two neighbours that change places cost you one edit. Here there are three kinds of edit only: insert, delete, substitute."),
    Mistake("share of what is right", of_length(lambda edits, n, m: edits / max(m, 1)), LENGTH),
    Mistake("share of what was written", of_length(lambda edits, n, m: edits / max(n, 1)), LENGTH),
    Mistake("share of the longer", of_length(lambda edits, n, m: edits / max(n, m, 1)), LENGTH),
    Mistake("share of both", of_length(lambda edits, n, m: edits / max(n + m, 1)), LENGTH),
    Mistake("how alike", of_length(lambda edits, n, m: 1 - edits / max(n, m, 1)), "That says how alike they are, from 0 to 1. Give back the number of edits."),
    Mistake("symbols that stay", of_length(lambda edits, n, m: max(n, m) - edits), "You take the edits from the length. Give back the number of edits itself."),
    Mistake("last symbols left out", lambda a, b: edit_distance(a[:-1], b[:-1]),
            "The last symbols are left out. The table has one row more than a has symbols, and one column more than b: range(len(a) + 1)."),
    Mistake("last symbol of a left out", lambda a, b: edit_distance(a[:-1], b), "The last symbol of a is left out: i runs to len(a), range(1, len(a) + 1), and the answer stands in the last row."),
    Mistake("last symbol of b left out", lambda a, b: edit_distance(a, b[:-1]), "The last symbol of b is left out: j runs to len(b), range(1, len(b) + 1), and the answer is the last of the row, row[-1]."),
    Mistake("first symbols left out", lambda a, b: edit_distance(a[1:], b[1:]),
            "The first symbols are left out. Row i of the table belongs to symbol a[i - 1]."),
    Mistake("the last cell is never worked out", lambda a, b: 0 if len(a) and len(b) else len(a) + len(b),
            "0 comes out wherever both have symbols: the last cell is never worked out. The loops run to len(a) and len(b), range(1, len(a) + 1); and no `return` stands inside them."),
    Mistake("always 0", lambda a, b: 0, "0 comes out always: you give back a cell that nothing was written to, or the first one. The answer stands in the last cell, table[-1][-1]."),
    Mistake("ends are free", with_ends(lambda i, j: 0), "When one of the two is used up you say 0. What is left of the other has to be inserted or deleted: as many edits as symbols are left."),
    Mistake("first row never worked out", with_cost_from(2, 1), "Row 1 of the table is never worked out: the loop begins at 2. range(1, len(a) + 1)."),
    Mistake("first column never worked out", with_cost_from(1, 2), "Column 1 of the table is never worked out: the loop begins at 2. range(1, len(b) + 1)."),
    Mistake("diagonal steps only", with_cost(lambda above, left, diagonal, equal: diagonal + (not equal)), "You only go diagonally: a step from above is a deletion, one from the left an insertion. Take the cheapest of the three."),
    Mistake("length of a", lambda a, b: len(a), "What comes out is the length of a: is that the first column? The answer stands in the last cell, table[-1][-1]."),
    Mistake("length of b", lambda a, b: len(b), "What comes out is the length of b: is that the first row? The answer stands in the last cell, table[-1][-1]."),
    Mistake("symbols joined to text", lambda a, b: edit_distance("".join(a), "".join(b)), "You join the symbols to one text and count letters. A symbol such as \"AA\" is one symbol: compare the entries of the lists."),
    Mistake("one row many times, column first", lambda a, b: one_row_many_times(a, b, row_first=False), ONE_LIST),
    Mistake("one row many times", one_row_many_times, ONE_LIST),
    Mistake("equal costs one, different nothing", with_cost(lambda above, left, diagonal, equal: min(above + 1, left + 1, diagonal + equal)),
            "The diagonal step is the wrong way round in yours: it is free where the two symbols are equal, and costs 1 where they differ."),
    Mistake("whole table", lambda a, b: table(a, b, right), "You give back the whole table; give back its last cell."),
    Mistake("row before never renewed", row_never_renewed, "Each row is worked out from row 0, since the row before is never renewed: at the end of each round `before = row`."),
    Mistake("largest of the table", lambda a, b: max(map(max, table(a, b, right))), "You give back the largest number of the table; give back its last cell."),
    Mistake("last row", lambda a, b: table(a, b, right)[-1], "You give back a whole row of the table; give back its last cell."),
    Mistake("smallest of the last row", lambda a, b: min(table(a, b, right)[-1]), "You give back the smallest number of the last row. That is how near a comes to a beginning of b; to all of b it is the last one, row[-1]."),
    Mistake("equal or not", lambda a, b: int(list(a) != list(b)), "You say only whether they differ. How many edits lie between them?"),
)  # fmt: skip
