"""Promise: lesson 03's heads are right, against loops and torch's own layer, and its tasks are what their texts say."""

import math

import pytest
import torch

from course_utils.data.who_holds_what import in_words, stored_heads, two_wishes, who_holds_what
from course_utils.model.attention import attention
from course_utils.model.multi_head import MultiHead, merge_heads, multi_head_attention, split_heads

CLOSE = {"rtol": 0, "atol": 1e-6}


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(sum(shape)))


def matrices(d_model):
    return (normal(4, d_model, d_model) / math.sqrt(d_model)).unbind()


def test_split_gives_each_head_its_neighbouring_features():
    X, heads = normal(2, 5, 12), split_heads(normal(2, 5, 12), 4)
    assert heads.shape == (2, 4, 5, 3)
    for h in range(4):
        torch.testing.assert_close(heads[:, h], X[:, :, 3 * h : 3 * h + 3], rtol=0, atol=0)


@pytest.mark.parametrize("shape", [(5, 12), (2, 5, 12), (3, 2, 5, 12)])
def test_merge_is_the_way_back(shape):
    X = normal(*shape)
    torch.testing.assert_close(merge_heads(split_heads(X, 4)), X, rtol=0, atol=0)


def test_split_says_when_the_heads_do_not_fit():
    with pytest.raises(ValueError, match="12 features cannot be cut into 5 equal heads"):
        split_heads(normal(3, 12), 5)


@pytest.mark.parametrize("shape", [(5, 12), (2, 5, 12)])
def test_multi_head_attention_equals_a_loop_over_heads(shape):
    X, (W_Q, W_K, W_V, W_O) = normal(*shape), matrices(12)
    out, weights = multi_head_attention(X, W_Q, W_K, W_V, W_O, 4)
    by_hand = 0
    for h in range(4):
        own = slice(3 * h, 3 * h + 3)
        head, table = attention(X @ W_Q[:, own], X @ W_K[:, own], X @ W_V[:, own])
        by_hand = by_hand + head @ W_O[own]
        torch.testing.assert_close(weights[..., h, :, :], table, **CLOSE)
    torch.testing.assert_close(out, by_hand, **CLOSE)


@pytest.mark.parametrize("n_heads", [1, 3, 12])
def test_multi_head_attention_equals_torch(n_heads):
    X, Ws = normal(2, 5, 12), matrices(12)
    layer = torch.nn.MultiheadAttention(12, n_heads, bias=False, batch_first=True, dtype=torch.float64)
    layer.in_proj_weight.data, layer.out_proj.weight.data = torch.cat([W.T for W in Ws[:3]]), Ws[3].T
    expected, tables = layer(X, X, X, average_attn_weights=False)
    out, weights = multi_head_attention(X, *Ws, n_heads)
    torch.testing.assert_close(out, expected, **CLOSE)
    torch.testing.assert_close(weights, tables, **CLOSE)


@pytest.mark.parametrize("d_k, joined", [(None, 12), (5, 20)])
def test_multi_head_holds_its_own_matrices(d_k, joined):
    model = MultiHead(12, 4, d_k)
    assert [tuple(matrix.shape) for matrix in model.parameters()] == [(12, joined)] * 3 + [(joined, 12)]
    out, weights = model(normal(2, 5, 12).float())
    assert out.shape == (2, 5, 12) and weights.shape == (2, 4, 5, 5)


def test_who_holds_what_answers_its_questions():
    X, answers = who_holds_what(torch.Generator().manual_seed(0), 50, d_model=24)
    assert X.shape == (50, 5, 24) and not X[..., 20:].any()
    for example, wanted in zip(X, answers):
        *rows, asks = in_words(example)
        holds = dict(row.split(" has ") for row in rows)
        assert len(holds) == 4 == len(set(holds.values()))
        assert [int(holds[name.strip("?")]) for name in asks.split()] == wanted.tolist()


def test_two_wishes_need_two_heads():
    tokens, X, *Ws = two_wishes()
    sat, cat, bank = map(tokens.index, ("sat", "cat", "bank"))
    weights = {n_heads: multi_head_attention(X, *Ws, n_heads)[1][:, sat] for n_heads in (1, 2)}
    assert weights[2][0, cat] > 0.95 and weights[2][1, bank] > 0.95
    assert 0.4 < weights[1][0, cat] < 0.5 and 0.4 < weights[1][0, bank] < 0.5


def losses(kind, fixed, examples, n_heads):
    setting = {"fixed": fixed, "examples": examples, "n_heads": n_heads}
    return [run[kind] for run in stored_heads() if setting.items() <= run.items()]


def test_stored_heads_show_what_the_lesson_says():
    """Every seed on its own side, and far apart."""
    little, much, fixed = 1_000, 20_000, "n_heads * d_k"
    assert min(losses("right", fixed, little, 8)) > 0.95 and max(losses("right", fixed, little, 64)) < 0.3
    assert min(losses("validation", fixed, little, 64)) > 3 and max(losses("training", fixed, little, 64)) < 1
    assert min(losses("training", fixed, much, 64)) > 0.7, "much data: high on both"
    assert min(losses("right", "d_k = 8", little, 64)) > 0.9, "d_k = 8 fixed: more heads do little harm"
    assert min(losses("right", "d_k = 8", much, 64)) > 0.99
    eight, many = losses("right", "d_k = 1", little, 8), losses("right", "d_k = 1", little, 64)
    assert max(eight) < 0.2 and min(many) > max(eight), "d_k = 1: few look badly, many a little less so"
    assert min(losses("validation", "d_k = 1", little, 64)) > max(losses("validation", "d_k = 1", little, 8))


def test_more_heads_take_longer():
    for fixed in ("n_heads * d_k", "d_k = 8", "d_k = 1"):
        for examples in (1_000, 20_000):
            assert min(losses("seconds", fixed, examples, 64)) > 2 * max(losses("seconds", fixed, examples, 1))


def test_the_settings_meet_where_they_are_the_same():
    """64 heads of 64 / 64 = 1 number, and 8 heads of 64 / 8 = 8, are the same nets."""
    for kind in ("training", "validation", "right"):
        assert losses(kind, "n_heads * d_k", 1_000, 64) == losses(kind, "d_k = 1", 1_000, 64)
        assert losses(kind, "n_heads * d_k", 1_000, 8) == losses(kind, "d_k = 8", 1_000, 8)
