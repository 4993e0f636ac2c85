"""One layer of an encoder and one of a decoder, of the parts that lessons 03, 05 and 07 built."""

import torch

from .feed_forward import FeedForward
from .layer_norm import LayerNorm
from .multi_head import MultiHead


class EncoderBlock(torch.nn.Module):
    """Attention, then feed-forward; each reads the normalised stream and adds what it found to it.

    norm_first: normalise what a part reads (pre-LN, the default), or the sum after it (post-LN, as in 2017).
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.1; Xiong et al. 2020, "On Layer Normalization
    in the Transformer Architecture" (pre-LN).
    """

    def __init__(self, d_model, n_heads, d_ff, dropout=0.0, norm_first=True):
        super().__init__()
        self.norm_first = norm_first
        self.attention, self.feed_forward = MultiHead(d_model, n_heads), FeedForward(d_model, d_ff)
        self.norm_1, self.norm_2 = LayerNorm(d_model), LayerNorm(d_model)
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, X, mask=None):
        """X: (batch, length, d_model).  mask: True = may look, broadcasts to (batch, n_heads, length, length).

        Returns X: (batch, length, d_model) and weights: (batch, n_heads, length, length).
        """
        if not self.norm_first:
            found, weights = self.attention(X, mask=mask)  # (batch, length, d_model), (batch, n_heads, length, length)
            X = self.norm_1(X + self.dropout(found))  # (batch, length, d_model)
            return self.norm_2(X + self.dropout(self.feed_forward(X))), weights
        found, weights = self.attention(self.norm_1(X), mask=mask)
        X = X + self.dropout(found)  # (batch, length, d_model)
        return X + self.dropout(self.feed_forward(self.norm_2(X))), weights


class DecoderBlock(torch.nn.Module):
    """Looks at what is written so far, then at the memory (the encoder's output), then feed-forward. Pre-LN.

    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.1.
    """

    def __init__(self, d_model, n_heads, d_ff, dropout=0.0):
        super().__init__()
        self.self_attention, self.cross_attention = MultiHead(d_model, n_heads), MultiHead(d_model, n_heads)
        self.feed_forward = FeedForward(d_model, d_ff)
        self.norm_1, self.norm_2, self.norm_3 = (LayerNorm(d_model) for _ in range(3))
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, Y, memory, mask=None, memory_mask=None):
        """Y: (batch, q_len, d_model), the output so far.  memory: (batch, k_len, d_model).

        mask: who may look at whom within Y.  memory_mask: at what in memory. True = may look.
        Returns Y: (batch, q_len, d_model) and cross-attention weights: (batch, n_heads, q_len, k_len).
        """
        normed = self.norm_1(Y)  # (batch, q_len, d_model)
        past, memory = self.self_attention.keys_values(normed), self.cross_attention.keys_values(memory)
        return self.with_keys(Y, normed, past, memory, mask, memory_mask)

    def with_keys(self, Y, normed, past, memory, mask=None, memory_mask=None):
        """The same, with keys and values made before: `past` of the output so far, `memory` of the input.

        normed: norm_1(Y), of which the last keys and values of past were made.
        """
        found, _ = self.self_attention.look(normed, *past, mask)
        Y = Y + self.dropout(found)  # (batch, q_len, d_model)
        found, weights = self.cross_attention.look(self.norm_2(Y), *memory, memory_mask)
        Y = Y + self.dropout(found)  # (batch, q_len, d_model)
        return Y + self.dropout(self.feed_forward(self.norm_3(Y))), weights
