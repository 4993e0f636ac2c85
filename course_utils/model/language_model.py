"""The decoder-only model of lesson 10: lesson 07's blocks under lesson 05's mask, and no memory to look at."""

import math

import torch

from .blocks import EncoderBlock
from .layer_norm import LayerNorm
from .masks import causal_mask
from .positions import sinusoidal_positions

LONGEST = 64  # symbols in a sequence


class LanguageModel(torch.nn.Module):
    """Scores of what comes next, at every position at once, each from the symbols up to it.

    n_symbols: how many there are. The output layer is the table of embeddings, transposed.
    Source: Radford et al. 2018, "Improving Language Understanding by Generative Pre-Training", section 3.1; with the
    norms where Radford et al. 2019 have them.
    """

    def __init__(self, n_symbols, d_model=64, n_heads=4, d_ff=256, n_layers=2):
        super().__init__()
        self.embedding = torch.nn.Embedding(n_symbols, d_model)
        torch.nn.init.normal_(self.embedding.weight, std=d_model**-0.5)
        self.blocks = torch.nn.ModuleList(EncoderBlock(d_model, n_heads, d_ff) for _ in range(n_layers))
        self.norm = LayerNorm(d_model)
        self.register_buffer("positions", sinusoidal_positions(LONGEST, d_model), persistent=False)

    def forward(self, symbols, mask=None, places=None):
        """scores: (batch, length, n_symbols); row i is about the symbol after symbols[:, i].

        symbols: (batch, length), integers.  mask: who may look at whom, True = may look; causal unless given.
        places: (batch, length), the position of each symbol in its own word; 0, 1, 2, ... unless given.
        """
        length = symbols.shape[-1]
        mask = causal_mask(length) if mask is None else mask
        positions = self.positions[:length] if places is None else self.positions[places]
        X = self.embedding(symbols) * math.sqrt(positions.shape[-1]) + positions  # (batch, length, d_model)
        for block in self.blocks:
            X, _ = block(X, mask)
        return self.norm(X) @ self.embedding.weight.T
