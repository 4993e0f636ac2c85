"""Multi-head attention as lesson 03 builds it: cut the projections, attend in each piece, join, mix."""

from .attention import attention


def split_heads(X, n_heads):
    """Cut the features of every token into n_heads equal pieces, and give each head its own table of tokens.

    X: (batch, length, d_model), where d_model is a multiple of n_heads.
    Returns (batch, n_heads, length, d_k) with d_k = d_model / n_heads; head 0 holds the first d_k features
    of every token, head 1 the next d_k, and so on. Axes before `length` stay as they are.
    """
    *leading, length, d_model = X.shape
    if d_model % n_heads:
        raise ValueError(f"n_heads must divide d_model: {d_model} features cannot be cut into {n_heads} equal heads")
    pieces = X.reshape(*leading, length, n_heads, d_model // n_heads)
    return pieces.transpose(-3, -2)


def merge_heads(X):
    """Put the heads' pieces of every token side by side again: the way back from split_heads.

    X: (batch, n_heads, length, d_k).
    Returns (batch, length, d_model) with d_model = n_heads * d_k; head 0 gives the first d_k features.
    """
    *leading, n_heads, length, d_k = X.shape
    return X.transpose(-3, -2).reshape(*leading, length, n_heads * d_k)


def multi_head_attention(X, W_Q, W_K, W_V, W_O, n_heads):
    """Self-attention in n_heads heads: each looks for itself, and W_O mixes what they found.

    X: (batch, length, d_model).  W_Q, W_K, W_V, W_O: (d_model, d_model), used as X @ W, without bias.
    n_heads: how many heads; d_model is a multiple of it.
    Returns out: (batch, length, d_model) and weights: (batch, n_heads, length, length), a table for each head.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.2.
    """
    Q, K, V = (split_heads(X @ W, n_heads) for W in (W_Q, W_K, W_V))
    heads, weights = attention(Q, K, V)
    return merge_heads(heads) @ W_O, weights
