"""Tables of edit distances, filled rightly and in other ways."""


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


def row_never_renewed(a, b):
    """Each row is worked out from row 0."""
    before = row = list(range(len(b) + 1))
    for i, symbol in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            row.append(right(before[j], row[-1], before[j - 1], symbol == other))
    return row[-1]


def with_ends(left_over):
    """From the front, symbol by symbol; left_over(i, j) says what it costs when one of the two is used up."""

    def distance(a, b):
        cells = {}
        for i in range(len(a), -1, -1):
            for j in range(len(b), -1, -1):
                ended = i == len(a) or j == len(b)
                cells[i, j] = left_over(i, j) if ended else right(cells[i + 1, j], cells[i, j + 1], cells[i + 1, j + 1], a[i] == b[j])
        return cells[0, 0]

    return distance


def with_cost_from(row, column):
    """A table that is filled from some row and column on, and 0 before."""

    def distance(a, b):
        cells = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
        for i in range(row, len(a) + 1):
            for j in range(column, len(b) + 1):
                cells[i][j] = right(cells[i - 1][j], cells[i][j - 1], cells[i - 1][j - 1], a[i - 1] == b[j - 1])
        return cells[-1][-1]

    return distance


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
