"""What people get wrong in sinusoidal_positions: the speeds, the positions, and how sines and cosines are joined."""

import math

import torch

from ...model.positions import sinusoidal_positions
from ..engine import Mistake
from ..slips import of_results


def interleaved(sines, cosines):
    return torch.stack((sines, cosines), dim=-1).flatten(-2)


def with_angles(angles_of, join=interleaved):
    """A table whose angles, (length, d_model / 2), are made in another way; pairs is 0, 1, 2, ..."""

    def wrong(length, d_model):
        angles = angles_of(torch.arange(length)[:, None], torch.arange(d_model // 2), d_model)
        return join(torch.sin(angles), torch.cos(angles))

    return wrong


def with_speeds(speeds_of, join=interleaved):
    """The same for other speeds of the clocks."""
    return with_angles(lambda position, pair, d_model: position * speeds_of(pair, d_model), join)


def speeds(pair, d_model):
    return 10000 ** (-2 * pair / d_model)


def with_columns(exponents_of):
    """Every column has an exponent of its own: a sine if the column is even, a cosine if it is odd."""

    def wrong(length, d_model):
        column = torch.arange(d_model)
        angles = torch.arange(length)[:, None] * 10000 ** -exponents_of(column, d_model)
        return torch.where(column % 2 == 0, angles.sin(), angles.cos())

    return wrong


def waves_over_rows(length, d_model):
    angles = torch.arange(length)[:, None] * speeds(torch.arange(d_model) // 2, d_model)
    return torch.where(torch.arange(length)[:, None] % 2 == 0, angles.sin(), angles.cos())


def side_by_side(*parts):
    return torch.cat(parts, dim=-1)


def multiplied(angles):
    """A table that multiplies, in one of the SPELLINGS."""
    return with_angles(lambda position, pair, d: angles(position, 2 * pair, d))


def last_clock_missing(sines, cosines):
    kept = torch.arange(sines.shape[-1]) < sines.shape[-1] - 1
    return interleaved(sines * kept, cosines * kept)


def filled_from_a_row(length, d_model):
    table, waves = torch.zeros(length, d_model), torch.arange(length) * speeds(torch.arange(d_model // 2), d_model)
    table[:, 0::2], table[:, 1::2] = waves.sin(), waves.cos()
    return table


MULTIPLIED = "You multiply the position by 10000^(2i / d_model); divide by it, so that later clocks run slower. With `exp(-2i · log(10000) / d_model)` multiply, do not divide."
SWAPPED = "Base and exponent have changed places: 10000 is raised to the power of -2i / d_model."
SPELLINGS = {  # angles that differ in their last bits, which the sine of a large angle shows; column is 0, 2, 4, ...
    "by a power": lambda position, column, d: position * 10000 ** (column / d),
    "with exp and log": lambda position, column, d: position * torch.exp(column / d * math.log(10000)),
    "with exp of the column": lambda position, column, d: position * torch.exp(column * (math.log(10000) / d)),
    "over exp": lambda position, column, d: position / torch.exp(-column / d * math.log(10000)),
    "over exp of the column": lambda position, column, d: position / torch.exp(column * (-math.log(10000) / d)),
    "over a power": lambda position, column, d: position / 10000 ** (-column / d),
    "over a power of 1e-4": lambda position, column, d: position / 1e-4 ** (column / d),
    "in float64": lambda position, column, d: position * 10000 ** (column / d).double(),
}  # fmt: skip
MISTAKES = (
    Mistake("exponent twice", with_speeds(lambda pair, d: speeds(2 * pair, d)),
            "The exponent grows twice too fast. If you count columns 0, 2, 4, ... the column already is the 2i of the formula: divide it by d_model."),
    Mistake("exponent halved", with_speeds(lambda pair, d: speeds(pair / 2, d)),
            "The exponent grows half as fast as it should: it is 2i / d_model for pair number i, and the base is 10000, not 100."),
    Mistake("cosine with its own exponent", with_columns(lambda column, d: column / d),
            "Sine and cosine of one pair must share a speed: the cosine takes the exponent of its sine, not that of its own column."),
    Mistake("2 · column / d_model", with_columns(lambda column, d: 2 * column / d),
            "You use 2 · column / d_model for every column. Two neighbours share a speed: 2i is 0, 0, 2, 2, 4, 4, ..."),
    Mistake("cosine one pair ahead", with_columns(lambda column, d: (column + column % 2) / d),
            "The cosine takes the speed of the next pair. It must share the speed of the sine on its left."),
    Mistake("exponent from 1", with_speeds(lambda pair, d: speeds(pair + 1, d)), "The first pair is pair 0: its speed is 10000^0 = 1. Yours starts one pair later."),
    Mistake("sines, then cosines", with_speeds(speeds, side_by_side),
            "All sines come first, then all cosines. A model would not mind, but here they take turns: sin, cos, sin, cos, ..."),
    Mistake("cosines, then sines", with_speeds(speeds, lambda sines, cosines: side_by_side(cosines, sines)),
            "All cosines come first, then all sines. Here they take turns, and the sine begins: sin, cos, sin, cos, ..."),
    Mistake("sine and cosine exchanged", with_speeds(speeds, lambda sines, cosines: interleaved(cosines, sines)),
            "Sine and cosine have changed places: even columns hold the sine, so row 0 is 0, 1, 0, 1, ..."),
    Mistake("sines only", with_speeds(speeds, lambda sines, cosines: interleaved(sines, sines)), "Every column is a sine; the odd columns need the cosine."),
    Mistake("sines only, each its own speed", lambda length, d_model: torch.sin(torch.arange(length)[:, None] * speeds(torch.arange(d_model) / 2, d_model)),
            "Every column is a sine with a speed of its own. Two columns share a speed: the sine and, right of it, the cosine."),
    Mistake("cosine columns empty", with_speeds(speeds, lambda sines, cosines: interleaved(sines, 0 * cosines)), "The odd columns are still 0; they need the cosines."),
    Mistake("last clock missing", with_speeds(speeds, last_clock_missing), "The last clock is missing: its two columns are still 0."),
    Mistake("other direction", with_speeds(speeds, lambda sines, cosines: interleaved(-sines, cosines)), "Your sines have the wrong sign: the angle is +position · speed."),
    Mistake("cosines only", with_speeds(speeds, lambda sines, cosines: interleaved(cosines, cosines)), "Every column is a cosine; the even columns need the sine."),
    Mistake("one column per pair", with_speeds(speeds, lambda sines, cosines: sines), "Each pair needs two columns: its sine and, right of it, its cosine."),
    Mistake("pairs not joined", with_speeds(speeds, lambda sines, cosines: torch.stack((sines, cosines), dim=-1)),
            "Sine and cosine stand on an axis of their own. Join the last two axes: .flatten(-2)."),
    Mistake("stacked in front", with_speeds(speeds, lambda sines, cosines: torch.stack((sines, cosines)).reshape(len(sines), -1)),
            "stack puts the new axis in front, and reshape then mixes positions. Stack along the last axis, dim=-1, before you join."),
    Mistake("positions in a row", with_angles(lambda position, pair, d: position[:, 0] * speeds(pair, d)),
            "Positions and speeds both lie in a row. Make the positions a column, torch.arange(length)[:, None]; then the product is a table."),
    Mistake("positions in a row, table filled", filled_from_a_row,
            "Positions and speeds both lie in a row. Make the positions a column, torch.arange(length)[:, None]; then the product is a table."),
    Mistake("positions from 1", with_angles(lambda position, pair, d: (position + 1) * speeds(pair, d)),
            "Your positions start at 1. Count from 0, so that row 0 is 0, 1, 0, 1, ..."),
    *(Mistake(f"base {base:g}", with_speeds(lambda pair, d, base=base: float(base) ** (-2 * pair / d)), f"Your base is {base:,}; the formula has 10000.".replace(",", ""))
      for base in (2, 10, 1000, 5000, 100000, 500000, 1000000)),
    Mistake("base e", with_speeds(lambda pair, d: torch.exp(-2 * pair / d)),
            "Your base is e. The formula has 10000: with exp you need exp(-2i / d_model · log(10000))."),
    Mistake("log to base 2", with_speeds(lambda pair, d: torch.exp(-2 * pair / d * math.log2(10000))), "Inside exp you need the natural logarithm, math.log(10000) = 9.21, not log2."),
    Mistake("base and exponent exchanged", with_speeds(lambda pair, d: (2 * pair / d) ** 1e-4), SWAPPED),
    Mistake("base and exponent exchanged, half the exponent", with_speeds(lambda pair, d: (pair / (d // 2)) ** -1e-4), SWAPPED),
    Mistake("divided by d_model - 1", with_speeds(lambda pair, d: 10000.0 ** (-2 * pair / max(d - 1, 1))), "You divide by d_model - 1; the exponent is 2i / d_model."),
    Mistake("one too many in the exponent", with_speeds(lambda pair, d: 10000 ** (-(2 * pair + 1) / d)), "Your exponent is (2i + 1) / d_model; it is 2i / d_model, for the sine and for the cosine."),
    Mistake("sine a pair ahead", with_columns(lambda column, d: (column + 2 * (column % 2 == 0) - column % 2) / d), "The sine takes the speed of the next pair. It shares the speed of the cosine on its right: 2i / d_model, from i = 0."),
    Mistake("cosine one too many", with_columns(lambda column, d: (column - column % 2 + 2 * (column % 2)) / d), "The cosine takes the speed of the next pair. It must share the speed of the sine on its left."),
    Mistake("speed given back", lambda length, d_model: speeds(torch.arange(d_model // 2), d_model).repeat_interleave(2).expand(length, -1), "These are the speeds. Multiply them by the positions, and take sines and cosines."),
    Mistake("position forgotten", with_angles(lambda position, pair, d: torch.ones_like(position) * speeds(pair, d)), "All rows are alike: the position does not enter. The angle is position · speed."),
    Mistake("sine and cosine added", with_speeds(speeds, lambda sines, cosines: (sines + cosines).repeat_interleave(2, -1)), "Sine and cosine are added. They stand side by side: sine in the even column, cosine in the odd one."),
    Mistake("tangent", with_speeds(speeds, lambda sines, cosines: (sines / cosines).repeat_interleave(2, -1)), "That is a tangent. Even columns hold the sine, odd ones the cosine."),
    Mistake("an axis in the middle", lambda length, d_model: sinusoidal_positions(length, d_model)[:, None], "There is an axis of size 1 between positions and columns, as in some tutorials. Give back (length, d_model)."),
    Mistake("scaled", lambda length, d_model: sinusoidal_positions(length, d_model) * math.sqrt(d_model), "You multiply by the root of d_model. Some models do so with the embeddings; the table itself is sines and cosines."),
    Mistake("log to base 10", with_speeds(lambda pair, d: torch.exp(-2 * pair / d * 4)), "Inside exp you need the natural logarithm, math.log(10000) = 9.21, not log10."),
    *(Mistake(f"multiplied, {how}", multiplied(angles), MULTIPLIED) for how, angles in SPELLINGS.items()),
    Mistake("slowest clock first", with_speeds(lambda pair, d: speeds(pair.flip(0), d)), "The slowest clock comes first in yours; the fastest does, with speed 1."),
    Mistake("speeds twice over", with_columns(lambda column, d: 2 * (column % (d // 2)) / d),
            "Your speeds run through all clocks twice. Two neighbouring columns are one clock: 2i is 0, 0, 2, 2, 4, 4, ..."),
    Mistake("no d_model", with_speeds(lambda pair, d: 10000.0 ** (-2 * pair)), "The exponent is not divided by d_model: it is 2i / d_model."),
    Mistake("d_model outside the exponent", with_speeds(lambda pair, d: 10000.0 ** (-2 * pair) / d),
            "You divide by d_model outside the power. It belongs to the exponent; put brackets round it: 10000 ** (2 * i / d_model)."),
    Mistake("power before product", with_angles(lambda position, pair, d: position / (10000**2 * pair / d)),
            "`**` comes before `*`: 10000 ** 2 * i / d_model is (10000²) · i / d_model. Put brackets round the whole exponent."),
    Mistake("whole-number exponent", with_speeds(lambda pair, d: 10000.0 ** (-(2 * pair // d))),
            "All clocks run equally fast: the exponent is always 0, or the speed is missing. `2 * i // d_model` drops the fraction; use `/`."),
    Mistake("floored rate", with_speeds(lambda pair, d: torch.exp(2 * pair * (-math.log(10000) / d // 2))),
            "`-log(10000) / d_model // 2` rounds down to a whole number. Use `/` only."),
    Mistake("whole-number angles", with_angles(lambda position, pair, d: position // 10000 ** (2 * pair / d)),
            "You divide the position with `//`, which drops the fraction. Use `/`."),
    Mistake("slowest clock at 1/10000", with_speeds(lambda pair, d: 10000 ** (-pair / max(d // 2 - 1, 1))),
            "Your slowest clock has a speed of exactly 1/10000: you divide by d_model/2 - 1, as some libraries do. The paper divides i by d_model/2."),
    Mistake("degrees to radians", with_angles(lambda position, pair, d: torch.deg2rad(position * speeds(pair, d))),
            "You convert from degrees, but the formula's angle already is in radians. Take sin and cos of it as it is."),
    Mistake("radians to degrees", with_angles(lambda position, pair, d: torch.rad2deg(position * speeds(pair, d))),
            "You convert to degrees; torch.sin takes radians. Take sin and cos of the angle as it is."),
    Mistake("full turns", with_angles(lambda position, pair, d: 2 * math.pi * position * speeds(pair, d)),
            "You multiply the angle by 2π. The formula has no 2π: the first clock turns by 1 radian per position."),
    Mistake("share of the length", with_angles(lambda position, pair, d: position / len(position) * speeds(pair, d)),
            "You divide the position by the length, so a position would mean something else in each sentence. Use 0, 1, 2, ... as they are."),
    Mistake("share of the last position", with_angles(lambda position, pair, d: position / max(len(position) - 1, 1) * speeds(pair, d)),
            "You divide the position by the length, so a position would mean something else in each sentence. Use 0, 1, 2, ... as they are."),
    Mistake("position and pair exchanged", lambda length, d_model: interleaved(
                *[wave(torch.arange(d_model // 2) * speeds(torch.arange(length)[:, None], d_model)) for wave in (torch.sin, torch.cos)]),
            "Position and pair have changed places: the position is multiplied, the pair number i stands in the exponent."),
    Mistake("turns by row", waves_over_rows, "Sine and cosine take turns from row to row; they take turns from column to column."),
    Mistake("transposed", lambda length, d_model: sinusoidal_positions(length, d_model).T,
            "Rows and columns have changed places: one row per position, (length, d_model)."),
    Mistake("gives back the angles", with_speeds(lambda pair, d: speeds(pair, d), lambda sines, cosines: torch.atan2(sines, cosines)),
            "These are angles; take their sine and their cosine, two columns for each."),
    *of_results(sinusoidal_positions, {"positions": "length d_model"}, without=("on its side",)),
)  # fmt: skip
