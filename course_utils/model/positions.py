"""Where a token stands, as lesson 04 tells attention: sines and cosines to add, or a rotation of Q and K."""

import torch


def sinusoidal_positions(length, d_model):
    """A code for every position: one clock for each pair of columns, each slower than the one before.

    length: the number of positions, 0, 1, 2, ...  d_model: the number of columns, even.
    Column 2i is sin(position · speed), column 2i+1 is cos(position · speed), with speed = 10000^(-2i / d_model).
    Returns positions: (length, d_model). Row 0 is 0, 1, 0, 1, ...
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.5.
    """
    if d_model % 2:
        raise ValueError(f"sines and cosines come in pairs, so the number of columns must be even; it is {d_model}.")
    speeds = 10000 ** (-torch.arange(0, d_model, 2) / d_model)  # (n_pairs,)
    angles = torch.arange(length)[:, None] * speeds  # (length, n_pairs)
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(-2)


def rotate_by_position(X):
    """Turns each pair of features by an angle that grows with the position (RoPE); for Q and K, never for V.

    X: (..., length, d_k), one query or key per row, d_k even. The rows are positions 0, 1, 2, ...
    The pair (X[2i], X[2i+1]) of position p is turned anticlockwise by p · 10000^(-2i / d_k).
    Anticlockwise by angle a: (x, y) becomes (x cos a - y sin a, x sin a + y cos a).
    Returns the turned X: the same shape. Row 0 does not change, and no row changes its size.
    Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding", section 3.2.2.
    """
    clocks = sinusoidal_positions(*X.shape[-2:])  # (length, d_k)
    sin, cos = clocks[:, 0::2], clocks[:, 1::2]  # (length, n_pairs)
    x, y = X[..., 0::2], X[..., 1::2]  # (..., length, n_pairs)
    return torch.stack((x * cos - y * sin, x * sin + y * cos), dim=-1).flatten(-2)
