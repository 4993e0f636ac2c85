"""The feed-forward part as lesson 07 builds it: two matrices with a ReLU between, for every token alike and alone."""

import torch


def feed_forward(X, W_1, b_1, W_2, b_2):
    """Widens each token to d_ff numbers, sets the negative ones to 0, and comes back to d_model numbers.

    X: (..., d_model), one token per row.  W_1: (d_model, d_ff).  b_1: (d_ff,).  W_2: (d_ff, d_model).  b_2: (d_model,).
    Returns out: the same shape as X. No token's out depends on another token.
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.3.
    """
    hidden = torch.relu(X @ W_1 + b_1)
    return hidden @ W_2 + b_2


class FeedForward(torch.nn.Module):
    """Keeps the matrices of feed_forward. They begin normal, with the variance 1 / rows; the biases begin at 0."""

    def __init__(self, d_model, d_ff):
        super().__init__()
        self.W_1 = torch.nn.Parameter(torch.randn(d_model, d_ff) / d_model**0.5)
        self.b_1 = torch.nn.Parameter(torch.zeros(d_ff))
        self.W_2 = torch.nn.Parameter(torch.randn(d_ff, d_model) / d_ff**0.5)
        self.b_2 = torch.nn.Parameter(torch.zeros(d_model))

    def forward(self, X):
        """The same shape as X."""
        return feed_forward(X, self.W_1, self.b_1, self.W_2, self.b_2)
