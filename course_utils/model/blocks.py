"""One layer of an encoder and one of a decoder, of the parts that lessons 03, 05 and 07 built."""

import torch

from .feed_forward import FeedForward
from .layer_norm import LayerNorm
from .multi_head import MultiHead


def pre_ln_block(X, attend, feed, norm_1, norm_2):
    """One block of an encoder: attention, then feed-forward. Each reads the normalised X and adds what it found to X.

    X: (..., length, d_model).  attend, feed, norm_1, norm_2: functions; each takes a tensor shaped like X and gives
    back one of the same shape. attend gives only what was found, no weights. norm_1 belongs to attend, norm_2 to feed.
    Returns X: the same shape. The X that was handed over stays as it was.
    Source: Xiong et al. 2020, "On Layer Normalization in the Transformer Architecture", figure 1 (b).
    """
    X = X + attend(norm_1(X))
    return X + feed(norm_2(X))


def post_ln_block(X, attend, feed, norm_1, norm_2):
    """The same as in 2017: each part reads X itself, and the sum is normalised (Vaswani et al. 2017, section 3.1)."""
    X = norm_1(X + attend(X))
    return norm_2(X + feed(X))


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
        weights = None

        def attend(X):
            nonlocal weights
            found, weights = self.attention(X, mask=mask)  # (batch, length, d_model), (batch, n_heads, length, length)
            return self.dropout(found)

        def feed(X):
            return self.dropout(self.feed_forward(X))

        wired = pre_ln_block if self.norm_first else post_ln_block
        X = wired(X, attend, feed, self.norm_1, self.norm_2)  # (batch, length, d_model)
        return X, weights


def decoder_block(Y, memory, self_attend, cross_attend, feed, norm_1, norm_2, norm_3):
    """One block of a decoder: look at what is written so far, look at the memory, then feed-forward. Pre-LN.

    Y: (..., q_len, d_model), the output so far.  memory: (..., k_len, d_model), the encoder's output, read as it is.
    self_attend(Y), cross_attend(Y, memory), feed(Y) and norm_1, norm_2, norm_3 are functions; each gives back a tensor
    shaped like Y. Each part reads Y through the norm of its number, and what it finds is added to Y.
    Returns Y: the same shape. The Y that was handed over stays as it was.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.1, with the norms of Xiong et al. 2020.
    """
    Y = Y + self_attend(norm_1(Y))
    Y = Y + cross_attend(norm_2(Y), memory)
    return Y + feed(norm_3(Y))


class DecoderBlock(torch.nn.Module):
    """Keeps the parts of decoder_block, two attentions of several heads, and hands them their masks."""

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
        return self.with_keys(Y, self.cross_attention.keys_values(memory), mask, memory_mask)

    def with_keys(self, Y, memory, mask=None, memory_mask=None, joined=lambda new: new):
        """The same, with keys and values made before.

        memory: keys and values of the input.  joined: takes those of Y, and puts what was written before in front.
        """
        weights = None

        def self_attend(Y):
            found, _ = self.self_attention.look(Y, *joined(self.self_attention.keys_values(Y)), mask)
            return self.dropout(found)

        def cross_attend(Y, memory):
            nonlocal weights
            found, weights = self.cross_attention.look(Y, *memory, memory_mask)
            return self.dropout(found)

        def feed(Y):
            return self.dropout(self.feed_forward(Y))

        Y = decoder_block(Y, memory, self_attend, cross_attend, feed, self.norm_1, self.norm_2, self.norm_3)
        return Y, weights
