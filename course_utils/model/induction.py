"""Does a head find what came after the same token before? As lesson 10 measures it."""

import torch


def induction_score(weights, tokens):
    """How much a head looks at what followed the last earlier occurrence of the token it stands on, on average.

    weights: (q_len, k_len), of one head, rows are queries; both are the length of tokens.  tokens: (length,), integers.
    Counted are the positions whose token has occurred before; there is at least one. If the last earlier occurrence of
    the token at position i is at j, position i counts weights[i, j + 1].
    Returns score: one number from 0 to 1, the mean over the positions that count.
    Source: Olsson et al. 2022, "In-context Learning and Induction Heads".
    """
    found, last_seen = [], {}
    for i, token in enumerate(tokens.tolist()):
        if token in last_seen:
            found.append(weights[i, last_seen[token] + 1])
        last_seen[token] = i
    return torch.stack(found).mean()
