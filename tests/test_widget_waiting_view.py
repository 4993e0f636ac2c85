"""Promise: WaitingView counts what must wait, shows what it was given, and says in one sentence what does not fit."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.widgets.waiting_view import WaitingView

WORDS = "the cat sat on the bank of the river".split()
generator = torch.Generator().manual_seed(0)
states = torch.tanh(torch.randn(9, 4, generator=generator))
weights = torch.rand(9, 9, generator=generator).softmax(-1)


def view(**options):
    return WaitingView(WORDS, states, weights, **options)


def test_counts_follow_the_step():
    shown = view(source=1, target=8)
    assert shown.counts["RNN"] == {"done": 0, "all": 9, "path": 7}
    assert shown.counts["attention"] == {"done": 0, "all": 1, "path": 1}
    shown.step = 9
    assert shown.counts["RNN"]["done"] == 9 and shown.counts["attention"]["done"] == 1


@pytest.mark.parametrize("source, target, path", [(0, 8, 8), (3, 4, 1), (5, 5, 0), (8, 0, None)])
def test_path_is_the_distance_and_never_leads_back(source, target, path):
    counts = view(source=source, target=target).counts
    assert counts["RNN"]["path"] == path and counts["attention"]["path"] == 1


def test_it_shows_what_it_was_given():
    shown = view()
    np.testing.assert_allclose(shown.states, states, atol=1e-6)
    np.testing.assert_allclose(shown.weights, weights, atol=1e-6)
    assert len(shown.state_bytes) == 4 * 9 * 4 and len(shown.weight_bytes) == 4 * 9 * 9


def test_repr_is_short_and_there_is_a_png():
    shown = view(step=2)
    assert repr(shown) == "WaitingView(tokens=9, step=2, source=0, target=8)"
    bundle, _ = shown._repr_mimebundle_()
    assert bundle["image/png"].startswith("iVBOR")


@pytest.mark.parametrize(
    "tokens, H, A, sentence",
    [
        (WORDS, states[:8], weights, r"states should have the shape \(9, any\), yours is \(8, 4\)"),
        (WORDS, states, weights[:, :8], r"weights should have the shape \(9, 9\), yours is \(9, 8\)"),
        (WORDS, states * torch.nan, weights, "states has NaN or infinity in 36 of 36 places"),
        (WORDS, "states", weights, "states should be a matrix of numbers"),
        ([], states, weights, "tokens is empty"),
        (["a"] * 17, states, weights, "tokens has 17 words; this picture has room for 16"),
    ],
)
def test_what_does_not_fit_is_said(tokens, H, A, sentence):
    with pytest.raises(ValueError, match=sentence):
        WaitingView(tokens, H, A)


@pytest.mark.parametrize("name, value, last", [("step", 10, 9), ("step", -1, 9), ("source", 9, 8), ("target", -1, 8)])
def test_places_outside_the_sentence_are_refused(name, value, last):
    with pytest.raises(traitlets.TraitError, match=f"{name} should be from 0 to {last}, yours is {value}"):
        setattr(view(), name, value)
