"""Layers that look into the future, and some that do not: the suspects of lesson 05's debugging exercise."""

import math

import torch

D_MODEL, N_HEADS, D_K = 8, 2, 4


def layer_with(mask_of, fill=-torch.inf, dim=-1, after=None):
    """A function X -> out, (length, 8) -> (length, 8): self-attention with two heads, side by side.

    mask_of: length -> mask, or a pair, one for each head.  after: what is done to the weights.
    """
    generator = torch.Generator().manual_seed(0)
    W = torch.randn(3, N_HEADS, D_MODEL, D_K, generator=generator) / math.sqrt(D_MODEL)
    masks_of = mask_of if isinstance(mask_of, tuple) else (mask_of, mask_of)

    def layer(X):
        Q, K, V = torch.as_tensor(X, dtype=torch.float32) @ W  # (n_heads, length, d_k)
        mask = torch.stack([mask_of(len(X)) for mask_of in masks_of])
        scores = (Q @ K.mT / math.sqrt(D_K)).masked_fill(~mask, fill)
        exps = torch.exp(scores - scores.amax(dim, keepdim=True))
        weights = exps / exps.sum(dim, keepdim=True)
        out = (after(weights) if after else weights) @ V
        return out.transpose(0, 1).flatten(1)

    return layer


def triangle(diagonal):
    """length -> mask: row i may see columns 0 to i + diagonal."""

    def mask_of(length):
        place = torch.arange(length)
        return place <= place[:, None] + diagonal

    return mask_of


causal = triangle(0)


def everything(length):
    return torch.ones(length, length, dtype=torch.bool)


def plus(row, column):
    """A causal mask with one more cell allowed, if the sentence is long enough to have it."""

    def mask_of(length):
        mask = causal(length)
        mask[row : row + 1, column : column + 1] = True
        return mask

    return mask_of


def last_for_all(length):
    mask = causal(length)
    mask[:, -1] = True
    return mask


def first_sees_last(X):
    """Each token and the one before it; for token 0, roll puts the last one there."""
    X = torch.as_tensor(X, dtype=torch.float32)
    return X + torch.roll(X, 1, 0)


def normalised_over(dim, layer):
    def normalised(X):
        out = layer(X)
        return (out - out.mean(dim, keepdim=True)) / (out.std(dim, correction=0, keepdim=True) + 1e-5)

    return normalised


def feed_forward(X):
    return torch.relu(torch.as_tensor(X, dtype=torch.float32) - 0.1) * 2


def with_one_back(X):
    """Half of each token and half of the one before it, by a table of weights; token 0 stands alone."""
    weights = (torch.eye(len(X)) + torch.eye(len(X)).roll(1, 0).tril()) / 2
    weights[0, 0] = 1
    return weights @ torch.as_tensor(X, dtype=torch.float32)


HONEST = {
    "a causal mask": layer_with(causal),
    "a causal mask, filled with -1e9": layer_with(causal, fill=-1e9),
    "each position alone, no attention": feed_forward,
    "itself and one back": layer_with(lambda length: causal(length) & ~triangle(-2)(length)),
    "half itself, half one back, no softmax": with_one_back,
    "a causal mask, then each position normalised": normalised_over(-1, layer_with(causal)),
}
LEAKING = {
    "no mask": layer_with(everything),
    "each position sees the next": layer_with(triangle(1)),
    "mask upside down": layer_with(lambda length: causal(length).T),
    "mask after the softmax": layer_with(everything, after=torch.tril),
    "softmax over the queries": layer_with(causal, dim=-2),
    "only the second head leaks": layer_with((causal, triangle(1))),
    "only position 0 sees the next": layer_with(plus(0, 1)),
    "only position 8 sees position 10": layer_with(plus(8, 10)),
    "only position 2 sees position 6": layer_with(plus(2, 6)),
    "all see the last": layer_with(last_for_all),
    "position 0 sees the last": first_sees_last,
    "a row that sees nothing, filled with -1e9": layer_with(triangle(-1), fill=-1e9),
    "a causal mask, filled with -9": layer_with(causal, fill=-9),
    "a causal mask, filled with -17": layer_with(causal, fill=-17),
    "normalised over the positions": normalised_over(0, layer_with(causal)),
    "no mask, then each position normalised": normalised_over(-1, layer_with(everything)),
}
