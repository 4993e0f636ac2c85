"""What people get wrong in rotate_by_position: the angles, the pairs, and the rotation itself."""

import torch

from ...model.positions import rotate_by_position, sinusoidal_positions
from ..engine import Mistake
from ..slips import of_results
from .sinusoidal_positions import SPELLINGS


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


def table_misread(X):
    table = torch.cat((angles_of(X).sin(), angles_of(X).cos()), dim=-1)
    x, y, sin, cos = X[..., 0::2], X[..., 1::2], table[:, 0::2], table[:, 1::2]
    return interleaved(x * cos - y * sin, x * sin + y * cos)


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
    return X * cos + turned_pairs(X) * sin


def with_speeds(speeds):
    """A rotation by other speeds; speeds is a function of pair numbers 0, 1, 2, ... and d_k."""
    return with_angles(lambda X: torch.arange(X.shape[-2])[:, None] * speeds(torch.arange(X.shape[-1] // 2), X.shape[-1]))


def grown(angles):
    """A rotation whose speeds grow, in one of the SPELLINGS."""
    return with_angles(lambda X: angles(torch.arange(X.shape[-2])[:, None], torch.arange(0, X.shape[-1], 2), X.shape[-1]))


def rotated_halves(X):
    """The other half, with a minus, as libraries that pair halves write it."""
    first, second = X.chunk(2, dim=-1)
    return torch.cat((-second, first), dim=-1)


def neighbours_meet_halves(X):
    """The table cos(θ0), cos(θ0), cos(θ1), cos(θ1), ... belongs to neighbours; here the halves are rotated."""
    cos, sin = (wave.repeat_interleave(2, dim=-1) for wave in (angles_of(X).cos(), angles_of(X).sin()))
    return X * cos + rotated_halves(X) * sin


def half_the_features(X):
    """The first half of the features is turned, with speeds of its own; the rest stays."""
    if X.shape[-1] % 4:
        return X.clone()
    first, rest = X.chunk(2, dim=-1)
    return torch.cat((rotate_by_position(first), rest), dim=-1)


def angle_columns(X):
    return torch.arange(X.shape[-2])[:, None] * 10000 ** (-torch.arange(X.shape[-1]) / X.shape[-1])


def turned_pairs(X):
    return interleaved(-X[..., 1::2], X[..., 0::2])


def as_complex(X):
    pairs = torch.view_as_complex(X.reshape(*X.shape[:-1], -1, 2).contiguous())
    return pairs * torch.polar(torch.ones_like(angles_of(X)), angles_of(X))


OTHER_ORDER = "The pairs are turned as they should be, but put back in another order. Each turned pair belongs where it came from: columns 2i and 2i+1."
GROW = "Later pairs turn faster in yours. The exponent is negative: later pairs turn slower. With `exp(-2i · log(10000) / d_k)` multiply, do not divide."
MIXED = "Two ways are mixed: the angles come twice in a row, (0, 0, 1, 1, ...), for neighbours, but you turn feature i with feature i + d_k/2. Here neighbours make a pair: (-X[2i+1], X[2i])."
MISTAKES = (
    Mistake("clockwise", with_turn(lambda x, y, cos, sin: (x * cos + y * sin, y * cos - x * sin)),
            "You turn clockwise. Anticlockwise is (x cos - y sin, x sin + y cos): the minus stands in the first feature."),
    Mistake("halves, not neighbours", halves(1),
            "You pair feature i with feature i + d_k/2, as some libraries do. Here neighbours make a pair: (X[2i], X[2i+1])."),
    Mistake("halves, and clockwise", halves(-1),
            "You pair feature i with feature i + d_k/2, and turn clockwise. Here neighbours make a pair, (X[2i], X[2i+1]), and turn anticlockwise."),
    Mistake("not interleaved at the end", neighbours_in_halves_out,
            OTHER_ORDER),
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
    *(Mistake(f"speeds grow, {how}", grown(angles), GROW) for how, angles in SPELLINGS.items()),
    Mistake("pairs counted from 1", with_speeds(lambda pair, d: 10000 ** (-2 * (pair + 1) / d)), "Your pairs are counted from 1. The first is pair 0: it turns by the position itself, 10000^0 = 1."),
    *(Mistake(f"base {base:g}", with_speeds(lambda pair, d, base=base: float(base) ** (-2 * pair / d)), f"Your base is {base}; the formula has 10000.") for base in (1000, 100000, 500000, 1000000)),
    Mistake("base e", with_speeds(lambda pair, d: torch.exp(-2 * pair / d)), "Your base is e. The formula has 10000: with exp you need exp(-2i / d_k · log(10000))."),
    Mistake("log to base 10", with_speeds(lambda pair, d: torch.exp(-8 * pair / d)), "Inside exp you need the natural logarithm, math.log(10000) = 9.21, not log10."),
    Mistake("slowest pair at 1/10000", with_speeds(lambda pair, d: 10000 ** (-pair / max(d // 2 - 1, 1))), "You divide i by d_k/2 - 1. The exponent is -2i / d_k."),
    Mistake("slowest pair first", with_angles(lambda X: angles_of(X).flip(1)), "The slowest pair comes first in yours; the first pair turns fastest, with speed 1."),
    Mistake("each column its own angle", lambda X: X * angle_columns(X).cos() + turned_pairs(X) * angle_columns(X).sin(), "Each feature gets an angle of its own. The two features of a pair turn by one angle: 0, 0, 2, 2, ... / d_k."),
    Mistake("neighbours' angles, halves rotated", neighbours_meet_halves, MIXED),
    Mistake("half of the features", half_the_features, "Only half of the features turn, as in some models. Here all do, and d_k in the exponent is X.shape[-1]."),
    Mistake("position forgotten", with_angles(lambda X: angles_of(X, 2)[1:]), "All rows turn by the same angle. Row p turns by p · speed."),
    Mistake("all as the last row", with_angles(lambda X: angles_of(X)[-1:]), "All rows turn by the angle of the last one: is the angle taken after the loop, or from its last round? Row p turns by p · speed."),
    Mistake("sines for cosines, from a table of halves", table_misread,
            "Your table holds all sines first, then all cosines, but you read it as if they took turns (0::2, 1::2). Read it as it is made."),
    Mistake("y taken for x", lambda X: interleaved(*turned(X[..., 1::2], X[..., 0::2], angles_of(X))), "x and y have changed places before the turn: x is the even feature, y the odd one."),
    Mistake("times the position", lambda X: X * torch.arange(X.shape[-2])[:, None], "You multiply each row by its position. A row is turned, and keeps its size."),
    Mistake("turned by the length", with_angles(lambda X: angles_of(X, X.shape[-2] + 1)[-1:]), "All rows turn by the same angle. Row p turns by p · speed: torch.arange(length)[:, None]."),
    Mistake("share of the length", with_angles(lambda X: angles_of(X) / X.shape[-2]), "You divide the position by the length. Take 0, 1, 2, ... as they are."),
    Mistake("real parts only", lambda X: as_complex(X).real, "Half of the features come back: real parts alone, or complex numbers. Take both parts: torch.view_as_real(...).flatten(-2)."),
    Mistake("real parts, then imaginary ones", lambda X: torch.cat((as_complex(X).real, as_complex(X).imag), dim=-1), OTHER_ORDER),
    Mistake("turned twice", lambda X: rotate_by_position(rotate_by_position(X)), "You turn by twice the angle: position · speed, once."),
    Mistake("scaled", lambda X: rotate_by_position(X) / X.shape[-1] ** 0.5, "You divide by the root of d_k. A rotation keeps lengths; the scores are scaled later."),
    Mistake("degrees to radians", with_angles(lambda X: torch.deg2rad(angles_of(X))), "You convert from degrees, but the angle is in radians already."),
    Mistake("radians to degrees", with_angles(lambda X: torch.rad2deg(angles_of(X))), "You convert to degrees; sin and cos take radians."),
    Mistake("half the angle", with_angles(lambda X: angles_of(X) / 2), "You turn by half the angle. It is position times speed."),
    Mistake("first pair only", first_pair_only, "Only the first pair turns, or the others by next to nothing: is the exponent not divided by d_k? Every pair turns, each at its own speed."),
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
            "A minus is missing, so the rows change their size. The first feature is x cos a - y sin a."),
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
    *of_results(rotate_by_position, {"turned": "length d_k"}),
)  # fmt: skip
