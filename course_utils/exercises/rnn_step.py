"""Lesson 06: one step of a recurrent net."""

import math

import torch

from ..model.recurrent import rnn_step
from .assemblies.layers import RNN_STEP
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import flipped, of_results


def arguments(normal, d_in, d_h, *batch):
    """x, h, W_xh, W_hh, b; the weights twice as large, so that tanh bends what comes out."""
    return normal(*batch, d_in), normal(*batch, d_h), 2 * normal(d_in, d_h), 2 * normal(d_h, d_h), normal(d_h)


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    x, h, W_xh, W_hh, b = arguments(fixed, 3, 4)
    return [
        Case("d_in = 3, d_h = 4, the old state is 0", (x, torch.zeros(4), W_xh, W_hh, b)),
        Case("d_in = 3, d_h = 4", (x, h, W_xh, W_hh, b)),
        Case("d_in = d_h = 4", arguments(fixed, 4, 4)),
        Case("a batch of 2", arguments(fixed, 3, 5, 2)),
        Case("batch, d_in and d_h are all 3", arguments(fixed, 3, 3, 3)),
        Case("W_hh is a transposed view", (x, h, W_xh, W_hh.T, b)),
        Case("b = 0", (x, h, W_xh, W_hh, torch.zeros(4))),
        Case("larger numbers", (3 * x, 3 * h, W_xh, W_hh, 3 * b)),
        Case("a batch of 3, d_in = 2, d_h = 4", arguments(normal, 2, 4, 3)),
    ]


def with_the_inside(inside, outside=torch.tanh):
    """A step that is `outside` of some other sum."""
    return lambda x, h, W_xh, W_hh, b: outside(inside(x, h, W_xh, W_hh, b))


def inside(x, h, W_xh, W_hh, b):
    return x @ W_xh + h @ W_hh + b


MISTAKES = (
    Mistake("no tanh", with_the_inside(inside, lambda total: total), "The tanh is missing. Without it the state can grow for ever."),
    Mistake("old state unused", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + b),
            "The old state is not used: without h @ W_hh the network has no memory."),
    Mistake("token unused", with_the_inside(lambda x, h, W_xh, W_hh, b: h @ W_hh + b), "The token is not used: x @ W_xh is missing."),
    Mistake("no bias", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_hh), "The bias b is missing."),
    Mistake("bias subtracted", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_hh - b), "The bias b is added, not subtracted."),
    Mistake("bias twice", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + b + h @ W_hh + b),
            "The bias is added twice. torch has two biases, here there is one: add b once."),
    Mistake("bias outside", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + h @ W_hh) + b, "The bias stands outside the tanh; add it before."),
    Mistake("sigmoid", with_the_inside(inside, torch.sigmoid), "That is the sigmoid, which is never negative. Use tanh."),
    Mistake("ReLU", with_the_inside(inside, torch.relu), "That is ReLU, which is never negative. Use tanh."),
    Mistake("softmax", with_the_inside(inside, lambda total: torch.softmax(total, -1)), "No softmax here: the state is not a set of weights. Use tanh."),
    Mistake("tanh of the token first", lambda x, h, W_xh, W_hh, b: torch.tanh(torch.tanh(x @ W_xh) @ W_hh + b),
            "What W_xh makes of the token goes through W_hh, and the old state is not used. W_hh belongs to h: x @ W_xh + h @ W_hh + b."),
    Mistake("new state and old one", lambda x, h, W_xh, W_hh, b: (torch.tanh(inside(x, h, W_xh, W_hh, b)), h), "You give back two things. Give back the new state alone."),
    Mistake("tanh of each part", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + torch.tanh(h @ W_hh) + b,
            "tanh goes round the whole sum, once; yours goes round its parts."),
    Mistake("tanh of each part, bias in the second", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + torch.tanh(h @ W_hh + b),
            "tanh goes round the whole sum, once; yours goes round its parts."),
    Mistake("tanh of each part, bias in the first", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + b) + torch.tanh(h @ W_hh),
            "tanh goes round the whole sum, once; yours goes round its parts."),
    Mistake("tanh of the token only", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + b) + h @ W_hh, "h @ W_hh stands outside the tanh; it belongs inside."),
    Mistake("tanh of the state only", lambda x, h, W_xh, W_hh, b: x @ W_xh + torch.tanh(h @ W_hh + b), "x @ W_xh stands outside the tanh; it belongs inside."),
    Mistake("tanh twice", with_the_inside(inside, lambda total: torch.tanh(torch.tanh(total))), "tanh is taken twice; once is enough."),
    *flipped(rnn_step, "W_xh W_hh", "Tokens and states are rows here: x @ W_xh and h @ W_hh, not as torch stores the weights. As W_hh is square, nothing else would tell you."),
    Mistake("W @ x", with_the_inside(lambda x, h, W_xh, W_hh, b: W_xh @ x + W_hh @ h + b), "You write W @ x; tokens are rows here, so x comes first: x @ W_xh."),
    Mistake("W_hh @ h", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + W_hh @ h + b), "You write W_hh @ h; states are rows here, so h comes first: h @ W_hh. As W_hh is square, nothing else would tell you."),
    Mistake("W.T @ x, columns for a batch", with_the_inside(lambda x, h, W_xh, W_hh, b: (W_xh.T @ x.T + W_hh.T @ h.T).T + b if x.ndim == 1 else W_xh.T @ x.T + W_hh.T @ h.T + b[:, None]),
            "With a batch your states are transposed, one per column. They are rows here: x @ W_xh."),
    Mistake("weights exchanged", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_hh + h @ W_xh + b),
            "The weights have changed places: the token x goes with W_xh, the state h with W_hh."),
    Mistake("state and token joined in another order", with_the_inside(lambda x, h, W_xh, W_hh, b: torch.cat((h, x), -1) @ torch.cat((W_xh, W_hh)) + b),
            "Token and state are joined in another order than their weights: x goes with W_xh, h with W_hh."),
    Mistake("W_hh for both", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_hh + h @ W_hh + b), "W_hh is used for the token too; the token needs W_xh."),
    Mistake("W_xh for both", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_xh + b), "W_xh is used for the state too; the state needs W_hh."),
    Mistake("state entry by entry", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h * W_hh + b),
            "`h * W_hh` multiplies entry by entry; use the matrix product, h @ W_hh."),
    Mistake("token entry by entry", with_the_inside(lambda x, h, W_xh, W_hh, b: x * W_xh + h @ W_hh + b),
            "`x * W_xh` multiplies entry by entry; use the matrix product, x @ W_xh."),
    Mistake("math.tanh", with_the_inside(inside, math.tanh), "math.tanh takes one number. For a tensor use torch.tanh, which takes each number in it."),
    Mistake("state not multiplied", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h + b), "The old state goes in as it is; multiply it with W_hh first."),
    Mistake("parts multiplied", with_the_inside(lambda x, h, W_xh, W_hh, b: (x @ W_xh) * (h @ W_hh) + b), "The two parts are multiplied; add them."),
    Mistake("state subtracted", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh - h @ W_hh + b), "h @ W_hh is subtracted; add it."),
    Mistake("old state on top", lambda x, h, W_xh, W_hh, b: h + rnn_step(x, h, W_xh, W_hh, b),
            "The old state is added on top. A plain RNN replaces it: the new state is the tanh alone."),
    Mistake("half old, half new", lambda x, h, W_xh, W_hh, b: (h + rnn_step(x, h, W_xh, W_hh, b)) / 2,
            "You mix the old state with the new one. A plain RNN replaces it; a gate that mixes comes with the GRU."),
    Mistake("gives back the old state", lambda x, h, W_xh, W_hh, b: h, "You give back the h that came in. Return the new state."),
    Mistake("state kept, token squeezed", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + b) + h, "The old state is added on top, and h @ W_hh is missing. The new state is one tanh of three terms."),
    Mistake("state inside and on top", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + h @ W_hh + b + h), "The old state goes in twice, as it is and times W_hh. Only h @ W_hh belongs in the sum."),
    Mistake("nothing but the bias", with_the_inside(lambda x, h, W_xh, W_hh, b: b.expand_as(h)), "Only the bias goes in: x @ W_xh and h @ W_hh are missing."),
    Mistake("no bias in tanh, neither outside", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + torch.tanh(h @ W_hh), "tanh goes round the whole sum, once; yours goes round its parts. And b is missing."),
    Mistake("tanh of each of the three", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + torch.tanh(h @ W_hh) + torch.tanh(b), "tanh goes round the whole sum, once; yours goes round its parts."),
    Mistake("tanh of the token, state outside", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + h @ W_hh + b, "h @ W_hh and b stand outside the tanh; they belong inside."),
    Mistake("tanh of the state, token outside", lambda x, h, W_xh, W_hh, b: x @ W_xh + torch.tanh(h @ W_hh) + b, "x @ W_xh and b stand outside the tanh; they belong inside."),
    Mistake("parts multiplied, no bias", with_the_inside(lambda x, h, W_xh, W_hh, b: (x @ W_xh) * (h @ W_hh)), "The two parts are multiplied, and b is missing; add all three."),
    Mistake("averaged", with_the_inside(lambda x, h, W_xh, W_hh, b: (x @ W_xh + h @ W_hh) / 2 + b), "You average the two parts; add them."),
    Mistake("W_hh of the token as well", with_the_inside(lambda x, h, W_xh, W_hh, b: (x @ W_xh + h) @ W_hh + b), "The token goes through W_hh too. Only the old state does: x @ W_xh + h @ W_hh."),
    Mistake("bias times the state", with_the_inside(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_hh * b), "The bias is multiplied; add it."),
    Mistake("tanh of token and state first", lambda x, h, W_xh, W_hh, b: torch.tanh(x) @ W_xh + torch.tanh(h) @ W_hh + b,
            "tanh is taken of x and of h, before the products. It goes round the whole sum, once."),
    Mistake("mean of the three", with_the_inside(lambda x, h, W_xh, W_hh, b: inside(x, h, W_xh, W_hh, b) / 3), "You take the mean of the three terms; add them."),
    Mistake("half of the sum", with_the_inside(lambda x, h, W_xh, W_hh, b: inside(x, h, W_xh, W_hh, b) / 2), "You halve the sum; add the three terms and take their tanh."),
    Mistake("slope of tanh", with_the_inside(inside, lambda total: 1 - torch.tanh(total) ** 2), "That is 1 - tanh², the slope of tanh. Give back tanh itself."),
    Mistake("tangent", with_the_inside(inside, torch.tan), "That is tan, the tangent. Use tanh."),
    Mistake("arc tangent", with_the_inside(inside, torch.atan), "That is the arc tangent. Use torch.tanh."),
    Mistake("sine", with_the_inside(inside, torch.sin), "That is a sine. Use torch.tanh."),
    Mistake("sinh", with_the_inside(inside, torch.sinh), "That is sinh. Use torch.tanh."),
    Mistake("hard tanh", with_the_inside(inside, lambda total: total.clamp(-1, 1)), "You cut the sum off at -1 and 1. tanh bends it: torch.tanh."),
    Mistake("GELU", with_the_inside(inside, torch.nn.functional.gelu), "That is GELU. Use torch.tanh."),
    Mistake("softsign", with_the_inside(inside, torch.nn.functional.softsign), "That is total / (1 + |total|). Use torch.tanh."),
    Mistake("own tanh upside down", with_the_inside(inside, lambda total: torch.tanh(-total)), "The tanh has the opposite sign: is it (e^x - e^-x) / (e^x + e^-x)?"),
    Mistake("own tanh, half the argument", with_the_inside(inside, lambda total: torch.tanh(total / 2)), "The argument of tanh is half as large as it should be: 2 · sigmoid(x) - 1 is tanh(x / 2). Use torch.tanh."),
    *of_results(rnn_step, {"h": "d_h"}, without=("sign turned round", "tanh")),
    Mistake("two results", lambda x, h, W_xh, W_hh, b: (rnn_step(x, h, W_xh, W_hh, b),) * 2, "Give back the new state alone, once."),
)  # fmt: skip

EXERCISE = Exercise(
    name="rnn_step",
    lesson="06_rnn_comparison",
    reference=rnn_step,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Three terms in one sum: the token times W_xh, the old state times W_hh, the bias. Then one tanh round the whole sum.",
        "`torch.tanh(x @ W_xh + ... + b)`: only the term with the old state is missing here.",
    ),
    points=1,
    minutes=4,
    assembly=RNN_STEP,
    returns={"h": "d_h"},
    rules=((lambda h: abs(h).max() <= 1, "Some numbers are outside -1 to 1; a tanh never is."),),
)
