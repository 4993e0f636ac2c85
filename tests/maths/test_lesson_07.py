"""Promise: layer norm, feed-forward and the encoder block are right, against loops and against torch's own layers."""

import math

import pytest
import torch
from torchs_own import busy, encoder_layer, normal

from course_utils.model.blocks import EncoderBlock
from course_utils.model.feed_forward import FeedForward, feed_forward
from course_utils.model.layer_norm import LayerNorm, layer_norm
from course_utils.model.masks import padding_mask

CLOSE = {"rtol": 0, "atol": 1e-6}
BATCH, LENGTH, D_MODEL, D_FF, N_HEADS = 2, 5, 6, 11, 3


@pytest.fixture(params=[True, False], ids=["pre-LN", "post-LN"])
def block(request):
    torch.manual_seed(0)
    return busy(EncoderBlock(D_MODEL, N_HEADS, D_FF, norm_first=request.param).double())


def test_layer_norm_equals_loops():
    X, (gain, bias) = normal(BATCH, LENGTH, D_MODEL), normal(2, D_MODEL)
    for token, normed in zip(X.flatten(0, 1), layer_norm(X, gain, bias).flatten(0, 1), strict=True):
        mean = sum(token) / D_MODEL
        spread = math.sqrt(sum((x - mean) ** 2 for x in token) / D_MODEL + 1e-5)
        by_hand = torch.stack([(x - mean) / spread * g + b for x, g, b in zip(token, gain, bias, strict=True)])
        torch.testing.assert_close(normed, by_hand, **CLOSE)


@pytest.mark.parametrize("size", [1e-3, 1, 1e3])
def test_layer_norm_equals_torch(size):
    X, (gain, bias) = size * normal(BATCH, LENGTH, D_MODEL), normal(2, D_MODEL)
    theirs = torch.nn.functional.layer_norm(X, (D_MODEL,), gain, bias)
    torch.testing.assert_close(layer_norm(X, gain, bias), theirs, **CLOSE)


def test_the_module_equals_the_function():
    norm, X = busy(LayerNorm(D_MODEL).double()), normal(BATCH, LENGTH, D_MODEL)
    torch.testing.assert_close(norm(X), layer_norm(X, norm.gain, norm.bias), **CLOSE)


def test_equal_numbers_become_the_bias():
    bias = normal(D_MODEL)
    assert torch.equal(layer_norm(torch.full((2, D_MODEL), 3.0).double(), normal(D_MODEL), bias), bias.expand(2, -1))


def test_feed_forward_equals_loops():
    X, W_1, b_1 = normal(LENGTH, D_MODEL), normal(D_MODEL, D_FF), normal(D_FF)
    W_2, b_2 = normal(D_FF, D_MODEL).flip(0), normal(D_MODEL)
    for token, out in zip(X, feed_forward(X, W_1, b_1, W_2, b_2), strict=True):
        hidden = [max(0.0, float(b_1[j] + sum(token[i] * W_1[i, j] for i in range(D_MODEL)))) for j in range(D_FF)]
        by_hand = [b_2[i] + sum(hidden[j] * W_2[j, i] for j in range(D_FF)) for i in range(D_MODEL)]
        torch.testing.assert_close(out, torch.stack(by_hand), **CLOSE)


@pytest.mark.parametrize("part", [FeedForward(D_MODEL, D_FF), LayerNorm(D_MODEL)], ids=["feed-forward", "layer norm"])
def test_every_token_is_treated_alike_and_alone(part):
    part, X = busy(part.double()), normal(LENGTH, D_MODEL)
    order = torch.tensor([3, 0, 4, 1, 2])
    torch.testing.assert_close(part(X[order]), part(X)[order], **CLOSE)
    changed = X.clone()
    changed[2] = X[0]
    moved = (part(changed) - part(X)).abs().amax(dim=-1) > 0.01
    assert moved.tolist() == [False, False, True, False, False]


def test_block_equals_torch(block):
    X = normal(BATCH, LENGTH, D_MODEL)
    torch.testing.assert_close(block(X)[0], encoder_layer(block)(X), **CLOSE)


def test_block_with_padding_equals_torch(block):
    X, words = normal(BATCH, LENGTH, D_MODEL), padding_mask(torch.tensor([3, LENGTH]), LENGTH)
    out, weights = block(X, words[:, None, None, :])
    theirs = encoder_layer(block)(X, src_key_padding_mask=~words)
    torch.testing.assert_close(out[words], theirs[words], **CLOSE)
    assert (weights[0, :, :, 3:] == 0).all()


def test_a_pre_ln_stream_is_only_added_to(block):
    """Large numbers in the stream: pre-LN carries all of it on, post-LN brings it back to one size."""
    X = 10_000 * normal(BATCH, LENGTH, D_MODEL)
    moved = (block(X)[0] - X).norm() / X.norm()
    assert moved < 0.01 if block.norm_first else moved > 0.9
