"""Promise: the course's masks and masked attention are right, against loops and against torch's own."""

import math

import pytest
import torch
import torch.nn.functional as F

from course_utils.exercises.finds_leak import finds_leak
from course_utils.model.leaks import HONEST, LEAKING
from course_utils.model.masks import causal_mask, masked_attention, padding_mask

CLOSE = {"rtol": 0, "atol": 1e-6}
BATCH, N_HEADS, LENGTH, D_K, D_V = 2, 3, 5, 4, 6


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(sum(shape)))


def inputs():
    return (
        normal(BATCH, N_HEADS, LENGTH, D_K),
        normal(BATCH, N_HEADS, LENGTH, D_K).flip(2),
        normal(BATCH, N_HEADS, LENGTH, D_V),
    )


def both_masks():
    return causal_mask(LENGTH) & padding_mask(torch.tensor([3, 5]), LENGTH)[:, None, None]  # (2, 1, 5, 5)


@pytest.mark.parametrize("length", [1, 2, 7])
def test_causal_mask_allows_the_past_and_oneself(length):
    mask = causal_mask(length)
    assert mask.dtype == torch.bool
    assert mask.tolist() == [[key <= query for key in range(length)] for query in range(length)]
    assert torch.equal(mask, torch.nn.Transformer.generate_square_subsequent_mask(length) == 0)


def test_padding_mask_allows_as_many_places_as_words():
    lengths = torch.tensor([4, 1, 3, 5])
    mask = padding_mask(lengths, 6)
    assert mask.dtype == torch.bool and mask.shape == (4, 6)
    assert mask.tolist() == [[place < length for place in range(6)] for length in lengths.tolist()]


def test_masked_attention_equals_torch():
    Q, K, V = inputs()
    out, weights = masked_attention(Q, K, V, both_masks())
    torch.testing.assert_close(out, F.scaled_dot_product_attention(Q, K, V, attn_mask=both_masks()), **CLOSE)
    torch.testing.assert_close(weights.sum(-1), torch.ones(BATCH, N_HEADS, LENGTH, dtype=torch.float64), **CLOSE)
    assert (weights[~both_masks().expand_as(weights)] == 0).all()


def test_masked_attention_equals_loops():
    Q, K, V = inputs()
    mask = both_masks().expand(BATCH, N_HEADS, LENGTH, LENGTH)
    out, weights = masked_attention(Q, K, V, mask)
    for b, h, i in torch.cartesian_prod(torch.arange(BATCH), torch.arange(N_HEADS), torch.arange(LENGTH)):
        exps = [float(mask[b, h, i, j]) * math.exp(Q[b, h, i] @ K[b, h, j] / math.sqrt(D_K)) for j in range(LENGTH)]
        by_hand = torch.tensor(exps, dtype=torch.float64) / sum(exps)
        torch.testing.assert_close(weights[b, h, i], by_hand, **CLOSE)
        torch.testing.assert_close(out[b, h, i], sum(w * V[b, h, j] for j, w in enumerate(by_hand)), **CLOSE)


def test_a_short_sentence_gets_what_it_gets_without_padding():
    Q, K, V = inputs()
    padded, _ = masked_attention(Q, K, V, both_masks())
    alone, _ = masked_attention(Q[:1, :, :3], K[:1, :, :3], V[:1, :, :3], causal_mask(3))
    torch.testing.assert_close(padded[:1, :, :3], alone, **CLOSE)


def test_no_later_token_changes_an_earlier_output_to_the_last_bit():
    Q, K, V = (part.float() for part in inputs())
    before, _ = masked_attention(Q, K, V, causal_mask(LENGTH))
    for j in range(1, LENGTH):
        changed = [part.clone() for part in (Q, K, V)]
        for part in changed:
            part[..., j, :] += 100
        after, _ = masked_attention(*changed, causal_mask(LENGTH))
        assert torch.equal(after[..., :j, :], before[..., :j, :])
        assert not torch.equal(after[..., j, :], before[..., j, :])


def test_a_row_that_sees_nothing_is_nan_and_no_other():
    Q, K, V = inputs()
    mask = causal_mask(LENGTH).clone()
    mask[2] = False
    out, weights = masked_attention(Q, K, V, mask)
    assert out[..., 2, :].isnan().all() and weights[..., 2, :].isnan().all()
    assert int(out.isnan().sum()) == out[..., 2, :].numel()


@pytest.mark.parametrize("name, layer", [*HONEST.items(), *LEAKING.items()])
def test_the_suspects_are_what_they_are_called(name, layer):
    X = 0.5 * torch.randn(12, 8, generator=torch.Generator().manual_seed(7))
    gradient = torch.autograd.functional.jacobian(layer, X).abs().sum((1, 3))  # (12, 12)
    looks_ahead = bool(gradient.triu(1).any())
    assert looks_ahead == (name in LEAKING)
    assert finds_leak(layer, X) == looks_ahead
