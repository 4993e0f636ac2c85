"""Promise: the course's attention is right, against loops and against torch's own."""

import math

import torch
import torch.nn.functional as F

from course_utils.model.attention import attention, project, similarity, soft_lookup, softmax

CLOSE = {"rtol": 0, "atol": 1e-6}


def normal(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(sum(shape)))


def test_similarity_is_one_dot_product_per_key():
    q, K = normal(4), normal(3, 4)
    by_hand = [sum(q[i] * K[j, i] for i in range(4)) for j in range(3)]
    torch.testing.assert_close(similarity(q, K), torch.stack(by_hand), **CLOSE)


def test_soft_lookup_is_a_weighted_average():
    q, K, V = normal(4), normal(3, 4), normal(3, 5)
    exps = [math.exp(sum(q[i] * K[j, i] for i in range(4))) for j in range(3)]
    by_hand = sum(e / sum(exps) * V[j] for j, e in enumerate(exps))
    torch.testing.assert_close(soft_lookup(q, K, V), by_hand, **CLOSE)


def test_project_is_three_linear_layers():
    X, weights = normal(3, 4), [normal(4, 2), normal(4, 5), normal(4, 6)]
    for view, W in zip(project(X, *weights), weights):
        torch.testing.assert_close(view, F.linear(X, W.T), **CLOSE)


def test_softmax_equals_torch_even_where_exp_overflows():
    for scores in (normal(2, 3, 4), 1000 + normal(3, 4), torch.tensor([[0.0, -torch.inf, 5000.0]])):
        torch.testing.assert_close(softmax(scores), torch.softmax(scores, dim=-1), **CLOSE)


def test_attention_equals_torch():
    Q, K, V = normal(2, 3, 4, 5), normal(2, 3, 6, 5), normal(2, 3, 6, 7)
    out, weights = attention(Q, K, V)
    torch.testing.assert_close(out, F.scaled_dot_product_attention(Q, K, V), **CLOSE)
    torch.testing.assert_close(weights.sum(-1), torch.ones(2, 3, 4, dtype=torch.float64), **CLOSE)


def test_shuffled_tokens_give_shuffled_outputs():
    Q, K, V = normal(5, 4), normal(5, 4).flip(0), normal(5, 3)
    order = torch.tensor([3, 0, 4, 1, 2])
    torch.testing.assert_close(attention(Q[order], K[order], V[order])[0], attention(Q, K, V)[0][order], **CLOSE)
