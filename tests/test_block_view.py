"""Promise: BlockView shows what the given functions do at each station; what is wrong gets one sentence."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.model.blocks import EncoderBlock
from course_utils.model.feed_forward import feed_forward
from course_utils.model.layer_norm import layer_norm
from course_utils.widgets import BlockView

WORDS = "the cat sat on it".split()
X = torch.randn(5, 8, generator=torch.Generator().manual_seed(0))
CLOSE = {"rtol": 0, "atol": 1e-5}


def block_of(order):
    torch.manual_seed(1)
    return EncoderBlock(8, n_heads=2, d_ff=12, norm_first=order == "pre-LN")


def functions(block):
    feed, norm = block.feed_forward, block.norm_1
    return {
        "attention": lambda X: block.attention(X[None])[0][0],
        "feed_forward": lambda X: feed_forward(X, feed.W_1, feed.b_1, feed.W_2, feed.b_2),
        "layer_norm": lambda X: layer_norm(X, norm.gain, norm.bias),
    }


def view(order="pre-LN", **changes):
    return BlockView(**{**functions(block_of(order)), "X": X, "tokens": WORDS, "order": order, **changes})


@pytest.mark.parametrize("order", ["pre-LN", "post-LN"])
@pytest.mark.parametrize("blocks", [1, 3])
def test_out_is_the_blocks_own(order, blocks):
    expected = X[None]
    for _ in range(blocks):
        expected, _ = block_of(order)(expected)
    np.testing.assert_allclose(view(order, blocks=blocks).out, expected[0].detach(), **CLOSE)


def test_stations_stand_in_the_order_of_the_way():
    assert list(view().stations) == ["in", "norm_1", "attention", "add_1", "norm_2", "feed_forward", "add_2"]
    assert list(view("post-LN").stations) == ["in", "attention", "add_1", "norm_1", "feed_forward", "add_2", "norm_2"]


def test_pre_ln_adds_to_the_stream_and_post_ln_normalises_it():
    pre, post = view().stations, view("post-LN").stations
    np.testing.assert_allclose(pre["in"], X, **CLOSE)
    np.testing.assert_allclose(pre["add_1"], pre["in"] + pre["attention"], **CLOSE)
    np.testing.assert_allclose(pre["add_2"], pre["add_1"] + pre["feed_forward"], **CLOSE)
    np.testing.assert_allclose(post["add_2"], post["norm_1"] + post["feed_forward"], **CLOSE)
    np.testing.assert_allclose(post["norm_2"].std(axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("order", ["pre-LN", "post-LN"])
def test_a_step_that_is_off(order):
    widget, parts = view(order), functions(block_of(order))
    widget.off = ["feed_forward", "attention"]
    zeros = np.zeros((5, 8))
    np.testing.assert_array_equal(widget.stations["attention"], zeros)
    np.testing.assert_allclose(widget.stations["add_1"], X, **CLOSE)
    widget.off = ["add_1"]
    np.testing.assert_array_equal(widget.stations["add_1"], widget.stations["attention"])
    widget.off = ["norm_1"]
    found = list(widget.stations)
    before = widget.stations[found[found.index("norm_1") - 1]]
    np.testing.assert_array_equal(widget.stations["norm_1"], before)
    if order == "pre-LN":
        np.testing.assert_allclose(widget.stations["attention"], parts["attention"](X).detach(), **CLOSE)


def test_off_is_kept_in_order_and_once():
    widget = view()
    widget.off = ["add_2", "norm_1", "add_2"]
    assert widget.off == ["norm_1", "add_2"]


def test_alike_is_the_mean_cosine():
    same = view(attention=torch.ones_like, off=["norm_1", "add_1", "norm_2", "feed_forward"])
    assert same.alike == pytest.approx(1, abs=1e-6)
    at_right_angles = view(X=torch.eye(5, 8), off=["attention", "feed_forward"])
    assert at_right_angles.alike == pytest.approx(0, abs=1e-6)


def test_numpy_is_handed_on_as_numpy_and_may_be_changed():
    def careless(X):
        assert isinstance(X, np.ndarray)
        X *= 2
        return X

    widget = BlockView(careless, careless, careless, X.numpy(), off=["add_1", "add_2"], blocks=2)
    np.testing.assert_allclose(widget.out, 2**8 * X.numpy(), rtol=1e-5)
    np.testing.assert_allclose(widget.stations["in"], 2**4 * X.numpy(), rtol=1e-5)


def raises(X):
    raise KeyError("gain")


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"layer_norm": raises}, "layer_norm raised KeyError: 'gain'"),
        ({"feed_forward": lambda X: X[:, :3]}, "what feed_forward gives should have the shape (5, 8), yours is (5, 3)"),
        ({"attention": lambda X: (X, X)}, "what attention gives should have the shape (5, 8), yours is (2, 5, 8)"),
        ({"attention": lambda X: None}, "attention gives nothing back"),
        ({"attention": lambda X: "words"}, "what attention gives should be a matrix of numbers"),
        ({"layer_norm": lambda X: X * torch.nan}, "what layer_norm gives has NaN or infinity in 40 of 40 places"),
    ],
)
def test_a_failing_function_is_told(change, sentence):
    assert sentence in view(**change).problem


def test_after_a_failure_the_last_picture_stays():
    broken = []
    norm = functions(block_of("pre-LN"))["layer_norm"]
    widget = view(layer_norm=lambda X: raises(X) if broken else norm(X))
    before = widget.out
    broken.append(True)
    widget.blocks = 2
    np.testing.assert_array_equal(widget.out, before)
    assert widget.result["blocks"] == 1
    widget.off = ["norm_1", "norm_2"]
    assert widget.problem == "" and widget.result["blocks"] == 2


def test_a_stream_that_overflows_is_told():
    widget = view(feed_forward=lambda X: 1e9 * X, off=["norm_1", "norm_2"], blocks=24)
    assert "infinity" in widget.problem


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"X": torch.ones(13, 8), "tokens": None}, "at most 12 by 16"),
        ({"X": torch.ones(3, 17), "tokens": None}, "at most 12 by 16"),
        ({"X": X * torch.nan}, "X has NaN"),
        ({"X": torch.ones(8)}, r"X should have the shape \(any, any\)"),
        ({"X": torch.ones(0, 8)}, "X is empty"),
        ({"X": "words"}, "matrix of numbers"),
        ({"tokens": ["one"]}, "1 words, but there are 5 rows"),
        ({"blocks": 25}, "blocks should be from 1 to 24, yours is 25"),
        ({"position": 5}, "position should be from 0 to 4, yours is 5"),
        ({"off": ["norm_3"]}, "yours has 'norm_3'"),
    ],
)
def test_bad_input_gets_one_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        view(**change)


def test_an_order_that_does_not_exist_is_refused():
    with pytest.raises(traitlets.TraitError, match="pre-LN"):
        view().order = "sandwich"


def test_repr_and_picture():
    widget = view(off=["norm_1"], blocks=2)
    assert repr(widget) == "BlockView(tokens=5, order=pre-LN, blocks=2, off=['norm_1'])"
    (axes,) = widget.picture().axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names[0] == "add_2" and names[-2:] == ["norm_1 (off)", "in"], "the way goes from the bottom up"
    assert widget._repr_mimebundle_()[0]["image/png"]
