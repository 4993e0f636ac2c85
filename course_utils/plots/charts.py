"""Bars and curves, with the spread over seeds."""

from itertools import cycle

import numpy as np

from course_utils.plots.figures import FAINT, INK, blank, drawable, finish, numbers, short_number

from ..errors import InputError

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")  # Okabe and Ito's, for all eyes
MARKERS = "osD^vP"  # so that a curve is known by its shape as well


def bars(values, labels, title=None, xlabel=None, digits=2, levels=None, ax=None):
    """One bar for each label, from the top down, with its number beside it.

    values: (n,), or (n, seeds): then the bar is the median and each seed a dot.
    levels: {name: x} draws broken lines to compare with, such as chance. Returns the figure.
    """
    values = numbers(values)
    if values.ndim not in (1, 2) or values.size == 0 or len(values) != len(labels):
        raise InputError(f"bars needs one value, or one row of seeds, for each of {len(labels)} labels; "
                         f"got shape {values.shape}.")  # fmt: skip
    ax = ax or blank(width=5.5, height=0.7 + 0.33 * len(values))[1][0]
    seeds = values.reshape(len(values), -1)  # (n, seeds)
    middle, places = np.median(seeds, axis=1), np.arange(len(values))
    ax.barh(places, middle, color=COLOURS[0], height=0.65)
    if values.ndim == 2:
        apart = np.linspace(-0.2, 0.2, seeds.shape[1])  # so that equal seeds do not hide each other
        ax.plot(seeds, places[:, None] + apart, "o", color=INK, markerfacecolor="white", markersize=4)
    for place, end, number in zip(places, np.maximum(seeds.max(axis=1), 0), middle, strict=True):
        text = short_number(number, digits)
        ax.annotate(text, (end, place), (6, 0), textcoords="offset points", va="center", fontsize=9, color=INK)
    ax.set_yticks(places, labels=[drawable(label, 32) for label in labels], parse_math=False)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.axvline(0, color=INK, linewidth=0.8)
    if levels:
        _upright(ax, levels)
    return finish(ax, title, xlabel, None)


def _upright(ax, levels):
    """Broken lines across the bars, told apart by their dashes, with their names above the picture."""
    for (name, level), dashes in zip(levels.items(), cycle(("--", ":"))):
        ax.axvline(level, color=INK, linestyle=dashes, linewidth=1.2, label=name)
    ax.legend(frameon=False, fontsize=9, labelcolor=INK, loc="lower right", bbox_to_anchor=(1, 1), ncols=2)


def curves(lines, xlabel, ylabel, title=None, logx=False, logy=False, levels=None, ax=None):
    """Lines over x, told apart by colour and marker. `lines`: {name: (x, y)} with y (n,) or (seeds, n).

    Of several seeds the line is the median, and the shade goes from the lowest to the highest.
    levels: {name: y} draws dashed lines to compare with, such as chance. Returns the figure.
    """
    ax = ax or blank(width=5.5, height=3.4)[1][0]
    for i, (name, (x, y)) in enumerate(lines.items()):
        _curve(ax, name, numbers(x), np.atleast_2d(numbers(y)), COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)])
    for name, level in (levels or {}).items():
        ax.axhline(level, color=FAINT, linestyle="--", linewidth=1.2, label=name)
    ax.set(xscale="log" if logx else "linear", yscale="log" if logy else "linear")
    ax.grid(color="#dddddd", linewidth=0.6)
    if len(lines) + len(levels or {}) > 1:
        ax.legend(frameon=False, fontsize=9, labelcolor=INK)
    return finish(ax, title, xlabel, ylabel)


def _curve(ax, name, x, y, colour, marker):
    """One line with its shade. x: (n,).  y: (seeds, n)."""
    if x.ndim != 1 or y.shape[1:] != x.shape:
        raise InputError(f'Curve "{name}" needs x (n,) and y (n,) or (seeds, n); got {x.shape} and {y.shape}.')
    every = max(1, len(x) // 12)  # markers on a dozen points, not on all
    ax.plot(x, np.median(y, axis=0), color=colour, marker=marker, markevery=every, markersize=5, label=name)
    if len(y) > 1:
        ax.fill_between(x, y.min(axis=0), y.max(axis=0), color=colour, alpha=0.18, linewidth=0)
