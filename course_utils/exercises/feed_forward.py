"""Lesson 07: the part of a block in which every token is worked on alone."""

import math

import numpy as np
import torch

from ..model.feed_forward import feed_forward
from .assemblies.layers import FEED_FORWARD
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import flipped, of_results


def arguments(normal, d_model, d_ff, *leading):
    """X, W_1, b_1, W_2, b_2; X and the weights larger, so that the ReLU has something to cut."""
    return 3 * normal(*leading, d_model), 2 * normal(d_model, d_ff), normal(d_ff), 2 * normal(d_ff, d_model), normal(d_model)


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    X, W_1, b_1, W_2, b_2 = arguments(fixed, 4, 6, 3)
    return [
        Case("3 tokens, d_model 4, d_ff 6", (X, W_1, b_1, W_2, b_2)),
        Case("5 tokens, d_model 3, d_ff 8", arguments(fixed, 3, 8, 5)),
        Case("a batch of 2, 3 tokens each", arguments(fixed, 4, 5, 2, 3)),
        Case("everything of size 4", arguments(fixed, 4, 4, 4)),
        Case("one token alone, no axis in front", arguments(fixed, 5, 7)),
        Case("d_ff smaller than d_model", arguments(fixed, 6, 2, 3)),
        Case("the weights are transposed views", (X, fixed(6, 4).T, b_1, fixed(4, 6).T, b_2)),
        Case("biases of 0", (X, W_1, torch.zeros(6), W_2, torch.zeros(4))),
        Case("the ReLU cuts everything", (X, W_1, b_1 - 20, W_2, b_2)),
        Case("large numbers", (20 * X, W_1, b_1, W_2, b_2)),
        Case("a batch of 3, 2 tokens, d_model 5, d_ff 4", arguments(normal, 5, 4, 3, 2)),
    ]


def bent(bend):
    """feed_forward with something else in place of the ReLU."""
    return lambda X, W_1, b_1, W_2, b_2: bend(X @ W_1 + b_1) @ W_2 + b_2


def afterwards(change):
    """The right result, changed afterwards."""
    return lambda X, *weights: change(feed_forward(X, *weights), X)


def hidden(X, W_1, b_1):
    return torch.relu(X @ W_1 + b_1)


LIBRARY_STYLE = "The weights are transposed, as nn.Linear keeps them. Here a row of X comes first: `X @ W_1`, then `hidden @ W_2`."
MAX_RAISES = "Python's max wants one answer to \"which is larger?\", but a tensor has many. torch.relu, or .clamp(min=0), goes number by number."
MISTAKES = (
    Mistake("no ReLU", bent(lambda total: total), "There is no ReLU: without it two matrices in a row are no more than one matrix. torch.relu(X @ W_1 + b_1)."),
    Mistake("ReLU at the end", lambda X, W_1, b_1, W_2, b_2: torch.relu((X @ W_1 + b_1) @ W_2 + b_2),
            "The ReLU stands at the end. It belongs in the middle, after W_1 and b_1; what comes out may be negative."),
    Mistake("ReLU twice", lambda *args: torch.relu(feed_forward(*args)), "One ReLU too many: the one in the middle is right, but what comes out may be negative."),
    Mistake("ReLU on X", lambda X, W_1, b_1, W_2, b_2: (torch.relu(X) @ W_1 + b_1) @ W_2 + b_2, "The ReLU is put on X. First widen, X @ W_1 + b_1, then cut."),
    Mistake("ReLU before the bias", lambda X, W_1, b_1, W_2, b_2: (torch.relu(X @ W_1) + b_1) @ W_2 + b_2,
            "b_1 is added after the ReLU. Add it before: the bias says how far a number must reach to get through."),
    Mistake("ReLU upside down", bent(lambda total: total.clamp(max=0)), "You keep the negative numbers and cut the positive ones. ReLU does the opposite: .clamp(min=0)."),
    Mistake("absolute value", bent(torch.abs), "You turn negative numbers into positive ones. ReLU sets them to 0."),
    Mistake("GELU", bent(torch.nn.functional.gelu), "That is GELU, which many later models use. Here ReLU is asked for: torch.relu."),
    Mistake("GELU, by tanh", bent(lambda total: torch.nn.functional.gelu(total, approximate="tanh")), "That is GELU, which many later models use. Here ReLU is asked for: torch.relu."),
    Mistake("SiLU", bent(torch.nn.functional.silu), "That is SiLU, total · sigmoid(total). Here ReLU is asked for: torch.relu."),
    Mistake("leaky ReLU", bent(torch.nn.functional.leaky_relu), "Your ReLU leaks: negative numbers should become exactly 0."),
    Mistake("sigmoid", bent(torch.sigmoid), "That is the sigmoid. Use torch.relu, which leaves positive numbers as they are."),
    Mistake("tanh", bent(torch.tanh), "That is tanh. Use torch.relu, which leaves positive numbers as they are."),
    Mistake("softmax", bent(lambda total: total.softmax(-1)), "No softmax here: the numbers in the middle are no weights. Use torch.relu."),
    Mistake("0 or 1", bent(lambda total: (total > 0).float()), "You put 1 where a number is positive. ReLU leaves the number as it is."),
    Mistake("max with a tensor", lambda X, W_1, b_1, W_2, b_2: max(0, X @ W_1 + b_1) @ W_2 + b_2, MAX_RAISES),
    Mistake("max with a tensor first", lambda X, W_1, b_1, W_2, b_2: max(X @ W_1 + b_1, 0) @ W_2 + b_2, MAX_RAISES),
    Mistake("np.max of two", lambda X, W_1, b_1, W_2, b_2: np.max(0, X @ W_1 + b_1) @ W_2 + b_2,
            "np.max looks for one largest number, and its second argument is an axis. np.maximum(0, total) goes number by number."),
    Mistake("largest along an axis", lambda X, W_1, b_1, W_2, b_2: torch.max(X @ W_1 + b_1, 0) @ W_2 + b_2,
            "torch.max(total, 0) looks for the largest number along axis 0. torch.relu(total), or total.clamp(min=0), goes number by number."),
    Mistake("largest token", bent(lambda total: total.max(0).values), "You take the largest number over the tokens, so they are mixed. torch.relu goes number by number."),
    Mistake("no b_1", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_1) @ W_2 + b_2, "The first bias is missing: X @ W_1 + b_1."),
    Mistake("no b_2", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2, "The second bias is missing: ... @ W_2 + b_2."),
    Mistake("no biases", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_1) @ W_2, "Both biases are missing: one after each matrix."),
    Mistake("b_1 subtracted", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_1 - b_1) @ W_2 + b_2, "b_1 is added, not subtracted."),
    Mistake("b_2 subtracted", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 - b_2, "b_2 is added, not subtracted."),
    Mistake("biases exchanged", lambda X, W_1, b_1, W_2, b_2: feed_forward(X, W_1, b_2, W_2, b_1),
            "The biases have changed places: b_1 has d_ff numbers and goes with W_1, b_2 has d_model and goes with W_2."),
    Mistake("W exchanged", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_2 + b_1) @ W_1 + b_2, "The matrices have changed places: W_1 widens first, W_2 comes back."),
    Mistake("W_1 twice", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_1 + b_2, "W_1 is used both times; the way back is W_2."),
    *flipped(feed_forward, "W_1 W_2", LIBRARY_STYLE),
    Mistake("nn.functional.linear", lambda X, W_1, b_1, W_2, b_2: torch.relu(torch.nn.functional.linear(X, W_1, b_1)), LIBRARY_STYLE),
    Mistake("W @ X", lambda X, W_1, b_1, W_2, b_2: W_2 @ torch.relu(W_1 @ X + b_1) + b_2, "You write W @ X; tokens are rows here, so X comes first: X @ W_1."),
    Mistake("entry by entry", lambda X, W_1, b_1, W_2, b_2: torch.relu(X * W_1 + b_1) * W_2 + b_2, "`*` multiplies entry by entry; use the matrix product, X @ W_1."),
    Mistake("stops in the middle", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1), "You give back the wide numbers in the middle. The way back is missing: @ W_2 + b_2."),
    Mistake("X added", afterwards(lambda out, X: X + out), "X is added to the result. That is the residual, and it comes later in this lesson; give back the feed-forward part alone."),
    Mistake("scaled", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 / math.sqrt(len(b_1)) + b_2, "Nothing is divided here: the root belongs to attention's scores."),
    Mistake("averaged over the tokens", afterwards(lambda out, X: out.mean(-2, keepdim=True).expand_as(out) if out.ndim > 1 else out),
            "The tokens are averaged. Every token is worked on alone: nothing goes along that axis."),
    Mistake("W_2 twice", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_2, b_1) @ W_2 + b_2, "W_2 is used both times; the way out is W_1."),
    Mistake("W_1 there and back", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_1.T + b_2, "W_1, transposed, is used on the way back. The way back has a matrix of its own, W_2."),
    Mistake("b_1 twice", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 + b_1, "b_1 is used both times; b_2 goes with W_2."),
    Mistake("b_1 counted twice", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, 2 * b_1) @ W_2 + b_2, "b_1 is added twice; once is enough."),
    Mistake("b_2 counted twice", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 + 2 * b_2, "b_2 is added twice; once is enough."),
    Mistake("b_2 in the ReLU", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 + b_2.relu(), "A ReLU cuts b_2. Only the numbers in the middle are cut."),
    Mistake("b_1 cut alone", lambda X, W_1, b_1, W_2, b_2: (X @ W_1 + b_1.relu()) @ W_2 + b_2, "The ReLU cuts b_1 alone. It goes round the whole sum: torch.relu(X @ W_1 + b_1)."),
    Mistake("no ReLU, no biases", lambda X, W_1, b_1, W_2, b_2: X @ W_1 @ W_2, "There is no ReLU, and both biases are missing: torch.relu(X @ W_1 + b_1) @ W_2 + b_2."),
    Mistake("no ReLU, no b_1", lambda X, W_1, b_1, W_2, b_2: X @ W_1 @ W_2 + b_2, "There is no ReLU, and b_1 is missing: torch.relu(X @ W_1 + b_1)."),
    Mistake("no ReLU, no b_2", lambda X, W_1, b_1, W_2, b_2: (X @ W_1 + b_1) @ W_2, "There is no ReLU in the middle, and b_2 is missing: ... @ W_2 + b_2."),
    Mistake("ReLU at the end, no b_1", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_1 @ W_2 + b_2), "The ReLU stands at the end, and b_1 is missing. It belongs in the middle: torch.relu(X @ W_1 + b_1)."),
    Mistake("ReLU twice, before b_2", lambda X, W_1, b_1, W_2, b_2: torch.relu(hidden(X, W_1, b_1) @ W_2) + b_2, "One ReLU too many: the one in the middle is right, but what comes out of W_2 may be negative."),
    Mistake("ReLU of X as well", lambda X, W_1, b_1, W_2, b_2: feed_forward(X.relu(), W_1, b_1, W_2, b_2), "One ReLU too many: X goes in as it is, also its negative numbers."),
    Mistake("ReLU of W", lambda X, W_1, b_1, W_2, b_2: (X @ W_1.relu() + b_1) @ W_2 + b_2, "The ReLU is put on W_1. It goes round the sum: torch.relu(X @ W_1 + b_1)."),
    Mistake("ReLU cut at 1", bent(lambda total: total.clamp(0, 1)), "You cut at 1 as well. ReLU leaves positive numbers as they are: .clamp(min=0) alone."),
    Mistake("ReLU cut at 6", bent(torch.nn.functional.relu6), "That is ReLU6. ReLU leaves positive numbers as they are."),
    Mistake("never below 1", bent(lambda total: total.clamp(min=1)), "You cut at 1. ReLU cuts at 0: .clamp(min=0)."),
    Mistake("negative ones kept, positive ones 0", bent(lambda total: torch.where(total > 0, 0.0, total)), "You keep the negative numbers and cut the positive ones. ReLU does the opposite: .clamp(min=0)."),
    Mistake("b_2 added to W_2", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ (W_2 + b_2), "b_2 is added to W_2, before the product. Add it to what comes out: hidden @ W_2 + b_2."),
    Mistake("b_1 added to W_1", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ (W_1 + b_1)) @ W_2 + b_2, "b_1 is added to W_1, before the product. Add it to what comes out: X @ W_1 + b_1."),
    Mistake("squared ReLU", bent(lambda total: torch.relu(total) ** 2), "You square what the ReLU leaves. Leave it as it is."),
    Mistake("ELU", bent(torch.nn.functional.elu), "That is ELU. Here ReLU is asked for: torch.relu."),
    Mistake("softplus", bent(torch.nn.functional.softplus), "That is softplus. Here ReLU is asked for: torch.relu."),
    Mistake("Mish", bent(torch.nn.functional.mish), "That is Mish. Here ReLU is asked for: torch.relu."),
    Mistake("largest of X and the sum", bent(lambda total: total.amax(-1, keepdim=True).expand_as(total)), "You take the largest number of each row. ReLU goes number by number: torch.relu."),
    Mistake("normalised in the middle", bent(lambda total: torch.nn.functional.layer_norm(torch.relu(total), total.shape[-1:])), "There is a layer norm in the middle. The two matrices and a ReLU are all."),
    Mistake("X added and normalised", afterwards(lambda out, X: torch.nn.functional.layer_norm(X + out, X.shape[-1:])), "You add X and normalise. That comes later in this lesson; give back the feed-forward part alone."),
    Mistake("normalised", afterwards(lambda out, X: torch.nn.functional.layer_norm(out, X.shape[-1:])), "You normalise what comes out. The layer norm comes later in this lesson; give back the feed-forward part alone."),
    Mistake("first token only", afterwards(lambda out, X: out[0]), "Only the first token, or sentence, comes back: X @ W_1 works on all rows at once."),
    Mistake("W @ X, transposed", lambda X, W_1, b_1, W_2, b_2: torch.relu(W_1.T @ X + b_1) @ W_2 + b_2, "You write W_1.T @ X; tokens are rows here, so X comes first: X @ W_1."),
    *of_results(feed_forward, {"out": "d_model"}, without=("negative ones cut",)),
    Mistake("two results", afterwards(lambda out, X: (out, X)), "Give back out alone, once."),
)  # fmt: skip

EXERCISE = Exercise(
    name="feed_forward",
    lesson="07_transformer_block",
    reference=feed_forward,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two lines: first `hidden`, which is X times W_1, plus b_1, and then a ReLU; then hidden times W_2, plus b_2.",
        "`hidden = torch.relu(X @ W_1 + ...)`; the second line has the same form, without a ReLU.",
    ),
    points=2,
    minutes=5,
    assembly=FEED_FORWARD,
    returns={"out": "d_model"},
)
