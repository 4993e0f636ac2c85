"""Lesson 04: positions as a rotation of queries and keys (RoPE)."""

import torch

from ..model.positions import rotate_by_position, sinusoidal_positions
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("3 positions, one pair", (normal(3, 2),)),
        Case("one position: it does not turn", (normal(1, 4),)),
        Case("5 positions, d_k = 4", (normal(5, 4),)),
        Case("6 positions, d_k = 6", (normal(6, 6),)),
        Case("a batch of 3: 4 positions, d_k = 6", (normal(3, 4, 6),)),
        Case("batch 2 and 3 heads", (normal(2, 3, 5, 4),)),
        Case("batch, length and d_k are all 4", (normal(4, 4, 4),)),
        Case("X is a transposed view", (normal(8, 5).T,)),
        Case("20 positions, d_k = 10", (normal(20, 10),)),
    ]


def angles_of(X, length=None):
    """(length, d_k / 2), the right ones."""
    length, d_k = length or X.shape[-2], X.shape[-1]
    return torch.arange(length)[:, None] * 10000 ** (-torch.arange(0, d_k, 2) / d_k)


def turned(x, y, angles):
    return x * angles.cos() - y * angles.sin(), x * angles.sin() + y * angles.cos()


def interleaved(x, y):
    return torch.stack((x, y), dim=-1).flatten(-2)


def with_angles(other_angles):
    """A rotation by other angles; other_angles is a function of X."""
    return lambda X: interleaved(*turned(X[..., 0::2], X[..., 1::2], other_angles(X)))


def with_turn(turn):
    """Another formula for the turned pair; turn is a function of x, y, cos, sin."""

    def wrong(X):
        angles = angles_of(X)
        return interleaved(*turn(X[..., 0::2], X[..., 1::2], angles.cos(), angles.sin()))

    return wrong


def halves(sign):
    return lambda X: torch.cat(turned(*X.chunk(2, dim=-1), sign * angles_of(X)), dim=-1)


def for_two_axes(X):
    length, d_k = X.shape
    return rotate_by_position(X)


def neighbours_in_halves_out(X):
    return torch.cat(turned(X[..., 0::2], X[..., 1::2], angles_of(X)), dim=-1)


def first_pair_only(X):
    angles = angles_of(X)
    angles[:, 1:] = 0
    return interleaved(*turned(X[..., 0::2], X[..., 1::2], angles))


def along_the_first_axis(X):
    angles = angles_of(X, len(X)).reshape(len(X), *[1] * (X.ndim - 2), X.shape[-1] // 2)
    return interleaved(*turned(X[..., 0::2], X[..., 1::2], angles))


def angle_per_column(X):
    """The table cos(θ0), cos(θ1), ..., cos(θ0), cos(θ1), ... belongs to halves; here it meets neighbours."""
    cos, sin = angles_of(X).cos().repeat(1, 2), angles_of(X).sin().repeat(1, 2)
    swapped = interleaved(-X[..., 1::2], X[..., 0::2])
    return X * cos + swapped * sin


MISTAKES = (
    Mistake("clockwise", with_turn(lambda x, y, cos, sin: (x * cos + y * sin, y * cos - x * sin)),
            "You turn clockwise. Anticlockwise is (x cos - y sin, x sin + y cos): the minus stands in the first feature."),
    Mistake("halves, not neighbours", halves(1),
            "You pair feature i with feature i + d_k/2, as some libraries do. Here neighbours make a pair: (X[2i], X[2i+1])."),
    Mistake("halves, and clockwise", halves(-1),
            "You pair feature i with feature i + d_k/2, and turn clockwise. Here neighbours make a pair, (X[2i], X[2i+1]), and turn anticlockwise."),
    Mistake("not interleaved at the end", neighbours_in_halves_out,
            "The pairs are turned as they should be, but put back in another order. Each turned pair belongs where it came from: columns 2i and 2i+1."),
    Mistake("pairs not joined", lambda X: rotate_by_position(X).unflatten(-1, (-1, 2)),
            "Each turned pair stands on an axis of its own. Join the last two axes: .flatten(-2)."),
    Mistake("speeds for halves", angle_per_column,
            "The two features of a pair get different angles. Repeat each angle twice in a row (0, 0, 1, 1, ...), not the whole list twice."),
    Mistake("positions from 1", with_angles(lambda X: angles_of(X, X.shape[-2] + 1)[1:]), "Your positions start at 1. Position 0 does not turn at all."),
    Mistake("backwards", with_angles(lambda X: angles_of(X).flip(0)), "The last row stays and the first turns most. Row 0 is position 0."),
    Mistake("one speed for all pairs", with_angles(lambda X: angles_of(X)[:, :1]),
            "All pairs turn by the same angle. Each pair has its own speed, 10000^(-2i / d_k)."),
    Mistake("speeds fall twice too fast", with_angles(lambda X: torch.arange(X.shape[-2])[:, None] * 10000 ** (-2 * torch.arange(0, X.shape[-1], 2) / X.shape[-1])),
            "The exponent grows twice too fast. If you count 0, 2, 4, ... you already have the 2i of the formula."),
    Mistake("speeds fall half as fast", with_angles(lambda X: torch.arange(X.shape[-2])[:, None] * 10000 ** (-torch.arange(X.shape[-1] // 2) / X.shape[-1])),
            "The exponent grows half as fast as it should: it is 2i / d_k for pair number i."),
    Mistake("speeds grow", with_angles(lambda X: torch.arange(X.shape[-2])[:, None] * 10000 ** (torch.arange(0, X.shape[-1], 2) / X.shape[-1])),
            "Later pairs turn faster in yours. The exponent is negative: later pairs turn slower."),
    Mistake("degrees to radians", with_angles(lambda X: torch.deg2rad(angles_of(X))), "You convert from degrees, but the angle is in radians already."),
    Mistake("radians to degrees", with_angles(lambda X: torch.rad2deg(angles_of(X))), "You convert to degrees; sin and cos take radians."),
    Mistake("half the angle", with_angles(lambda X: angles_of(X) / 2), "You turn by half the angle. It is position times speed."),
    Mistake("first pair only", first_pair_only, "Only the first pair turns. Every pair does, each at its own speed."),
    Mistake("positions along the first axis", along_the_first_axis,
            "With a batch, you count positions along the first axis. They stand on the second from the end: X.shape[-2]."),
    Mistake("as many angles as the first axis", with_angles(lambda X: angles_of(X, X.shape[0])),
            "You take X.shape[0] for the length. With a batch that is another axis: use X.shape[-2]."),
    Mistake("as many angles as axis 1", with_angles(lambda X: angles_of(X, X.shape[1])),
            "You take X.shape[1] for the length. That is right only with one axis in front: use X.shape[-2]."),
    Mistake("for two axes only", for_two_axes, "`length, d_k = X.shape` works for two axes only. Take the last two: X.shape[-2:]."),
    Mistake("added", lambda X: X + sinusoidal_positions(*X.shape[-2:]), "You add the sinusoids. That is the other way to mark a position; here each pair is turned."),
    Mistake("multiplied", lambda X: X * sinusoidal_positions(*X.shape[-2:]),
            "You multiply by the table, entry by entry. A rotation mixes the two features of a pair: (x cos - y sin, x sin + y cos)."),
    Mistake("sin and cos exchanged", with_turn(lambda x, y, cos, sin: (x * sin - y * cos, x * cos + y * sin)),
            "sin and cos have changed places: even columns of the table are sines, odd ones cosines. At angle 0 nothing may change."),
    Mistake("no minus", with_turn(lambda x, y, cos, sin: (x * cos + y * sin, x * sin + y * cos)),
            "A minus is missing, so lengths change. The first feature is x cos a - y sin a."),
    Mistake("two minuses", with_turn(lambda x, y, cos, sin: (x * cos - y * sin, x * sin - y * cos)),
            "There is a minus too many: the second feature is x sin a + y cos a."),
    Mistake("cosine alone", with_turn(lambda x, y, cos, sin: (x * cos, y * cos)), "You only scale the pair by the cosine. The other feature must come in with the sine."),
    Mistake("each feature by itself", with_turn(lambda x, y, cos, sin: (x * cos, y * sin)),
            "Each feature stays by itself. A turned pair mixes both: (x cos - y sin, x sin + y cos)."),
    Mistake("x overwritten too early", with_turn(lambda x, y, cos, sin: (x * cos - y * sin, (x * cos - y * sin) * sin + y * cos)),
            "The second feature uses the new x instead of the old one. Keep the old x until both are computed."),
    Mistake("features exchanged", with_turn(lambda x, y, cos, sin: (x * sin + y * cos, x * cos - y * sin)), "The two features of each pair have changed places."),
    Mistake("added on top", lambda X: X + rotate_by_position(X), "You add the turned X to X. The turned one takes its place."),
    Mistake("only the first feature", with_turn(lambda x, y, cos, sin: (x * cos - y * sin, y)), "The second feature of each pair does not change in yours; both do."),
    Mistake("gives back the table", lambda X: sinusoidal_positions(*X.shape[-2:]), "This is the table of sines and cosines. Use it to turn X."),
    Mistake("not turned", lambda X: X, "Nothing is turned yet."),
)  # fmt: skip

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
