"""Functions of a few terms: a step of an RNN, feed-forward, a layer norm."""

import torch
import torch.nn.functional as F

from ..engine.assembly import Assembly

TINY = 0.00001


def scaled_terms(name):
    return {f"{name} is missing.": lambda x: 0 * x, f"{name} is added twice.": lambda x: 2 * x, f"{name} is subtracted.": torch.neg,
            f"{name} is halved.": lambda x: x / 2, f"{name} is added up to one number.": lambda x: x.sum(-1, keepdim=True).expand_as(x)}  # fmt: skip


def as_it_is(x):
    return x


def rnn_step(token, state, bias, old, squash, after):
    def answer(x, h, W_xh, W_hh, b):
        total = token(x @ W_xh) + state(old(h) @ W_hh) + bias(b)
        return after(squash(total), h, b, total)

    return answer


RNN_STEP = Assembly(
    rnn_step,
    {"token": as_it_is, "state": as_it_is, "bias": as_it_is, "old": as_it_is, "squash": torch.tanh, "after": lambda new, h, b, total: new},
    {
        "token": scaled_terms("x @ W_xh") | {"tanh is taken of x @ W_xh alone.": torch.tanh},
        "state": scaled_terms("h @ W_hh") | {"tanh is taken of h @ W_hh alone.": torch.tanh},
        "bias": scaled_terms("b"),
        "old": {"The old state is squared.": torch.square, "tanh is taken of h once more.": torch.tanh, "The old state is brought to length 1 first.": lambda h: F.normalize(h, dim=-1)},
        "squash": {"There is no tanh.": as_it_is, "That is the sigmoid, not tanh.": torch.sigmoid, "That is ReLU, not tanh.": torch.relu,
                   "tanh is taken twice.": lambda x: x.tanh().tanh(), "tanh is taken of half the sum.": lambda x: (x / 2).tanh(), "That is softmax, not tanh.": lambda x: x.softmax(-1)},
        "after": {
            "b is added after the tanh.": lambda new, h, b, total: new + b,
            "The old state is added after the tanh.": lambda new, h, b, total: new + h,
            "What came out is multiplied with the old state.": lambda new, h, b, total: new * h,
            "The tanh is multiplied with a sigmoid of the sum, as in a gate.": lambda new, h, b, total: new * total.sigmoid(),
            "Old state and new one are averaged.": lambda new, h, b, total: (new + h) / 2,
        },
    },
)  # fmt: skip


def feed_forward(first, bias_1, bend, second, bias_2, after):
    def answer(X, W_1, b_1, W_2, b_2):
        total = first(X @ W_1) + bias_1(b_1)
        return after(second(bend(total) @ W_2) + bias_2(b_2), X)

    return answer


FEED_FORWARD = Assembly(
    feed_forward,
    {"first": as_it_is, "bias_1": as_it_is, "bend": torch.relu, "second": as_it_is, "bias_2": as_it_is, "after": lambda out, X: out},
    {
        "first": {"X @ W_1 is subtracted.": torch.neg, "X @ W_1 is halved.": lambda x: x / 2, "A ReLU is put on X @ W_1, before b_1.": torch.relu},
        "bias_1": scaled_terms("b_1"),
        "bend": {
            "There is no ReLU in the middle.": as_it_is, "The ReLU keeps the negative numbers: its sign is turned.": lambda x: torch.relu(-x),
            "The negative numbers are kept and the positive ones cut.": lambda x: x.clamp(max=0), "That is an absolute value, not ReLU.": torch.abs,
            "That is GELU, not ReLU.": F.gelu, "That is a leaky ReLU.": F.leaky_relu, "That is tanh, not ReLU.": torch.tanh, "That is the sigmoid, not ReLU.": torch.sigmoid,
            "That is SiLU, not ReLU.": F.silu, "You put 1 where a number is positive.": lambda x: (x > 0).to(x), "There is a softmax in the middle.": lambda x: x.softmax(-1),
            "Numbers are cut at another place than 0.": lambda x: x.clamp(min=0.1), "Numbers are cut at 1.": lambda x: x.clamp(min=1),
            "Numbers below the mean are cut, not those below 0.": lambda x: torch.where(x > x.mean(), x, 0), "Each is cut below the mean of its row, not below 0.": lambda x: torch.where(x > x.mean(-1, keepdim=True), x, 0),
            "What the ReLU leaves is squared.": lambda x: x.relu().square(), "What the ReLU leaves is divided by its sum.": lambda x: x.relu() / x.relu().sum(-1, keepdim=True),
        },
        "second": {"hidden @ W_2 is subtracted.": torch.neg, "hidden @ W_2 is halved.": lambda x: x / 2, "A ReLU is put on hidden @ W_2.": torch.relu},
        "bias_2": scaled_terms("b_2"),
        "after": {"X is added: that is the residual.": lambda out, X: out + X, "A ReLU stands at the end.": lambda out, X: out.relu(),
                  "All tokens are added up.": lambda out, X: out.sum(-2) if out.ndim > 1 else out, "The first axis is added up.": lambda out, X: out.sum(0) if out.ndim > 1 else out,
                  "The result is normalised.": lambda out, X: F.layer_norm(out, out.shape[-1:]), "There is a tanh at the end.": lambda out, X: out.tanh()},
    },
)  # fmt: skip


def layer_norm(taken_off, spread, tiny, root, gained, shifted, after):
    def answer(X, gain, bias):
        centred = X - taken_off(X)
        return after(shifted(gained(centred / root(spread(X, centred), tiny), gain), bias))

    return answer


def mean(X, dim=-1):
    return X.mean(dim, keepdim=True)


LAYER_NORM = Assembly(
    layer_norm,
    {
        "taken_off": mean, "spread": lambda X, centred: mean(centred**2), "tiny": TINY, "root": lambda spread, tiny: torch.sqrt(spread + tiny),
        "gained": torch.mul, "shifted": torch.add, "after": as_it_is,
    },
    {
        "taken_off": {"The mean is not taken off.": torch.zeros_like, "The mean of the tokens is taken off.": lambda X: mean(X, -2) if X.ndim > 1 else mean(X), "The mean along axis 0 is taken off.": lambda X: mean(X, 0),
                      "The mean of everything is taken off.": torch.mean, "The median is taken off, not the mean.": lambda X: X.median(-1, keepdim=True).values, "The lowest number is taken off.": lambda X: X.amin(-1, keepdim=True),
                      "Twice the mean is taken off.": lambda X: 2 * mean(X)},
        "spread": {
            "The variance divides by d_model - 1: use unbiased=False.": lambda X, centred: X.var(-1, keepdim=True), "The squares of X itself are averaged: square X - mean.": lambda X, centred: mean(X**2),
            "The squares are added up, not averaged.": lambda X, centred: (centred**2).sum(-1, keepdim=True), "The distances from the mean are not squared.": lambda X, centred: mean(centred.abs()),
            "The variance is taken over the tokens.": lambda X, centred: X.var(-2, keepdim=True, unbiased=False) if X.ndim > 1 else mean(centred**2), "The variance is taken along axis 0.": lambda X, centred: X.var(0, keepdim=True, unbiased=False),
            "One variance is taken for everything.": lambda X, centred: X.var(unbiased=False), "The variance is the mean of the squares less the mean itself: take off the square of the mean.": lambda X, centred: mean(X**2) - mean(X),
            "The square of the mean is added in the variance, not taken off.": lambda X, centred: mean(X**2) + mean(X) ** 2, "The variance is squared once more.": lambda X, centred: mean(centred**2) ** 2,
        },
        "tiny": {"0.00001 is not added.": 0.0, "The tiny number is 0.001: 0.00001 is asked for.": 1e-3, "The tiny number is 0.01: 0.00001 is asked for.": 1e-2, "The tiny number is 1: 0.00001 is asked for.": 1.0, "The tiny number is 0.00000001: 0.00001 is asked for.": 1e-8},
        "root": {"You divide by the variance, without the root.": lambda spread, tiny: spread + tiny, "0.00001 is added after the root.": lambda spread, tiny: torch.sqrt(spread) + tiny, "The root is taken twice.": lambda spread, tiny: (spread + tiny) ** 0.25,
                 "You multiply by the standard deviation.": lambda spread, tiny: (spread + tiny) ** -0.5, "Nothing is divided.": lambda spread, tiny: 1.0},
        "gained": {"The gain is not used.": lambda Y, gain: Y, "You multiply by 1 + gain.": lambda Y, gain: Y * (1 + gain), "You divide by the gain.": torch.div, "The gain is added.": torch.add},
        "shifted": {"The bias is not used.": lambda Y, bias: Y, "The bias is subtracted.": torch.sub, "The bias is multiplied.": torch.mul},
        "after": {"At the end the mean is taken off once more.": lambda Y: Y - mean(Y), "There is a ReLU at the end.": torch.relu, "There is a softmax at the end.": lambda Y: Y.softmax(-1), "There is a tanh at the end.": torch.tanh},
    },
)  # fmt: skip
