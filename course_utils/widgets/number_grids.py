"""The still picture of MatrixPipeline: small matrices as coloured grids of numbers, laid out as in the live widget."""

from __future__ import annotations

import re

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..plots.figures import FAINT, INK, drawable, short_number

SIGNED = LinearSegmentedColormap.from_list(  # orange below 0, white at 0, blue above: the page's own stops
    "signed", [(0, "#c5774f"), (0.5, "#ffffff"), (2 / 3, "#c6dbef"), (5 / 6, "#6baed6"), (1, "#2171b5")]
)
TITLES = {
    "X": "$X$", "W_Q": "$W_Q$", "W_K": "$W_K$", "W_V": "$W_V$",
    "Q": "$Q = X\\,W_Q$", "K": "$K = X\\,W_K$", "V": "$V = X\\,W_V$",
    "scores": "scores $= Q\\,K^T$", "scaled": "scaled $=$ scores $/\\sqrt{d_k}$", "masked": "masked",
    "weights": "weights $=$ softmax(row)", "out": "out $=$ weights $V$",
}  # fmt: skip
ROWS = (("", "W_Q", "W_K", "W_V"), ("X", "Q", "K", "V"), ("scores", "scaled", "masked", "weights", "out"))
LABEL, GAP = 1.6, 0.9  # room for words beside a grid, and between grids, in cells
TITLE = 0.21  # cells that a letter of a title takes
INCHES = 0.42  # of a cell


def grids_figure(matrices, tokens, **titles):
    """Matrices by name, those of TITLES that are to be shown. X stands left of Q, and W_Q above it.

    titles: what shall stand above a matrix instead of its title in TITLES.
    """
    places, width, height = _layout(matrices)
    figure = Figure(figsize=(width * INCHES, height * INCHES))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    words = [drawable(token, longest=8) for token in tokens]
    for name, (x, y) in places.items():
        axes.text(x, y - 0.25, titles.get(name, TITLES[name]), va="bottom", size=10, color=INK)
        _draw(axes, name, matrices[name], x, y)
        if x == LABEL:
            for i, word in enumerate(words):
                axes.text(x - 0.2, y + i + 0.5, word, ha="right", va="center", size=8, color=FAINT, parse_math=False)
    return figure


def _layout(matrices):
    """Left upper corner of each grid, and width and height of all, in cells. A column is as wide as its widest grid."""
    places, top, widest = {}, 1.2, 0
    inputs = [matrices["X"].shape[1], *(matrices[name].shape[1] for name in "QKV")]
    for names in ROWS:
        left, shown = LABEL, [name for name in names if not name or name in matrices]
        sizes = inputs if names is not ROWS[2] else [matrices[name].shape[1] for name in shown]
        for name, size in zip(shown, sizes):
            if name:
                places[name] = (left, top)
            left += max(size, 3, TITLE * len(_plain(TITLES.get(name, "")))) + GAP
        widest = max(widest, left)
        top += len(matrices[shown[-1]]) + 1.6
    return places, widest, top


def _plain(title):
    """A title's letters as they will be seen, more or less."""
    return re.sub(r"\\sqrt|[\\${}_^,]", "", title)


def _draw(axes, name, matrix, x, y):
    for (i, j), number in np.ndenumerate(matrix):
        colour = _colour(name, number)
        axes.add_patch(Rectangle((x + j, y + i), 1, 1, facecolor=colour, edgecolor="#cccccc", linewidth=0.6))
        ink = "white" if np.dot(colour[:3], (0.3, 0.6, 0.1)) < 0.5 else INK
        axes.text(x + j + 0.9, y + i + 0.5, short_number(number), ha="right", va="center", size=8, color=ink)


def _colour(name, number):
    """White is nothing: weights go to dark blue at 1, others to blue above 0 and orange below, ever slower."""
    if name == "weights":
        return (1.0, 1.0, 1.0, 1.0) if number < 0.005 else colormaps["Blues"](number)
    if np.isinf(number):
        return (1.0, 1.0, 1.0, 1.0)
    return SIGNED(0.5 + 0.5 * number / (2 + abs(number)))
