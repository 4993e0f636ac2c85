"""Attention as lessons 01 and 02 build it: a soft look-up, then the same for many queries at once."""

import math

import torch


def similarity(q, K):
    """One score per key: the dot product of the query with that key.

    q: (d_k,), one query.  K: (k_len, d_k), one key per row.
    Returns scores: (k_len,).
    """
    return K @ q


def soft_lookup(q, K, V):
    """The average of the values, weighted by how well each key matches the query.

    q: (d_k,), one query.  K: (k_len, d_k), one key per row.  V: (k_len, d_v), one value per row.
    The weights are exp(score) / sum of all exp(score), with the dot products as scores.
    Returns the blended value: (d_v,).
    """
    exps = torch.exp(similarity(q, K))  # (k_len,)
    weights = exps / exps.sum()  # (k_len,)
    return weights @ V


def project(X, W_Q, W_K, W_V):
    """Three views of the same tokens: what each asks for, what it answers to, what it hands over.

    X: (length, d_model), one token per row.  W_Q, W_K: (d_model, d_k).  W_V: (d_model, d_v).
    Returns Q: (length, d_k), K: (length, d_k), V: (length, d_v).
    """
    return X @ W_Q, X @ W_K, X @ W_V


def softmax(scores):
    """Weights from scores: all positive, and each row (the last axis) sums to 1.

    scores: (..., k_len), any numbers; 1000 must not overflow.
    Returns weights: the same shape.
    """
    exps = torch.exp(scores - scores.max(dim=-1, keepdim=True).values)
    return exps / exps.sum(dim=-1, keepdim=True)


def attention(Q, K, V):
    """Scaled dot-product attention: each query's own average of the values.

    Q: (..., q_len, d_k).  K: (..., k_len, d_k).  V: (..., k_len, d_v).
    Returns out: (..., q_len, d_v) and weights: (..., q_len, k_len), whose rows sum to 1.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.1.
    """
    scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
