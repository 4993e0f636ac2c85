"""The encoder of a BERT, of the lessons' own parts: heads (03), masks (05), and the block of 2017 (07).

Three things are other than in the lessons: every matrix has a bias, GELU stands in place of ReLU, and positions are
learned. Source: Devlin et al. 2019, "BERT", section 3.
"""

import torch
from torch.nn.functional import gelu

from ..model.blocks import post_ln_block
from ..model.layer_norm import LayerNorm
from ..model.masks import masked_attention
from ..model.multi_head import merge_heads, split_heads

EPS = 1e-12  # in the layer norms; the lessons have 1e-5


def look(Q, K, V, mask, layer):
    """How every layer looks, unless another function is handed over: lesson 05's attention in each head.

    Q, K, V: (batch, n_heads, length, d_k).  mask: (batch, 1, 1, length), True = there is a token.  layer: from 0.
    Returns found: (batch, n_heads, length, d_k) and weights: (batch, n_heads, length, length).
    """
    return masked_attention(Q, K, V, mask)


class Layer(torch.nn.Module):
    """Attention, then feed-forward; each sum is normalised (post-LN)."""

    def __init__(self, d_model, n_heads, d_ff):
        super().__init__()
        self.n_heads = n_heads
        self.query, self.key, self.value, self.output = (torch.nn.Linear(d_model, d_model) for _ in range(4))
        self.widen, self.narrow = torch.nn.Linear(d_model, d_ff), torch.nn.Linear(d_ff, d_model)
        self.norm_1, self.norm_2 = LayerNorm(d_model, EPS), LayerNorm(d_model, EPS)

    def forward(self, X, attend):
        """X: (batch, length, d_model).  attend(Q, K, V): found and weights of all heads. Returns X and weights."""
        weights = None

        def look_and_mix(X):
            nonlocal weights
            Q, K, V = (split_heads(view(X), self.n_heads) for view in (self.query, self.key, self.value))
            found, weights = attend(Q, K, V)
            return self.output(merge_heads(found))

        def feed(X):
            return self.narrow(gelu(self.widen(X)))

        return post_ln_block(X, look_and_mix, feed, self.norm_1, self.norm_2), weights


class Encoder(torch.nn.Module):
    """Numbers of pieces in, a vector for each piece and every head's weights out. The usual sizes are MiniLM's."""

    def __init__(self, n_pieces=30522, d_model=384, n_heads=12, d_ff=1536, n_layers=6, longest=512):
        super().__init__()
        self.n_heads, self.longest = n_heads, longest
        self.embedding, self.positions = torch.nn.Embedding(n_pieces, d_model), torch.nn.Embedding(longest, d_model)
        self.sentence = torch.nn.Parameter(torch.zeros(d_model))  # the same for all pieces of a first sentence
        self.norm = LayerNorm(d_model, EPS)
        self.layers = torch.nn.ModuleList(Layer(d_model, n_heads, d_ff) for _ in range(n_layers))

    def forward(self, pieces, mask=None, attend=look):
        """pieces: (batch, length), integers.  mask: (batch, length), True = there is a piece; all, unless given.

        attend: how a layer looks, called as `look` is; another function changes the model while it runs.
        Returns X: (batch, length, d_model) and weights: (n_layers, batch, n_heads, length, length).
        """
        mask = torch.ones_like(pieces, dtype=torch.bool) if mask is None else mask
        X, all_weights = self.embed(pieces), []
        for number, layer in enumerate(self.layers):
            X, weights = layer(X, lambda Q, K, V, number=number: attend(Q, K, V, mask[:, None, None], number))
            all_weights.append(weights)
        return X, torch.stack(all_weights)

    def embed(self, pieces):
        """What goes into the first layer: (batch, length, d_model)."""
        places = self.positions.weight[: pieces.shape[-1]]  # (length, d_model)
        return self.norm(self.embedding(pieces) + places + self.sentence)
