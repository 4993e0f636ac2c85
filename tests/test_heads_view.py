"""Promise: HeadsView shows what the given function does with any number of heads; what is wrong gets one sentence."""

import re

import numpy as np
import pytest
import torch
import traitlets

from course_utils.data.who_holds_what import two_wishes
from course_utils.model.multi_head import multi_head_attention
from course_utils.widgets import HeadsView

TOKENS, X, *WS = two_wishes()


def view(compute=multi_head_attention, **options):
    return HeadsView(compute, X, *WS, tokens=TOKENS, **options)


@pytest.mark.parametrize("n_heads", [1, 2, 4, 8, 16])
def test_weights_and_out_are_the_functions_own(n_heads):
    widget = view()
    widget.n_heads = n_heads
    out, weights = multi_head_attention(X[None], *WS, n_heads)
    np.testing.assert_allclose(widget.weights, weights[0], atol=1e-6)
    np.testing.assert_allclose(widget.out, out[0], atol=1e-5)


def test_each_part_is_one_heads_own_and_all_add_up_to_out():
    widget = view(n_heads=4)
    V, W_O = X @ WS[2], WS[3]
    for h, table in enumerate(torch.from_numpy(widget.weights)):
        own = slice(4 * h, 4 * h + 4)
        np.testing.assert_allclose(widget.parts[h], table @ V[:, own] @ W_O[own], atol=1e-5)
    np.testing.assert_allclose(widget.parts.sum(axis=0), widget.out, atol=1e-5)


def test_only_divisors_can_be_chosen():
    widget = HeadsView(multi_head_attention, torch.ones(3, 12), *torch.ones(4, 12, 12))
    assert widget.choices == [1, 2, 3, 4, 6, 12] and widget.tokens == ["0", "1", "2"]
    with pytest.raises(traitlets.TraitError, match=r"one of \[1, 2, 3, 4, 6, 12\], yours is 5"):
        widget.n_heads = 5
    with pytest.raises(traitlets.TraitError, match="query should be from 0 to 2, yours is 3"):
        widget.query = 3


def out_weights(change_out=lambda out: out, change_weights=lambda weights: weights):
    """multi_head_attention with its results changed."""

    def changed(*args):
        out, weights = multi_head_attention(*args)
        return change_out(out), change_weights(weights)

    return changed


def raises(*args):
    raise KeyError("heads")


@pytest.mark.parametrize(
    "compute, sentence",
    [
        (raises, "raised KeyError: 'heads'"),
        (lambda *args: None, "should give back two results, out and weights"),
        (out_weights(change_weights=lambda weights: weights.mean(1)), r"weights should have the shape \(1, 2, 9, 9\)"),
        (out_weights(lambda out: out[0]), r"out should have the shape \(1, 9, 16\)"),
        (out_weights(lambda out: out * torch.nan), "out has NaN"),
    ],
)
def test_a_failing_function_is_told_and_the_picture_kept(compute, sentence):
    works = True
    widget = view(lambda *args: multi_head_attention(*args) if works else compute(*args))
    before, works = widget.weights, False
    widget.n_heads = 2
    assert re.search(sentence, widget.problem)
    np.testing.assert_array_equal(widget.weights, before)
    works = True
    widget.n_heads = 4
    assert widget.problem == "" and widget.weights.shape == (4, 9, 9)


def test_a_function_that_changes_its_arguments_does_no_harm():
    def careless(X, W_Q, W_K, W_V, W_O, n_heads):
        result = multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads)
        X *= 0
        W_O *= 0
        return result

    np.testing.assert_allclose(view(careless, n_heads=2).parts, view(n_heads=2).parts, atol=1e-6)


def test_numpy_is_handed_on_as_numpy():
    seen = []

    def compute(*args):
        seen.extend(type(arg) for arg in args[:-1])
        return [part.numpy() for part in multi_head_attention(*map(torch.from_numpy, args[:-1]), args[-1])]

    HeadsView(compute, X.numpy(), *(W.numpy() for W in WS), tokens=TOKENS)
    assert set(seen) == {np.ndarray}


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"X": torch.ones(17, 16)}, "at most 16 by 64"),
        ({"X": torch.full((9, 16), torch.nan)}, "X has NaN"),
        ({"W_O": torch.ones(16, 8)}, r"W_O should have the shape \(16, 16\), yours is \(16, 8\)"),
        ({"tokens": ["one"]}, "1 words, but there are 9 rows"),
    ],
)
def test_bad_input_gets_one_sentence(change, sentence):
    named = dict(zip(("W_Q", "W_K", "W_V", "W_O"), WS), X=X, tokens=TOKENS) | change
    with pytest.raises(ValueError, match=sentence):
        HeadsView(multi_head_attention, **named)


def test_repr_and_picture():
    widget = view(n_heads=4)
    assert repr(widget) == "HeadsView(tokens=9, d_model=16, n_heads=4)"
    titles = [axes.get_title() for axes in widget.picture().axes]
    assert titles[:4] == [f"head {h}" for h in range(4)]
    assert widget._repr_mimebundle_()[0]["image/png"]
