"""The encoder-decoder of lessons 08 and 09, made of the blocks of lesson 07."""

import math

import torch

from .blocks import DecoderBlock, EncoderBlock
from .layer_norm import LayerNorm
from .masks import causal_mask
from .positions import sinusoidal_positions

LONGEST = 64  # tokens in a sequence


class Transformer(torch.nn.Module):
    """From a sequence of one alphabet to a sequence of another (or of the same).

    n_source, n_target: how many symbols each alphabet has; without n_target there is one alphabet, and one table of
    embeddings serves both sides. The output layer is the target's table, transposed (Vaswani et al. 2017, section 3.4).
    Called with source: (batch, k_len) and target: (batch, q_len), integers, and source_mask: (batch, k_len), True where
    there is a symbol and False where there is padding; gives scores: (batch, q_len, n_target).
    """

    def __init__(self, n_source, n_target=None, d_model=64, n_heads=4, d_ff=256, n_layers=3, dropout=0.0):
        super().__init__()
        self.source_embedding = torch.nn.Embedding(n_source, d_model)
        self.target_embedding = torch.nn.Embedding(n_target, d_model) if n_target else self.source_embedding
        for table in dict.fromkeys((self.source_embedding, self.target_embedding)):  # may be one and the same
            torch.nn.init.normal_(table.weight, std=d_model**-0.5)
        self.encoder = torch.nn.ModuleList(EncoderBlock(d_model, n_heads, d_ff, dropout) for _ in range(n_layers))
        self.decoder = torch.nn.ModuleList(DecoderBlock(d_model, n_heads, d_ff, dropout) for _ in range(n_layers))
        self.encoder_norm, self.decoder_norm = LayerNorm(d_model), LayerNorm(d_model)
        self.dropout = torch.nn.Dropout(dropout)
        self.register_buffer("positions", sinusoidal_positions(LONGEST, d_model), persistent=False)

    def forward(self, source, target, source_mask=None):
        """Teacher forcing: all next symbols at once, each seeing only the target before it."""
        memory, _ = self.encode(source, source_mask)
        scores, _ = self.decode(target, memory, source_mask)
        return scores  # (batch, q_len, n_target)

    def encode(self, source, source_mask=None):
        """memory: (batch, k_len, d_model), and the weights of each layer, a list of (batch, n_heads, k_len, k_len)."""
        mask = None if source_mask is None else source_mask[:, None, None, :]
        X, all_weights = self.embed(self.source_embedding, source), []
        for block in self.encoder:
            X, weights = block(X, mask)
            all_weights.append(weights)
        return self.encoder_norm(X), all_weights

    def decode(self, target, memory, source_mask=None):
        """scores: (batch, q_len, n_target), and each layer's cross-attention, a list of (batch, n_heads, q_len, k_len).

        target: (batch, q_len), shifted right, so that row i of scores is about the symbol after target[:, i].
        """
        memory_mask = None if source_mask is None else source_mask[:, None, None, :]
        mask = causal_mask(target.shape[-1])  # (q_len, q_len)
        Y, all_weights = self.embed(self.target_embedding, target), []
        for block in self.decoder:
            Y, weights = block(Y, memory, mask, memory_mask)
            all_weights.append(weights)
        return self.read_out(Y), all_weights

    def embed(self, table, symbols, first=0):
        """Symbols (batch, length) as vectors with their positions, counted from `first`: (batch, length, d_model)."""
        places = self.positions[first : first + symbols.shape[-1]]  # (length, d_model)
        return self.dropout(table(symbols) * math.sqrt(places.shape[-1]) + places)

    def read_out(self, Y):
        """Scores of every symbol from the decoder's output: (batch, q_len, d_model) -> (batch, q_len, n_target)."""
        return self.decoder_norm(Y) @ self.target_embedding.weight.T
