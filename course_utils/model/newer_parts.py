"""What has changed in Transformers since 2017, each part made to stand in the place of the older one (lesson 10)."""

import torch

from .masks import masked_attention
from .multi_head import MultiHead, merge_heads, split_heads
from .positions import rotate_by_position


class RMSNorm(torch.nn.Module):
    """Each token's numbers divided by their root mean square, times a gain: no mean is taken off, no bias is added.

    Source: Zhang and Sennrich 2019, "Root Mean Square Layer Normalization".
    """

    def __init__(self, d_model):
        super().__init__()
        self.gain = torch.nn.Parameter(torch.ones(d_model))

    def forward(self, X):
        """The same shape as X: (..., d_model)."""
        return torch.nn.functional.rms_norm(X, self.gain.shape, self.gain, eps=0.00001)


class SwiGLU(torch.nn.Module):
    """A feed-forward part in which one half of the hidden numbers opens and closes the other half, without biases.

    Three matrices of d_ff columns in the place of two: give it two thirds of the d_ff for as many parameters.
    Source: Shazeer 2020, "GLU Variants Improve Transformer".
    """

    def __init__(self, d_model, d_ff):
        super().__init__()
        self.W_gate = torch.nn.Parameter(torch.randn(d_model, d_ff) / d_model**0.5)
        self.W_1 = torch.nn.Parameter(torch.randn(d_model, d_ff) / d_model**0.5)
        self.W_2 = torch.nn.Parameter(torch.randn(d_ff, d_model) / d_ff**0.5)

    def forward(self, X):
        """The same shape as X: (..., d_model)."""
        gate = torch.nn.functional.silu(X @ self.W_gate)  # (..., d_ff)
        return (gate * (X @ self.W_1)) @ self.W_2


class RotaryHeads(MultiHead):
    """MultiHead that turns queries and keys by their position (lesson 04's RoPE), so that nothing is added to X."""

    def keys_values(self, memory):
        K, V = super().keys_values(memory)
        return rotate_by_position(K), V

    def look(self, X, K, V, mask=None):
        Q = rotate_by_position(split_heads(X @ self.W_Q, self.n_heads))  # (batch, n_heads, q_len, d_k)
        mask = torch.ones(Q.shape[-2], K.shape[-2], dtype=torch.bool) if mask is None else mask
        heads, weights = masked_attention(Q, K, V, mask)
        return merge_heads(heads) @ self.W_O, weights


class GroupedHeads(MultiHead):
    """MultiHead in which several heads share one pair of keys and values: fewer of both, and a smaller cache.

    n_pairs: how many pairs of keys and values there are; it divides n_heads. 1 is called multi-query attention.
    Source: Ainslie et al. 2023, "GQA: Training Generalized Multi-Query Transformer Models".
    """

    def __init__(self, d_model, n_heads, n_pairs):
        super().__init__(d_model, n_heads)
        self.n_pairs, narrow = n_pairs, d_model // n_heads * n_pairs
        self.W_K = torch.nn.Parameter(torch.randn(d_model, narrow) / d_model**0.5)
        self.W_V = torch.nn.Parameter(torch.randn(d_model, narrow) / d_model**0.5)

    def keys_values(self, memory):
        pairs = (split_heads(memory @ W, self.n_pairs) for W in (self.W_K, self.W_V))
        return tuple(pair.repeat_interleave(self.n_heads // self.n_pairs, dim=-3) for pair in pairs)


def with_rms_norm(model):
    """RMSNorm in the place of every LayerNorm of a LanguageModel."""
    width = model.embedding.weight.shape[1]
    for block in model.blocks:
        block.norm_1, block.norm_2 = RMSNorm(width), RMSNorm(width)
    model.norm = RMSNorm(width)


def with_swiglu(model):
    """SwiGLU with two thirds of the hidden numbers, so that it has about as many parameters as before."""
    for block in model.blocks:
        block.feed_forward = SwiGLU(*_two_thirds(block.feed_forward.W_1.shape))


def _two_thirds(sizes):
    return sizes[0], 2 * sizes[1] // 3


def with_rope(model):
    """Queries and keys are turned, and no positions are added to the embeddings."""
    for block in model.blocks:
        block.attention = RotaryHeads(len(block.attention.W_Q), block.attention.n_heads)
    model.positions.zero_()


def with_grouped_heads(model):
    """All heads of a layer share one pair of keys and values."""
    for block in model.blocks:
        block.attention = GroupedHeads(len(block.attention.W_Q), block.attention.n_heads, n_pairs=1)


def without_biases(model):
    """Every bias stays at 0, where it began."""
    for name, numbers in model.named_parameters():
        if name.endswith(("b_1", "b_2", "bias")):
            numbers.requires_grad_(False)


SWAPS = {
    "as in 2017": lambda model: None,
    "RMSNorm": with_rms_norm,
    "SwiGLU": with_swiglu,
    "RoPE": with_rope,
    "one pair of keys, values": with_grouped_heads,
    "no biases": without_biases,
}  # what each does to a LanguageModel


def cache_bytes(model):
    """What a token adds to the cache of keys and values, at 4 bytes for each number."""
    return sum(4 * W.shape[1] for block in model.blocks for W in (block.attention.W_K, block.attention.W_V))
