"""Lesson 04: positions as a rotation of queries and keys (RoPE)."""

from ..model.positions import rotate_by_position
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.rotate_by_position import MISTAKES


def cases(seed):
    """The view at the end is one as split_heads makes it, its last axis in order: there complex numbers work as well."""
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("3 positions, one pair", (fixed(3, 2),)),
        Case("one position: it does not turn", (fixed(1, 4),)),
        Case("5 positions, d_k = 4", (fixed(5, 4),)),
        Case("6 positions, d_k = 6", (fixed(6, 6),)),
        Case("a batch of 3: 4 positions, d_k = 6", (fixed(3, 4, 6),)),
        Case("batch 2 and 3 heads", (fixed(2, 3, 5, 4),)),
        Case("batch, length and d_k are all 4", (fixed(4, 4, 4),)),
        Case("X as split_heads makes it", (fixed(2, 5, 3, 4).transpose(1, 2),)),
        Case("20 positions, d_k = 10", (fixed(20, 10),)),
        Case("a batch of 2: 7 positions, d_k = 8", (normal(2, 7, 8),)),
    ]


EXERCISE = Exercise(
    name="rotate_by_position",
    lesson="04_positional_encoding",
    reference=rotate_by_position,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Your `sinusoidal_positions` already has the sine and the cosine of every angle. Take its even and odd columns, "
        "and the even and odd columns of X; then write the two lines of the rotation.",
        "`clocks = sinusoidal_positions(*X.shape[-2:])`, `sin, cos = clocks[:, 0::2], clocks[:, 1::2]`, "
        "`x, y = X[..., 0::2], X[..., 1::2]`. Put the results back with `torch.stack((..., ...), dim=-1).flatten(-2)`.",
    ),
    points=3,
    minutes=10,
    returns={"turned": "length d_k"},
)
