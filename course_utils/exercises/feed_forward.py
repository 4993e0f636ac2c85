"""Lesson 07: the part of a block in which every token is worked on alone."""

import math

import torch

from ..model.feed_forward import feed_forward
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def arguments(normal, d_model, d_ff, *leading):
    """X, W_1, b_1, W_2, b_2; X and the weights larger, so that the ReLU has something to cut."""
    return 3 * normal(*leading, d_model), 2 * normal(d_model, d_ff), normal(d_ff), 2 * normal(d_ff, d_model), normal(d_model)


def cases(seed):
    normal = random_inputs(seed)
    X, W_1, b_1, W_2, b_2 = arguments(normal, 4, 6, 3)
    return [
        Case("3 tokens, d_model 4, d_ff 6", (X, W_1, b_1, W_2, b_2)),
        Case("5 tokens, d_model 3, d_ff 8", arguments(normal, 3, 8, 5)),
        Case("a batch of 2, 3 tokens each", arguments(normal, 4, 5, 2, 3)),
        Case("everything of size 4", arguments(normal, 4, 4, 4)),
        Case("one token alone, no axis in front", arguments(normal, 5, 7)),
        Case("d_ff smaller than d_model", arguments(normal, 6, 2, 3)),
        Case("the weights are transposed views", (X, normal(6, 4).T, b_1, normal(4, 6).T, b_2)),
        Case("biases of 0", (X, W_1, torch.zeros(6), W_2, torch.zeros(4))),
        Case("the ReLU cuts everything", (X, W_1, b_1 - 20, W_2, b_2)),
    ]


def bent(bend):
    """feed_forward with something else in place of the ReLU."""
    return lambda X, W_1, b_1, W_2, b_2: bend(X @ W_1 + b_1) @ W_2 + b_2


def afterwards(change):
    """The right result, changed afterwards."""
    return lambda X, *weights: change(feed_forward(X, *weights), X)


def hidden(X, W_1, b_1):
    return torch.relu(X @ W_1 + b_1)


LIBRARY_STYLE = "The weights are turned on their side, as nn.Linear keeps them. Here a row of X comes first: `X @ W_1`, then `hidden @ W_2`."
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
    Mistake("both transposed", lambda X, W_1, b_1, W_2, b_2: torch.relu(X @ W_1.T + b_1) @ W_2.T + b_2, LIBRARY_STYLE),
    Mistake("W_2 transposed", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2.T + b_2, LIBRARY_STYLE),
    Mistake("nn.functional.linear", lambda X, W_1, b_1, W_2, b_2: torch.relu(torch.nn.functional.linear(X, W_1, b_1)), LIBRARY_STYLE),
    Mistake("W @ X", lambda X, W_1, b_1, W_2, b_2: W_2 @ torch.relu(W_1 @ X + b_1) + b_2, "You write W @ X; tokens are rows here, so X comes first: X @ W_1."),
    Mistake("entry by entry", lambda X, W_1, b_1, W_2, b_2: torch.relu(X * W_1 + b_1) * W_2 + b_2, "`*` multiplies entry by entry; use the matrix product, X @ W_1."),
    Mistake("stops in the middle", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1), "You give back the wide numbers in the middle. The way back is missing: @ W_2 + b_2."),
    Mistake("X added", afterwards(lambda out, X: X + out), "X is added to the result. That is the residual, and it comes later in this lesson; give back the feed-forward part alone."),
    Mistake("scaled", lambda X, W_1, b_1, W_2, b_2: hidden(X, W_1, b_1) @ W_2 / math.sqrt(len(b_1)) + b_2, "Nothing is divided here: the root belongs to attention's scores."),
    Mistake("averaged over the tokens", afterwards(lambda out, X: out.mean(-2, keepdim=True).expand_as(out) if out.ndim > 1 else out),
            "The tokens are averaged. Every token is worked on alone: nothing goes along that axis."),
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
    returns={"out": "d_model"},
)
