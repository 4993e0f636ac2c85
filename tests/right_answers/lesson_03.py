"""Right answers to lesson 03's exercises, written in other ways."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def split_slices(X, n_heads):
    d_k = X.shape[-1] // n_heads
    return torch.stack([X[..., h * d_k : (h + 1) * d_k] for h in range(n_heads)], dim=1)


def split_loops(X, n_heads):
    batch, length, d_model = X.shape
    d_k = d_model // n_heads
    heads = torch.empty(batch, n_heads, length, d_k)
    for b in range(batch):
        for h in range(n_heads):
            for t in range(length):
                for j in range(d_k):
                    heads[b, h, t, j] = X[b, t, h * d_k + j]
    return heads


def split_nested_lists(X, n_heads):
    d_k = X.shape[-1] // n_heads
    return [[[token[h * d_k : (h + 1) * d_k] for token in sentence] for h in range(n_heads)] for sentence in X.tolist()]


def split_numpy(X, n_heads):
    return np.moveaxis(np.array_split(X, n_heads, axis=-1), 0, 1)


def merge_numpy(X):
    batch, n_heads, length, d_k = X.shape
    return np.transpose(X, (0, 2, 1, 3)).reshape(batch, length, n_heads * d_k)


def merge_loops(X):
    batch, n_heads, length, d_k = X.shape
    joined = torch.zeros(batch, length, n_heads * d_k, dtype=torch.float64)
    for h in range(n_heads):
        joined[:, :, h * d_k : (h + 1) * d_k] = X[:, h]
    return joined


def mha_head_by_head(X, W_Q, W_K, W_V, W_O, n_heads):
    found, tables = [], []
    for w_q, w_k, w_v in zip(*(W.chunk(n_heads, dim=1) for W in (W_Q, W_K, W_V))):
        scores = (X @ w_q) @ (X @ w_k).mT / math.sqrt(w_q.shape[1])
        tables.append(torch.softmax(scores, -1))
        found.append(tables[-1] @ (X @ w_v))
    return torch.cat(found, -1) @ W_O, torch.stack(tables, 1)


def mha_sum_of_heads(X, W_Q, W_K, W_V, W_O, n_heads):
    """W_O cut into rows: each head's part of out, added up."""
    d_k = W_Q.shape[1] // n_heads
    out, tables = torch.zeros_like(X), []
    for h in range(n_heads):
        own = slice(h * d_k, (h + 1) * d_k)
        scores = X @ W_Q[:, own] @ W_K[:, own].T @ X.transpose(1, 2) / d_k**0.5
        tables.append(scores.softmax(-1))
        out += tables[-1] @ X @ W_V[:, own] @ W_O[own]
    return out, torch.stack(tables, dim=1)


def mha_einsum(X, W_Q, W_K, W_V, W_O, n_heads):
    Q, K, V = (torch.einsum("btd,dhk->bhtk", X, W.reshape(len(W), n_heads, -1)) for W in (W_Q, W_K, W_V))
    weights = torch.einsum("bhqk,bhsk->bhqs", Q, K).div(Q.shape[-1] ** 0.5).softmax(-1)
    return torch.einsum("bhqs,bhsk,hkd->bqd", weights, V, W_O.reshape(n_heads, -1, len(W_O))), weights


def mha_folded_batch(X, W_Q, W_K, W_V, W_O, n_heads):
    """Batch and heads as one axis while attending."""
    batch, length, d_model = X.shape

    def fold(Y):
        return Y.view(batch, length, n_heads, -1).transpose(1, 2).reshape(batch * n_heads, length, -1)

    Q, K, V = fold(X @ W_Q), fold(X @ W_K), fold(X @ W_V)
    weights = torch.bmm(Q, K.transpose(1, 2)).div(math.sqrt(d_model / n_heads)).softmax(-1)
    out = torch.bmm(weights, V).view(batch, n_heads, length, -1).transpose(1, 2).reshape(batch, length, d_model)
    return [out @ W_O, weights.view(batch, n_heads, length, length)]


def mha_numpy(X, W_Q, W_K, W_V, W_O, n_heads):
    batch, length, d_model = X.shape
    X, W_Q, W_K, W_V, W_O = (np.asarray(M, dtype=np.float64) for M in (X, W_Q, W_K, W_V, W_O))
    Q, K, V = ((X @ W).reshape(batch, length, n_heads, -1).swapaxes(1, 2) for W in (W_Q, W_K, W_V))
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(d_model // n_heads)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return (weights @ V).swapaxes(1, 2).reshape(batch, length, d_model) @ W_O, weights


def mha_fused_projection(X, W_Q, W_K, W_V, W_O, n_heads):
    """One product for Q, K and V, the library's attention inside, and the weights beside it."""
    QKV = F.linear(X, torch.cat((W_Q, W_K, W_V), dim=1).T)
    Q, K, V = (Y.unflatten(-1, (n_heads, -1)).transpose(1, 2) for Y in QKV.chunk(3, dim=-1))
    out = F.scaled_dot_product_attention(Q, K, V).transpose(1, 2).flatten(2)
    return F.linear(out, W_O.T), (Q @ K.mT / math.sqrt(Q.shape[-1])).softmax(-1)


RIGHT = {
    "split_heads": [
        split_slices,
        split_loops,
        split_nested_lists,
        split_numpy,
        lambda X, n_heads: X.view(X.shape[0], X.shape[1], n_heads, -1).permute(0, 2, 1, 3),
        lambda X, n_heads: X.unflatten(-1, (n_heads, -1)).transpose(1, 2).contiguous(),
        lambda X, n_heads: torch.stack(X.double().chunk(n_heads, dim=-1)).transpose(0, 1),
    ],
    "merge_heads": [
        merge_numpy,
        merge_loops,
        lambda X: torch.cat([X[:, h] for h in range(X.shape[1])], dim=-1),
        lambda X: torch.cat(X.unbind(1), -1),
        lambda X: X.transpose(1, 2).flatten(2),
        lambda X: X.permute(0, 2, 1, 3).contiguous().view(X.size(0), X.size(2), -1),
        lambda X: [[sum((head[t] for head in heads), []) for t in range(len(heads[0]))] for heads in X.tolist()],
    ],
    "multi_head_attention": [
        mha_head_by_head,
        mha_sum_of_heads,
        mha_einsum,
        mha_folded_batch,
        mha_numpy,
        mha_fused_projection,
    ],
}  # fmt: skip
