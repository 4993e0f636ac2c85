"""Who may look at whom: masks as lesson 05 builds them, and attention that obeys one. True = may look."""

import math

import torch

from .attention import softmax


def causal_mask(length):
    """True where a position may look: at itself and at what came before.

    length: the number of tokens, an integer from 1.
    Returns mask: (q_len, k_len) = (length, length), boolean; row = who looks, column = at whom.
    """
    return torch.ones(length, length).tril().bool()


def padding_mask(lengths, max_length):
    """True where a sentence has a word, False where it was filled up to the common length.

    lengths: (batch,), a tensor of integers from 1 to max_length: how many words each sentence has.
    max_length: the common length, an integer. Words come first, padding after them.
    Returns mask: (batch, max_length), boolean.
    """
    return torch.arange(max_length) < lengths[:, None]  # (batch, max_length)


def masked_attention(Q, K, V, mask):
    """Scaled dot-product attention in which each query sees only the keys that the mask allows.

    Q: (..., q_len, d_k).  K: (..., k_len, d_k).  V: (..., k_len, d_v).
    mask: boolean, True = may look; any shape that broadcasts to (..., q_len, k_len). No row forbids every key.
    Returns out: (..., q_len, d_v) and weights: (..., q_len, k_len). A forbidden key has weight 0, a row sums to 1.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.2.3.
    """
    scores = Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])  # (..., q_len, k_len)
    weights = softmax(scores.masked_fill(~mask, -torch.inf))  # (..., q_len, k_len)
    return weights @ V, weights
