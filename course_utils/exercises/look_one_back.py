"""Lesson 04, design: a W_Q and a W_K with which every position looks at the one before it."""

import numpy as np
import torch

from ..model.positions import sinusoidal_positions
from .engine import Case, Exercise, Mistake

LENGTH = 12  # positions on which a design is tried
FIRM = 0.9  # the weight that is asked for; more is as good
EQUAL = 1e-5  # scores no further apart than this share of their range: rounding alone would decide


def look_one_back(d_model):
    """Two matrices with which attention over sinusoidal positions looks one position back.

    d_model: the number of columns of the positions, even. X is sinusoidal_positions(12, d_model): positions, no words.
    Returns W_Q, W_K: (d_model, d_k) each, with any d_k. With Q = X W_Q and K = X W_K each position from 1 on gives
    the position before it a weight of 0.9 or more. (Position 0 has none before it: there anything goes.)
    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3.5: a fixed distance is a linear function.
    """
    W_Q = torch.zeros(d_model, d_model)
    for i in range(0, d_model, 2):  # one clock: turned back by what it turns in one position
        speed = torch.tensor(10000.0) ** (-i / d_model)
        sin, cos = speed.sin(), speed.cos()
        W_Q[i, i], W_Q[i, i + 1] = cos, sin
        W_Q[i + 1, i], W_Q[i + 1, i + 1] = -sin, cos
    W_K = 1000 * torch.eye(d_model)
    return W_Q, W_K


def where_it_looks(d_model, W_Q, W_K):
    """What each of 12 positions looks at most, and its weight for the one before it, of which 0.9 is enough.

    The weights are 0 as long as some position looks elsewhere: then they depend on sizes that do not matter.
    """
    for name, W in (("W_Q", W_Q), ("W_K", W_K)):
        if W.ndim != 2 or len(W) != d_model:
            raise ValueError(f"{name}: expected (d_model, d_k) with d_model = {d_model}, yours is {W.shape}")
    if W_Q.shape != W_K.shape:
        raise ValueError(f"W_Q and W_K need the same d_k, yours are {W_Q.shape} and {W_K.shape}")
    if not (np.isfinite(W_Q).all() and np.isfinite(W_K).all()):
        raise ValueError("there is a NaN or an infinity in your matrices; a large number such as 1000 will do")
    X = sinusoidal_positions(LENGTH, d_model).double().numpy()
    scores = X @ W_Q @ (X @ W_K).T / np.sqrt(W_Q.shape[1])
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = exps / exps.sum(axis=1, keepdims=True)
    below_best = scores.max(axis=1, keepdims=True) - scores
    looks_at = np.argmax(below_best <= EQUAL * np.ptp(scores), axis=1)  # of equal scores the first
    looks_at[0] = 0
    one_back = np.concatenate(([FIRM], np.minimum(weights.diagonal(-1), FIRM)))
    return looks_at.astype(float), one_back * one_before(looks_at, one_back)


def one_before(looks_at, weight_one_back):
    return (looks_at[1:] == np.arange(LENGTH - 1)).all()


def cases(seed):
    return [Case(f"d_model = {d_model}", (d_model,)) for d_model in (4, 6, 8, 16)]


def turning(steps, size=1000, speed_of=lambda i, d_model: 10000 ** (-i / d_model)):
    """A design in which each clock of the query is turned back by so many steps."""

    def design(d_model):
        speeds = torch.tensor([float(speed_of(i, d_model)) for i in range(0, d_model, 2)])
        sin, cos = (steps * speeds).sin(), (steps * speeds).cos()
        turns = torch.stack((torch.stack((cos, sin), -1), torch.stack((-sin, cos), -1)), -2)  # (n_pairs, 2, 2)
        return torch.block_diag(*turns), size * torch.eye(d_model)

    return design


def turned_wrongly(turn):
    """A design with another 2 by 2 block; turn is a function of sin and cos."""

    def design(d_model):
        speeds = 10000 ** (-torch.arange(0, d_model, 2) / d_model)
        return torch.block_diag(*(torch.tensor(turn(s.sin(), s.cos())) for s in speeds)), 1000 * torch.eye(d_model)

    return design


def in_halves(d_model):
    order = torch.cat((torch.arange(0, d_model, 2), torch.arange(1, d_model, 2)))
    W_Q, W_K = look_one_back(d_model)
    back = order.argsort()
    return W_Q[back][:, back], W_K


def shifted_columns(d_model):
    return torch.eye(d_model).roll(1, 0), 1000 * torch.eye(d_model)


def one_joined(d_model):
    return torch.cat(look_one_back(d_model), dim=-1)


MISTAKES = (
    Mistake("one ahead", turning(-1),
            "Every position looks one ahead: the turn has the wrong direction. Let the other two sines have the minus, or turn W_K in place of W_Q."),
    Mistake("itself", turning(0),
            "Every position looks at itself: query and key are turned alike, or not at all. Turn one of the two, and leave the other."),
    Mistake("not firm", turning(1, size=1),
            "The largest weight is where it should be, but all weights are nearly equal. The larger the scores, the more the largest weight takes (lesson 02): multiply one matrix by 1000."),
    Mistake("two back", turning(2), "Every position looks two back: you turn twice, perhaps W_Q back and W_K forward. Once is enough."),
    Mistake("one speed for all", turning(1, speed_of=lambda i, d_model: 1),
            "All your clocks turn by 1 radian, as the first does. Each has its own speed, 10000^(-2i / d_model)."),
    Mistake("below zero", turning(1, size=-1000), "Your scores have the wrong sign: what should be looked at gets the least. Multiply by 1000, not by -1000."),
    Mistake("no minus", turned_wrongly(lambda sin, cos: ((cos, sin), (sin, cos))), "A minus is missing in your turn: of the two sines one has it."),
    Mistake("sin and cos exchanged", turned_wrongly(lambda sin, cos: ((sin, cos), (-cos, sin))),
            "sin and cos have changed places in your turn: on the diagonal of each 2 by 2 block stands the cosine."),
    Mistake("halves", in_halves, "You turn column i with column i + d_model/2. Here neighbours are a clock: columns 2i and 2i + 1."),
    Mistake("shifted columns", shifted_columns,
            "You move the columns by one. Columns are clocks, not positions: to go back one position, turn each clock back by its speed."),
    Mistake("looks nowhere", lambda d_model: (torch.zeros(d_model, d_model), torch.zeros(d_model, d_model)),
            "All scores are equal, so every position gets the same weight."),
    Mistake("ones", lambda d_model: (torch.ones(d_model, d_model), torch.ones(d_model, d_model)),
            "All columns of your Q are equal, so only the sum of a position's numbers is compared. Start from torch.eye(d_model)."),
    Mistake("joined", one_joined, "You join the two matrices; give back both: return W_Q, W_K."),
)  # fmt: skip

EXERCISE = Exercise(
    name="look_one_back",
    lesson="04_positional_encoding",
    reference=look_one_back,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two codes have their largest product when they are equal. So make the query of position p the code of position p - 1, "
        "and let the keys be the codes as they are, only 1000 times as large.",
        "Start with `W_Q = torch.zeros(d_model, d_model)`. The clock in columns i and i + 1, for i = 0, 2, 4, …, is turned by what lies in rows and columns i and i + 1 of W_Q: "
        "there put cos, sin in the first row and -sin, cos in the second, with the speed 10000 ** (-i / d_model).",
    ),
    points=3,
    minutes=10,
    returns={"W_Q": "d_model d_k", "W_K": "d_model d_k"},
    behaviour=where_it_looks,
    behaves={"looks_at": "length", "weight_one_back": "length"},
    rules=(
        (one_before, "looks_at[p] is the position that gets most weight from position p; it should be p - 1."),
        (lambda looks_at, weight_one_back: weight_one_back.min() >= FIRM,
         "weight_one_back[p] is the weight that position p gives to the one before it. It should be 0.9 or more: make the matrices larger."),
    ),
)  # fmt: skip
