"""The recurrent net of lesson 06: one step, and the loop that carries the state from token to token."""

import torch


def rnn_step(x, h, W_xh, W_hh, b):
    """One step of a recurrent net: the new state, made of the token and the old state.

    x: (d_in,), one token.  h: (d_h,), the old state.  Both may have a batch axis first: (batch, d_in), (batch, d_h).
    W_xh: (d_in, d_h).  W_hh: (d_h, d_h).  b: (d_h,).
    The new state is tanh(x @ W_xh + h @ W_hh + b).
    Returns the new h: the same shape as h.
    """
    return torch.tanh(x @ W_xh + h @ W_hh + b)


def run_rnn(X, h, W_xh, W_hh, b):
    """Reads a sentence from left to right and keeps the state after each token.

    X: (length, d_in), one token per row.  h: (d_h,), the state before the first token.
    W_xh: (d_in, d_h).  W_hh: (d_h, d_h).  b: (d_h,).
    Returns states: (length, d_h). Row 0 is the state after the first token; the h that came in is not a row.
    Source: Elman 1990, "Finding Structure in Time".
    """
    states = []
    for x in X.unbind(-2):  # the second axis from the end, so that a batch of sentences works too
        h = rnn_step(x, h, W_xh, W_hh, b)
        states.append(h)
    return torch.stack(states, dim=-2)
