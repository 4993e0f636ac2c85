"""Lesson 07: every token's numbers brought to one size."""

import torch

from ..model.layer_norm import layer_norm
from .assemblies.layers import LAYER_NORM
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.layer_norm import MISTAKES


def arguments(normal, *shape):
    """X, gain, bias; the gain around 1."""
    return normal(*shape), 1 + normal(shape[-1]), normal(shape[-1])


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    X, gain, bias = arguments(fixed, 3, 4)
    return [
        Case("2 tokens of 3 numbers, gain 1, bias 0", (fixed(2, 3), torch.ones(3), torch.zeros(3))),
        Case("3 tokens, d_model 4", (X, gain, bias)),
        Case("numbers around 5", (X + 5, gain, bias)),
        Case("a batch of 2, 3 tokens, d_model 5", arguments(fixed, 2, 3, 5)),
        Case("everything of size 4", arguments(fixed, 4, 4)),
        Case("one token alone, no axis in front", arguments(fixed, 6)),
        Case("batch, heads, tokens, features", arguments(fixed, 2, 3, 4, 5)),
        Case("X is a transposed view", (fixed(4, 3).T, gain, bias)),
        Case("very small numbers", (X / 100, gain, bias)),
        Case("a token of equal numbers", (torch.tensor([[0.5, 0.5, 0.5, 0.5], [1.0, 0.0, 0.5, -2.0]]), gain, bias)),
        Case("a batch of 3, 2 tokens, d_model 6", arguments(normal, 3, 2, 6)),
    ]


EXERCISE = Exercise(
    name="layer_norm",
    lesson="07_transformer_block",
    reference=layer_norm,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "For each token: take its mean off, take the mean of the squares of what is left (the variance), divide by sqrt(variance + 0.00001); then gain and bias.",
        "`centred = X - X.mean(dim=-1, keepdim=True)`. The variance is the mean, in the same way, of `centred**2`.",
    ),
    points=3,
    minutes=8,
    assembly=LAYER_NORM,
    returns={"normalised": "d_model"},
    by_hand=frozenset({"layer_norm", "native_layer_norm"}),
)
