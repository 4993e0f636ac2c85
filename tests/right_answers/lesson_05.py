"""Right answers to lesson 05's exercises, written in other ways."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def causal_loops(length):
    return [[j <= i for j in range(length)] for i in range(length)]


def causal_added(length):
    return torch.full((length, length), -torch.inf).triu(1)


def causal_batched(length):
    return torch.ones(1, 1, length, length, dtype=torch.bool).tril()


def causal_numpy(length):
    return np.tri(length, dtype=int)


def padding_loops(lengths, max_length):
    return [[True] * int(n) + [False] * (max_length - int(n)) for n in lengths]


def padding_filled_row_by_row(lengths, max_length):
    mask = torch.zeros(len(lengths), max_length)
    for row, n in enumerate(lengths):
        mask[row, :n] = 1
    return mask


def padding_numpy(lengths, max_length):
    return np.arange(max_length)[None, :] < np.asarray(lengths)[:, None]


def padding_added(lengths, max_length):
    mask = torch.zeros(len(lengths), max_length)
    mask[torch.arange(max_length).expand_as(mask) >= lengths.unsqueeze(1)] = -1e9
    return mask


def padding_triangle(lengths, max_length):
    return torch.ones(max_length, max_length, dtype=torch.int8).tril()[lengths - 1]


def scaled(Q, K):
    return Q @ K.transpose(-2, -1) / math.sqrt(Q.size(-1))


def fill(number):
    def attention(Q, K, V, mask):
        weights = torch.softmax(scaled(Q, K).masked_fill(mask == 0, number), dim=-1)
        return weights @ V, weights

    return attention


def added(Q, K, V, mask):
    weights = F.softmax(scaled(Q, K) + torch.zeros(mask.shape).masked_fill(~mask, -1e9), dim=-1)
    return weights @ V, weights


def added_logarithm(Q, K, V, mask):
    weights = F.softmax(scaled(Q, K) + mask.double().log(), dim=-1)
    return weights @ V.double(), weights


def library(Q, K, V, mask):
    out = F.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
    weights = F.scaled_dot_product_attention(Q, K, torch.eye(K.shape[-2]).expand(*K.shape[:-2], -1, -1), attn_mask=mask)
    return out, weights


def shared_out_again(Q, K, V, mask):
    weights = scaled(Q, K).softmax(-1) * mask
    weights = weights / weights.sum(-1, keepdim=True)
    return weights @ V, weights


def numpy_where(Q, K, V, mask):
    Q, K, V = (np.asarray(M, dtype=np.float64) for M in (Q, K, V))
    scores = np.where(mask, Q @ np.swapaxes(K, -1, -2) / K.shape[-1] ** 0.5, -np.inf)
    exps = np.exp(scores - scores.max(-1, keepdims=True))
    weights = exps / exps.sum(-1, keepdims=True)
    return weights @ V, weights


def expanded_and_indexed(Q, K, V, mask):
    scores = torch.einsum("...qd,...kd->...qk", Q * K.shape[-1] ** -0.5, K)
    scores[~mask.expand_as(scores)] = torch.finfo(scores.dtype).min
    scores = scores - scores.amax(-1, keepdim=True)
    weights = scores.exp() / scores.exp().sum(-1, keepdim=True)
    return [torch.einsum("...qk,...kd->...qd", weights, V), weights]


def loops(Q, K, V, mask):
    if Q.ndim > 2:
        mask = mask.expand(*Q.shape[:-1], K.shape[-2])
        parts = [loops(*part) for part in zip(Q, K, V, mask, strict=True)]
        return torch.stack([out for out, _ in parts]), torch.stack([weights for _, weights in parts])
    weights = torch.zeros(len(Q), len(K))
    for i, q in enumerate(Q):
        allowed = [j for j in range(len(K)) if mask[i, j]]
        weights[i, allowed] = torch.softmax(torch.stack([q @ K[j] for j in allowed]) / math.sqrt(len(q)), 0)
    return weights @ V, weights


def leak_by_gradient(layer, X):
    X = X.clone().requires_grad_()
    return any(bool(torch.autograd.grad(layer(X)[i].sum(), X)[0][i + 1 :].any()) for i in range(len(X)))


def leak_by_huge_numbers(layer, X):
    far = [torch.where(torch.arange(len(X))[:, None] == j, 1e4, X) for j in range(1, len(X))]
    return any(not torch.allclose(layer(X)[:j], layer(other)[:j], atol=1e-6) for j, other in enumerate(far, 1))


def leak_by_new_futures(layer, X):
    leaks = False
    for i in range(len(X)):
        other = torch.cat([X[: i + 1], torch.randn_like(X[i + 1 :])])
        leaks = leaks or bool((layer(other)[i] != layer(X)[i]).any())
    return leaks


def leak_numpy(layer, X):
    X = np.asarray(X)
    leaks = np.zeros(len(X), dtype=bool)
    for j in range(len(X)):
        other = X.copy()
        other[j] = 0
        leaks[j] = np.abs(np.asarray(layer(other)) - np.asarray(layer(X)))[:j].max(initial=0) > 0
    return leaks.any()


def leak_in_loops(layer, X):
    for i in range(len(X)):
        for j in range(i + 1, len(X)):
            other = X.clone()
            other[j] = -2 * X[j]
            if layer(other)[i].tolist() != layer(X)[i].tolist():
                return 1
    return 0


def packed_loops(sentence):
    length = len(sentence)
    return [[bool(sentence[i] == sentence[j]) and j <= i for j in range(length)] for i in range(length)]


def packed_blocks(sentence):
    sizes = torch.unique_consecutive(sentence, return_counts=True)[1].tolist()
    return torch.block_diag(*(torch.ones(size, size).tril() for size in sizes))


def packed_added(sentence):
    length = len(sentence)
    mask = torch.full((length, length), -torch.inf)
    for i in range(length):
        for j in range(i + 1):
            if sentence[i] == sentence[j]:
                mask[i, j] = 0
    return mask


def packed_numpy(sentence):
    numbers = np.asarray(sentence)
    return np.tril(np.equal.outer(numbers, numbers))


def packed_by_difference(sentence):
    length = len(sentence)
    later = torch.arange(length) > torch.arange(length)[:, None]
    return (((sentence[:, None] - sentence).abs() + later.int()) == 0)[None]


RIGHT = {
    "finds_leak": [leak_by_gradient, leak_by_huge_numbers, leak_by_new_futures, leak_numpy, leak_in_loops],
    "causal_mask": [
        causal_loops,
        causal_added,
        causal_batched,
        causal_numpy,
        lambda length: torch.arange(length) <= torch.arange(length)[:, None],
        lambda length: ~torch.triu(torch.ones(length, length, dtype=torch.bool), diagonal=1),
        lambda length: torch.ones(length, length).tril(),
        lambda length: (1 - torch.ones(length, length).tril()) * -1e9,
        lambda length: np.triu(np.full((length, length), -1e4), 1).tolist(),
        lambda length: torch.nn.Transformer.generate_square_subsequent_mask(length),
    ],
    "padding_mask": [
        padding_loops,
        padding_filled_row_by_row,
        padding_numpy,
        padding_added,
        padding_triangle,
        lambda lengths, max_length: torch.stack([torch.arange(max_length) < n for n in lengths]),
        lambda lengths, max_length: (torch.arange(max_length)[None] < lengths[:, None])[None],
        lambda lengths, max_length: [[int(place < n) for place in range(max_length)] for n in lengths.tolist()],
    ],
    "masked_attention": [
        fill(-1e4),
        fill(-1e9),
        fill(-torch.inf),
        fill(torch.finfo(torch.float32).min),
        added,
        added_logarithm,
        library,
        shared_out_again,
        numpy_where,
        expanded_and_indexed,
        loops,
    ],
    "packed_mask": [
        packed_loops,
        packed_blocks,
        packed_added,
        packed_numpy,
        packed_by_difference,
        lambda sentence: (sentence[:, None] == sentence[None]).tril(),
    ],
}
