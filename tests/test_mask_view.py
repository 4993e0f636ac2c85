"""Promise: MaskView shows what the given function does under the mask that is set; what is wrong gets one sentence."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.model.masks import causal_mask, masked_attention, padding_mask
from course_utils.widgets.given import unpack
from course_utils.widgets.mask_view import MaskView

TOKENS = "the cat sat on it".split()


def normal(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


Q, K, V = normal(5, 3), normal(5, 3).flip(0), normal(5, 4)


def view(**options):
    return MaskView(Q, K, V, tokens=TOKENS, **options)


@pytest.mark.parametrize("compute", [None, masked_attention])
def test_masks_are_those_of_the_lesson(compute):
    widget = view(compute=compute, causal=True, length=3)
    both = causal_mask(5) & padding_mask(torch.tensor([3]), 5)
    np.testing.assert_array_equal(widget.mask, both.numpy())
    np.testing.assert_allclose(widget.weights, masked_attention(Q, K, V, both)[1], atol=1e-6)


def test_a_forbidden_cell_gives_its_weight_to_its_row():
    widget = view(compute=masked_attention)
    before = widget.weights
    widget.forbidden = [[2, 1]]
    after = widget.weights
    assert after[2, 1] == 0
    np.testing.assert_allclose(after[2] * (1 - before[2, 1]), np.where(np.arange(5) == 1, 0, before[2]), atol=1e-6)
    np.testing.assert_array_equal(np.delete(after, 2, 0), np.delete(before, 2, 0))


def test_a_row_that_sees_nothing_is_nan():
    widget = view(forbidden=[[0, 0]], causal=True)
    assert np.isnan(widget.weights[0]).all() and not np.isnan(widget.weights[1:]).any()


def test_it_asks_at_every_change_and_only_then():
    asked = []

    def counting(Q, K, V, mask):
        asked.append(mask.clone())
        return masked_attention(Q, K, V, mask)

    widget = view(compute=counting)
    widget.causal, widget.length, widget.forbidden = True, 4, [[4, 0]]
    assert len(asked) == 5  # everything allowed, to compare with; the first picture; three changes
    assert asked[-1].dtype == torch.bool and np.array_equal(asked[-1], widget.mask)
    np.testing.assert_allclose(
        unpack(widget.free_bytes, 5, 5), masked_attention(Q, K, V, asked[0] | True)[1], atol=1e-6
    )


def test_arrays_and_lists_will_do():
    wanted = view(causal=True).weights
    for kind in (np.asarray, torch.Tensor.tolist):
        np.testing.assert_allclose(MaskView(kind(Q), kind(K), causal=True).weights, wanted, atol=1e-6)


@pytest.mark.parametrize(
    "compute, said",
    [
        (lambda Q, K, V, mask: 1 / 0, "raised ZeroDivisionError"),
        (lambda Q, K, V, mask: V, "two results, out and weights"),
        (lambda Q, K, V, mask: (V, V), "weights should have the shape (5, 5), yours is (5, 4)"),
        (lambda Q, K, V, mask: (V, "weights"), "weights should be a matrix of numbers"),
    ],
)
def test_a_function_that_fails_is_told_in_one_sentence(compute, said):
    widget = view(compute=compute)
    assert said in widget.problem and "\n" not in widget.problem


def test_after_a_failure_the_last_picture_stays_and_the_next_success_clears_it():
    def fussy(Q, K, V, mask):
        if mask.all(-1).any():
            return masked_attention(Q, K, V, mask)
        raise RuntimeError("too few")

    widget = view(compute=fussy)
    before = widget.weights
    widget.length = 2
    assert "too few" in widget.problem and np.array_equal(widget.weights, before)
    widget.length = 5
    assert widget.problem == ""


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: MaskView(normal(17, 3), normal(17, 3)), "17 rows; this picture has room for 16"),
        (lambda: MaskView(normal(5, 3), normal(5, 2)), "Q and K should have the same shape"),
        (lambda: MaskView(normal(5, 3), normal(4, 3)), "K should have the shape (5, any)"),
        (lambda: MaskView(normal(5), normal(5)), "Q should have the shape"),
        (lambda: MaskView(Q, K, tokens="the cat"), "2 words, but there are 5 rows"),
        (lambda: view(length=6), "length should be from 1 to 5"),
        (lambda: view(length=0), "length should be from 1 to 5"),
        (lambda: view(forbidden=[[0, 5]]), "0 to 4"),
        (lambda: view(forbidden=[[1]]), "a forbidden cell is [row, column]"),
    ],
)
def test_bad_input_gets_one_clear_sentence(make, said):
    with pytest.raises((ValueError, traitlets.TraitError)) as error:
        make()
    assert said in str(error.value) and "\n" not in str(error.value)


def test_repr_is_short_and_a_png_stands_beside_it():
    widget = view(causal=True, length=4, compute=masked_attention)
    assert repr(widget) == "MaskView(tokens=5, length=4, causal=True, allowed=14)"
    assert widget._repr_mimebundle_()[0]["image/png"].startswith("iVBOR")
