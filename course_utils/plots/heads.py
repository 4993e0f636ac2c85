"""All heads of a model in one picture: a small map for each, and one of them large."""

import numpy as np
from matplotlib.patches import Rectangle

from course_utils.plots.figures import INK, blank, finish
from course_utils.plots.matrices import heatmap

GAP = 1  # cells between two maps
MARK = "#b84300"


def head_maps(weights, tokens, layer, head):
    """weights: (n_layers, n_heads, length, length), from 0 to 1; the head of `layer` and `head` is shown large.

    Returns the figure.
    """
    weights = np.asarray(weights)
    figure, (small, large) = blank(columns=2, width=6, height=4.4)
    _side_by_side(small, weights, layer, head)
    heatmap(weights[layer, head], tokens, title=f"layer {layer}, head {head}", ax=large)
    return figure


def _side_by_side(ax, weights, layer, head):
    """One image of all maps, a row for each layer, with a frame round the one that is shown large."""
    n_layers, n_heads, length, _ = weights.shape
    step = length + GAP
    wall = np.zeros((n_layers * step - GAP, n_heads * step - GAP))
    for i, j in np.ndindex(n_layers, n_heads):
        wall[i * step : i * step + length, j * step : j * step + length] = weights[i, j]
        ax.add_patch(_frame(i, j, step, length, "#cccccc", 0.6))
    ax.add_patch(_frame(layer, head, step, length, MARK, 1.8))
    ax.imshow(wall, cmap="Blues", vmin=0, vmax=1, interpolation="nearest")
    middle = lambda count: np.arange(count) * step + length / 2 - 0.5  # noqa: E731
    ax.set_xticks(middle(n_heads), labels=range(n_heads))
    ax.set_yticks(middle(n_layers), labels=range(n_layers))
    ax.tick_params(length=0)
    finish(ax, "every head", "head", "layer")
    ax.spines[:].set_visible(False)
    ax.title.set_color(INK)


def _frame(row, column, step, length, colour, width):
    corner = (column * step - 0.5, row * step - 0.5)
    return Rectangle(corner, length, length, fill=False, edgecolor=colour, linewidth=width, zorder=3)
