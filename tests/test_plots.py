"""Promise: figures show the numbers they are given, in the same colours everywhere, and say in words what they show."""

import base64
import io
import re
import subprocess
import sys
import warnings

import numpy as np
import pytest
import torch
from PIL import Image

from course_utils.plots import bars, blank, curves, heatmap, heatmaps, show, signed_heatmap
from course_utils.plots.figures import png_of, short_number

WEIGHTS = torch.tensor([[0.7, 0.2, 0.1], [0.0, 0.25, 0.75]], requires_grad=True)
QUERIES, KEYS = ["cat", "sat"], ["the", "big", "mat"]


def labels(ticks):
    return [label.get_text() for label in ticks]


def image(figure, panel=0):
    return figure.axes[panel].images[0]


def test_rows_are_queries_and_columns_are_keys():
    ax = heatmap(WEIGHTS, QUERIES, KEYS, title="who looks at whom").axes[0]
    assert np.allclose(ax.images[0].get_array(), WEIGHTS.detach())
    assert labels(ax.get_yticklabels()) == QUERIES and labels(ax.get_xticklabels()) == KEYS
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("query: looking", "key: looked at")
    assert [text.get_text() for text in ax.texts] == ["0.70", "0.20", "0.10", "0.00", "0.25", "0.75"]


@pytest.mark.parametrize("largest", [0.26, 0.92])
def test_the_same_weight_has_the_same_colour_in_every_figure(largest):
    assert image(heatmap([[largest, 1 - largest]])).get_clim() == (0, 1)
    assert image(heatmaps({"a": [[largest]], "b": [[0.5]]}), 1).get_clim() == (0, 1)


def test_tokens_that_look_at_themselves_are_named_once():
    ax = heatmap(torch.eye(2), QUERIES).axes[0]
    assert labels(ax.get_xticklabels()) == QUERIES


def test_a_large_matrix_has_a_colour_bar_in_place_of_numbers():
    figure = heatmap(np.full((64, 64), 1 / 64), [f"word{i}" for i in range(64)])
    assert len(figure.axes) == 2 and not figure.axes[0].texts
    assert len(figure.axes[0].get_yticks()) <= 24


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda: heatmap([[2.0, -1.0]]), "from -1 to 2.*signed_heatmap"),
        (lambda: heatmap(torch.zeros(8, 3, 3)), r"shape \(8, 3, 3\).*heatmaps"),
        (lambda: heatmap([]), "one matrix"),
        (lambda: heatmap("abc"), "Expected numbers, got 'abc'"),
        (lambda: heatmap(WEIGHTS, KEYS, KEYS), "q_tokens has 3 tokens.* needs 2"),
        (lambda: heatmaps({}), "at least one"),
        (lambda: heatmaps([torch.eye(2)]), "title"),
        (lambda: bars([1, 2], ["a"]), "each of 1 labels"),
        (lambda: curves({"loss": ([1, 2], [1, 2, 3])}, "step", "loss"), '"loss" needs x'),
    ],
)
def test_what_cannot_be_drawn_is_told(draw, told):
    with pytest.raises(ValueError, match=told):
        draw()


def test_scores_have_zero_in_the_middle_of_their_colours():
    figure = signed_heatmap([[-1.0, 4.0], [0.0, -torch.inf]])
    assert image(figure).get_clim() == (-4, 4)
    assert image(figure).get_array().mask.tolist() == [[False, False], [False, True]]
    assert labels(figure.axes[0].texts) == ["−1.00", "4.00", "0.00", "−∞"]
    assert image(signed_heatmap([[0.0]])).get_clim() == (-1, 1)
    panels = heatmaps({"a": [[1.0]], "b": [[-3.0]]}, signed=True)
    assert image(panels, 0).get_clim() == image(panels, 1).get_clim() == (-3, 3)


def test_a_row_of_nan_is_seen():
    ax = heatmap([[0.5, 0.5], [np.nan, np.nan]]).axes[0]
    assert labels(ax.texts) == ["0.50", "0.50", "nan", "nan"]
    assert [patch.get_hatch() for patch in ax.collections] == ["////", "////"]


def test_panels():
    figure = heatmaps({f"head {i}": np.eye(3) for i in range(5)}, KEYS, columns=4)
    assert [ax.get_title() for ax in figure.axes] == [f"head {i}" for i in range(5)]
    assert figure.axes[0].yaxis.label.get_visible() and not figure.axes[1].yaxis.label.get_visible()
    assert not figure.axes[0].xaxis.label.get_visible() and figure.axes[1].xaxis.label.get_visible()


def test_several_drawings_on_one_figure():
    figure, (left, right) = blank(1, 2)
    assert heatmap(WEIGHTS, ax=left) is figure
    assert curves({"loss": ([1, 2], [2, 1])}, "step", "loss", ax=right) is figure


@pytest.mark.parametrize("token", ["🍎", "$x$ \\frac", "$", "<b>bold</b>", "two\nlines", "w" * 500, ""])
def test_any_token_can_be_drawn_without_a_warning(token):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        small = png_of(heatmap([[1.0]], ["cat"]))
        assert len(png_of(heatmap([[1.0]], [token]))) < 3 * len(small)


@pytest.mark.parametrize("ground", ["white", "none"])
def test_few_colours_look_as_many_do(ground):
    figure = heatmap(np.random.default_rng(0).random((9, 9)))
    figure.set_facecolor(ground)
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=144, bbox_inches="tight", pad_inches=0.12)
    few = png_of(figure)
    before, after = (np.asarray(Image.open(file).convert("RGBA"), int) for file in (drawn, io.BytesIO(few)))
    assert len(few) < 0.6 * len(drawn.getvalue())
    assert np.abs(after - before).mean() < 3 and (np.abs(after - before).max(axis=-1) > 32).mean() < 0.002


def test_bars_show_the_median_and_every_seed():
    ax = bars([[0.2, 0.4, 0.3], [0.9, 0.8, 1.0]], ["off", "on"], xlabel="accuracy").axes[0]
    assert [bar.get_width() for bar in ax.patches] == [0.3, 0.9]
    assert labels(ax.get_yticklabels()) == ["off", "on"] and ax.yaxis_inverted()
    assert labels(ax.texts) == ["0.30", "0.90"]
    assert sorted(np.concatenate([dots.get_xdata() for dots in ax.lines[:3]])) == [0.2, 0.3, 0.4, 0.8, 0.9, 1.0]


def test_bars_can_be_compared_with_levels():
    ax = bars([0.2, 0.9], ["off", "on"], levels={"chance": 0.5, "best": 1.0}).axes[0]
    chance, best = ax.lines[-2:]
    assert [line.get_xdata()[0] for line in (chance, best)] == [0.5, 1.0]
    assert chance.get_linestyle() != best.get_linestyle()
    assert labels(ax.get_legend().get_texts()) == ["chance", "best"]


def test_curves_show_the_median_and_the_spread_over_seeds():
    figure = curves(
        {"RNN": ([1, 2], [[1, 5], [2, 7], [9, 6]]), "Transformer": ([1, 2], [3, 4])},
        "step", "loss", logy=True, levels={"chance": 2.0},
    )  # fmt: skip
    ax = figure.axes[0]
    assert ax.lines[0].get_ydata().tolist() == [2, 6] and ax.lines[1].get_ydata().tolist() == [3, 4]
    (shade,) = ax.collections
    assert shade.get_datalim(ax.transData).get_points()[:, 1].tolist() == [1, 9]
    assert ax.lines[0].get_color() != ax.lines[1].get_color() and ax.lines[0].get_marker() != ax.lines[1].get_marker()
    assert labels(ax.get_legend().get_texts()) == ["RNN", "Transformer", "chance"] and ax.get_yscale() == "log"


@pytest.mark.parametrize(
    ("number", "text"), [(0.256, "0.26"), (-1.5, "−1.50"), (123.4, "123"), (-0.001, "0.00"), (-np.inf, "−∞")]
)
def test_short_numbers(number, text):
    assert short_number(number) == text


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr("IPython.display.display", lambda data, metadata, raw: outputs.append((data, metadata)))
    return outputs


def test_show_gives_a_picture_and_the_same_in_words(shown):
    show(heatmap(WEIGHTS), 'The word "cat" looks <mostly> at itself.')
    ((data, metadata),) = shown
    assert data["text/plain"] == metadata["image/png"]["alt"]
    assert data["text/plain"] == 'The word "cat" looks <mostly> at itself.'
    assert 'alt="The word &quot;cat&quot; looks &lt;mostly&gt; at itself."' in data["text/html"]
    png = base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', data["text/html"])[1])
    assert png == base64.b64decode(data["image/png"]), "once more for viewers that drop pictures inside HTML"
    assert png.startswith(b"\x89PNG") and 100 < int(re.search(r'width="(\d+)"', data["text/html"])[1]) < 900


@pytest.mark.parametrize("alt", ["", "   ", "heatmap", None])
def test_show_wants_a_sentence(shown, alt):
    with pytest.raises(ValueError, match="alt must be a sentence"):
        show(heatmap(WEIGHTS), alt)
    assert not shown


def test_pyplot_is_not_needed():
    code = "import sys, course_utils.plots; sys.exit('matplotlib.pyplot' in sys.modules or 'torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
