"""Matrices as pictures: rows are queries, columns are keys.

Weights have the same colours everywhere: white is 0, dark blue is 1. Scores are orange below zero and violet above.
"""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import Normalize

from course_utils.plots.figures import FAINT, INK, blank, drawable, finish, numbers, short_number

from ..errors import InputError

MOST_NUMBERS = 12  # a matrix with more rows or columns has no number in its cells
MOST_TICKS = 24  # of more tokens, every second or third is named
CELL, SMALL_CELL = 0.4, 0.2  # inches, with numbers and without
COLOUR_BAR = 0.7  # inches


def heatmap(weights, q_tokens=None, k_tokens=None, title=None, ax=None):
    """Attention weights (q_len, k_len); the colours run from 0 to 1. A nan is hatched.

    Where only q_tokens are given and the matrix is square, they name the keys too. Returns the figure.
    Raises ValueError for numbers outside 0 to 1, another shape, or another number of tokens.
    """
    return _one_matrix(_weights(weights), q_tokens, k_tokens, title, ax, limit=None)


def signed_heatmap(scores, q_tokens=None, k_tokens=None, title=None, ax=None, limit=None):
    """Scores, or any matrix of numbers below and above zero, with a colour bar from -limit to limit.

    limit: by default the largest size in the matrix. -inf, a place that may not be looked at, is grey; nan is
    hatched. Returns the figure.
    """
    scores = _matrix(scores)
    return _one_matrix(scores, q_tokens, k_tokens, title, ax, limit or _largest(scores))


def heatmaps(panels, q_tokens=None, k_tokens=None, signed=False, columns=4):
    """Several matrices of one shape side by side, in the same colours. `panels`: {title: matrix}.

    signed: they are scores, with one colour bar for all. Returns the figure.
    """
    if not isinstance(panels, dict) or not panels:
        raise InputError("heatmaps takes its matrices as {title: matrix}, at least one.")
    matrices = [_matrix(panel) if signed else _weights(panel) for panel in panels.values()]
    limit = max(map(_largest, matrices)) if signed else None
    columns = min(columns, len(panels))
    with_numbers = max(matrices[0].shape) <= 6
    size = _size(matrices[0].shape, q_tokens, k_tokens, with_numbers)
    figure, axes = blank(-(-len(panels) // columns), columns, *size)
    for i, (title, matrix) in enumerate(zip(panels, matrices, strict=True)):
        image = _draw_matrix(axes[i], matrix, q_tokens, k_tokens, title, limit, with_numbers)
        _keep_outer_labels(axes[i], first=i % columns == 0, last=i + columns >= len(panels))
    for ax in axes[len(panels) :]:
        ax.remove()
    if signed or not with_numbers:
        figure.colorbar(image, ax=axes[: len(panels)], shrink=0.8)
    return figure


def _one_matrix(matrix, q_tokens, k_tokens, title, ax, limit):
    with_numbers = max(matrix.shape) <= MOST_NUMBERS
    with_bar = bool(limit) or not with_numbers
    if ax is None:
        width, height = _size(matrix.shape, q_tokens, k_tokens, with_numbers)
        ax = blank(width=width + COLOUR_BAR * with_bar, height=height)[1][0]
    image = _draw_matrix(ax, matrix, q_tokens, k_tokens, title, limit, with_numbers)
    if with_bar:
        ax.figure.colorbar(image, ax=ax, shrink=0.8)
    return ax.figure


def _draw_matrix(ax, matrix, q_tokens, k_tokens, title, limit, with_numbers):
    """limit None: weights, blue from 0 to 1; else scores, from -limit to limit. Returns the coloured image."""
    norm = Normalize(-limit, limit) if limit else Normalize(0, 1)
    image = ax.imshow(np.ma.masked_invalid(matrix), cmap=colormaps["PuOr" if limit else "Blues"], norm=norm)
    ax.set_facecolor("#bbbbbb")  # shines through the cells that are left empty: -inf
    for i, j in np.argwhere(np.isnan(matrix)):
        ax.fill_between((j - 0.5, j + 0.5), i - 0.5, i + 0.5, hatch="////", facecolor="white", edgecolor=FAINT)
    if with_numbers:
        for (i, j), number in np.ndenumerate(matrix):
            dark = np.isfinite(number) and sum(image.cmap(norm(number))[:3]) < 1.5
            under = {"facecolor": "white", "edgecolor": "none", "pad": 1} if np.isnan(number) else None
            style = {"ha": "center", "va": "center", "fontsize": 8.5, "color": "white" if dark else INK}
            ax.text(j, i, short_number(number), **style, bbox=under)
    _name_tokens(ax, matrix.shape, q_tokens, _keys(matrix.shape, q_tokens, k_tokens))
    finish(ax, title, "key: looked at", "query: looking")
    return image


def _keys(shape, q_tokens, k_tokens):
    """In self-attention the same words look and are looked at."""
    return q_tokens if k_tokens is None and shape[0] == shape[1] else k_tokens


def _name_tokens(ax, shape, q_tokens, k_tokens):
    aslant = {} if k_tokens is None else {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}
    _set_ticks(ax.set_yticks, "q_tokens", q_tokens, shape, shape[0])
    _set_ticks(ax.set_xticks, "k_tokens", k_tokens, shape, shape[1], **aslant)


def _set_ticks(set_ticks, name, tokens, shape, size, **style):
    tokens = range(size) if tokens is None else tokens
    if len(tokens) != size:
        raise InputError(f"{name} has {len(tokens)} tokens, but a matrix of shape {shape} needs {size}.")
    places = range(0, size, -(-size // MOST_TICKS))
    set_ticks(places, labels=[drawable(tokens[place]) for place in places], parse_math=False, **style)


def _keep_outer_labels(ax, first, last):
    """Of panels side by side the first in a row names the queries, the last in a column the keys."""
    ax.tick_params(labelleft=first, labelbottom=last)
    ax.yaxis.label.set_visible(first)
    ax.xaxis.label.set_visible(last)


def _size(shape, q_tokens, k_tokens, with_numbers):
    """Width and height in inches that leave room for the cells and for the longest token on each side."""
    beside, below = (
        0.2 if tokens is None else 0.09 * max((len(drawable(token)) for token in tokens), default=0)
        for tokens in (q_tokens, _keys(shape, q_tokens, k_tokens))
    )
    cell = CELL if with_numbers else SMALL_CELL
    return min(0.5 + beside + cell * shape[1], 6), min(0.7 + 0.7 * below + cell * shape[0], 6)


def _matrix(values):
    matrix = numbers(values)
    if matrix.ndim != 2 or matrix.size == 0:
        raise InputError(f"Expected one matrix (q_len, k_len), got shape {matrix.shape}. For several use heatmaps.")
    return matrix


def _weights(values):
    weights = _matrix(values)
    low, high = np.nanmin(weights, initial=0), np.nanmax(weights, initial=1)
    if low < -1e-4 or high > 1 + 1e-4:
        raise InputError(f"Weights lie between 0 and 1; these go from {low:.3g} to {high:.3g}. "
                         "For scores use signed_heatmap.")  # fmt: skip
    return weights


def _largest(scores):
    """The largest size of a finite score; 1 if all are zero, so that the colours have a range."""
    return np.abs(scores[np.isfinite(scores)]).max(initial=0) or 1.0
