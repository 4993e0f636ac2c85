"""Lesson 01: one X, three learned views."""

import torch

from ..model.attention import project
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("2 tokens, d_model 3, d_k 4, d_v 5", (normal(2, 3), normal(3, 4), normal(3, 4), normal(3, 5))),
        Case("one token", (normal(1, 3), normal(3, 2), normal(3, 2), normal(3, 4))),
        Case("everything of size 3", (normal(3, 3), normal(3, 3), normal(3, 3), normal(3, 3))),
        Case("W_Q is a transposed view", (normal(4, 3), normal(2, 3).T, normal(3, 2), normal(3, 2))),
    ]


MISTAKES = (
    Mistake("weights transposed", lambda X, W_Q, W_K, W_V: (X @ W_Q.T, X @ W_K.T, X @ W_V.T),
            "The weights are transposed. A row of X times W: `X @ W_Q`; on a square W nothing else would tell you."),
    Mistake("Q = K = V = X", lambda X, W_Q, W_K, W_V: (X, X, X),
            "You hand X on three times. Self-attention has one X but three learned views of it: use the three W."),
    Mistake("one matrix for all", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q, X @ W_Q),
            "W_Q is used three times. Keys come from W_K, values from W_V."),
    Mistake("keys with W_Q", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q, X @ W_V), "Your keys are made with W_Q; they need W_K."),
    Mistake("values with W_K", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_K, X @ W_K), "Your values are made with W_K; they need W_V."),
    Mistake("values not projected", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_K, X), "Your values are X itself; they need W_V."),
    Mistake("Q and K exchanged", lambda X, W_Q, W_K, W_V: (X @ W_K, X @ W_Q, X @ W_V), "Queries and keys have changed places: return Q, K, V."),
    Mistake("K and V exchanged", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_V, X @ W_K), "Keys and values have changed places: return Q, K, V."),
    Mistake("other order", lambda X, W_Q, W_K, W_V: (X @ W_V, X @ W_K, X @ W_Q), "The order is turned round: return Q, K, V."),
    Mistake("order K, V, Q", lambda X, W_Q, W_K, W_V: (X @ W_K, X @ W_V, X @ W_Q), "The order is K, V, Q: return Q, K, V."),
    Mistake("order V, Q, K", lambda X, W_Q, W_K, W_V: (X @ W_V, X @ W_Q, X @ W_K), "The order is V, Q, K: return Q, K, V."),
    Mistake("only Q", lambda X, W_Q, W_K, W_V: X @ W_Q, "These are the queries alone. Give back all three: return Q, K, V."),
    Mistake("one wide matrix", lambda X, W_Q, W_K, W_V: torch.cat((X @ W_Q, X @ W_K, X @ W_V), -1),
            "You join the three views side by side; give back three matrices, Q, K, V."),
    Mistake("W times X", lambda X, W_Q, W_K, W_V: (W_Q @ X, W_K @ X, W_V @ X), "You write W @ X; tokens are rows here, so X comes first."),
    Mistake("entry by entry", lambda X, W_Q, W_K, W_V: (X * W_Q, X * W_K, X * W_V), "`*` multiplies entry by entry; use the matrix product, `@`."),
)  # fmt: skip

EXERCISE = Exercise(
    name="project",
    lesson="01_queries_keys_values",
    reference=project,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "One matrix product per view. The widths must meet: (length, d_model) times (d_model, d_k).",
        "`return X @ W_Q, ...` and the same for the other two.",
    ),
    points=1,
    minutes=3,
    returns={"Q": "length d_k", "K": "length d_k", "V": "length d_v"},
)
