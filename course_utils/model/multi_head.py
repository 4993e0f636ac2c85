"""Multi-head attention as lesson 03 builds it: cut the projections, attend in each piece, join, mix."""

import torch

from .attention import attention
from .masks import masked_attention


def split_heads(X, n_heads):
    """Cut the features of every token into n_heads equal pieces, and give each head its own table of tokens.

    X: (batch, length, d_model), where d_model is a multiple of n_heads.
    Returns heads: (batch, n_heads, length, d_k) with d_k = d_model / n_heads; head 0 holds the first d_k features
    of every token, head 1 the next d_k, and so on.
    """
    *leading, length, d_model = X.shape
    if d_model % n_heads:
        raise ValueError(f"n_heads must divide d_model: {d_model} features cannot be cut into {n_heads} equal heads")
    d_k = d_model // n_heads
    pieces = X.reshape(*leading, length, n_heads, d_k)  # (batch, length, n_heads, d_k)
    return pieces.transpose(-3, -2)  # (batch, n_heads, length, d_k)


def merge_heads(X):
    """Put the heads' pieces of every token side by side again: the way back from split_heads.

    X: (batch, n_heads, length, d_k).
    Returns joined: (batch, length, n_heads * d_k), which is d_model again; head 0 gives the first d_k features.
    """
    *leading, n_heads, length, d_k = X.shape
    side_by_side = X.transpose(-3, -2)  # (batch, length, n_heads, d_k)
    return side_by_side.reshape(*leading, length, n_heads * d_k)  # (batch, length, n_heads * d_k)


def multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads):
    """Self-attention in n_heads heads: each looks for itself, and W_O mixes what they found.

    X: (batch, length, d_model).  W_Q, W_K, W_V, W_O: (d_model, d_model), used as X @ W, without bias.
    n_heads: how many heads; d_model is a multiple of it.
    Returns out: (batch, length, d_model) and weights: (batch, n_heads, length, length), a table for each head.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    Q = split_heads(X @ W_Q, n_heads)  # (batch, n_heads, length, d_k)
    K = split_heads(X @ W_K, n_heads)  # (batch, n_heads, length, d_k)
    V = split_heads(X @ W_V, n_heads)  # (batch, n_heads, length, d_k)
    heads, weights = attention(Q, K, V)  # (batch, n_heads, length, d_k), (batch, n_heads, length, length)
    return merge_heads(heads) @ W_O, weights


class MultiHead(torch.nn.Module):
    """Keeps the four matrices of multi_head_attention, and can also look at other tokens, through a mask.

    d_k: numbers for each head; d_model / n_heads unless given. W_Q, W_K, W_V: (d_model, n_heads * d_k) and
    W_O: (n_heads * d_k, d_model) begin normal, with the variance 1 / rows.
    """

    def __init__(self, d_model, n_heads, d_k=None):
        super().__init__()
        self.n_heads = n_heads
        joined = n_heads * (d_k or d_model // n_heads)
        self.W_Q, self.W_K, self.W_V = (_matrix(d_model, joined) for _ in range(3))
        self.W_O = _matrix(joined, d_model)

    def forward(self, X, memory=None, mask=None):
        """out and weights, as multi_head_attention returns them.

        X: (batch, q_len, d_model) asks.  memory: (batch, k_len, d_model) is looked at; X itself unless given.
        mask: boolean, True = may look, any shape that broadcasts to (batch, n_heads, q_len, k_len).
        """
        return self.look(X, *self.keys_values(X if memory is None else memory), mask)

    def keys_values(self, memory):
        """K and V of every head, both (batch, n_heads, k_len, d_k), of memory (batch, k_len, d_model): for a cache."""
        return split_heads(memory @ self.W_K, self.n_heads), split_heads(memory @ self.W_V, self.n_heads)

    def look(self, X, K, V, mask=None):
        """out: (batch, q_len, d_model) and weights: (batch, n_heads, q_len, k_len), for keys and values made before."""
        Q = split_heads(X @ self.W_Q, self.n_heads)  # (batch, n_heads, q_len, d_k)
        heads, weights = attention(Q, K, V) if mask is None else masked_attention(Q, K, V, mask)
        return merge_heads(heads) @ self.W_O, weights


def _matrix(rows, columns):
    return torch.nn.Parameter(torch.randn(rows, columns) / rows**0.5)
