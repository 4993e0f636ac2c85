"""Lesson 01: one X, three learned views."""

import torch

from ..model.attention import project
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import confused, flipped, of_results

RETURNS = {"Q": "length d_k", "K": "length d_k", "V": "length d_v"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("2 tokens, d_model 3, d_k 4, d_v 5", (fixed(2, 3), fixed(3, 4), fixed(3, 4), fixed(3, 5))),
        Case("one token", (fixed(1, 3), fixed(3, 2), fixed(3, 2), fixed(3, 4))),
        Case("everything of size 3", (fixed(3, 3), fixed(3, 3), fixed(3, 3), fixed(3, 3))),
        Case("W_Q is a transposed view", (fixed(4, 3), fixed(2, 3).T, fixed(3, 2), fixed(3, 2))),
        Case("5 tokens, d_model 4, d_k 3, d_v 2", (normal(5, 4), normal(4, 3), normal(4, 3), normal(4, 2))),
    ]


WORDS = {"Q": "queries", "K": "keys", "V": "values"}


def as_it_is(*views):
    """X itself in place of some of the three views."""

    def wrong(X, W_Q, W_K, W_V):
        return tuple(X if name in views else view for name, view in zip("QKV", project(X, W_Q, W_K, W_V)))

    return wrong


def each_by(make):
    """Each view made of X and its matrix in another way."""
    return lambda X, *weights: tuple(make(X, W) for W in weights)


FROM_ANOTHER = {
    "K made of Q": lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q @ W_K, X @ W_V),
    "V made of Q": lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_K, X @ W_Q @ W_V),
    "V made of K": lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_K, X @ W_K @ W_V),
    "K and V made of Q": lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q @ W_K, X @ W_Q @ W_V),
}
MISTAKES = (
    *flipped(project, "W_Q W_K W_V", "A row of X times W: `X @ W_Q`; on a square W nothing else would tell you."),
    Mistake("Q = K = V = X", lambda X, W_Q, W_K, W_V: (X, X, X),
            "You hand X on three times. Self-attention has one X but three learned views of it: use the three W."),
    Mistake("one matrix for all", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q, X @ W_Q),
            "W_Q is used three times. Keys come from W_K, values from W_V."),
    *confused(project, "W_Q W_K W_V", without=("W_Q for W_K, W_Q for W_V",)),
    *(Mistake(f"{word} not projected", as_it_is(name), f"Your {word} are X itself; they need W_{name}.") for name, word in WORDS.items()),
    *(Mistake(f"only the {word} projected", as_it_is(*WORDS.keys() - {name}), f"Only the {word} are projected. Each of the three needs its own W.") for name, word in WORDS.items()),
    Mistake("matrices given back", lambda X, *weights: weights, "You give back the matrices. Multiply X with each: X @ W_Q."),
    Mistake("one wide matrix", lambda X, *weights: torch.cat(project(X, *weights), -1),
            "You join the three views side by side; give back three matrices, Q, K, V."),
    Mistake("X cut in three", lambda X, *weights: X.chunk(3, -1), "You cut X in three. Each view is made of all of X: X @ W_Q."),
    Mistake("one from the other", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_Q @ W_K, X @ W_Q @ W_K @ W_V),
            "Keys and values are made of what came before them. All three are made of X: did X change on the way?"),
    *(Mistake(name, wrong, "Each of the three views is made of X, not of another view: X @ W_Q, X @ W_K, X @ W_V.") for name, wrong in FROM_ANOTHER.items()),
    Mistake("only the last feature", each_by(lambda X, W: X[:, -1:] @ W[-1:]), "Only the last number of each token counts: add up in the loop, `+=`, do not write over it."),
    Mistake("only the first feature", each_by(lambda X, W: X[:, :1] @ W[:1]), "Only the first number of each token counts: is the sum given back inside the loop?"),
    Mistake("W times X", each_by(lambda X, W: W @ X), "You write W @ X; tokens are rows here, so X comes first."),
    Mistake("W transposed times X", each_by(lambda X, W: W.T @ X), "You write W.T @ X; tokens are rows here, so X comes first: X @ W_Q."),
    Mistake("columns as tokens", each_by(lambda X, W: W.T @ X.T), "The views are transposed, one column per token. Tokens are rows here: X @ W_Q."),
    Mistake("X transposed", each_by(lambda X, W: X.T @ W), "X is transposed. Its rows are the tokens: X @ W_Q."),
    Mistake("entry by entry", each_by(lambda X, W: X * W), "`*` multiplies entry by entry; use the matrix product, `@`."),
    Mistake("added", each_by(lambda X, W: X + W), "You add the matrices to X. Multiply: the matrix product, X @ W_Q."),
    Mistake("first token only", each_by(lambda X, W: X[0] @ W), "Only the first token is projected. `X @ W_Q` does it for all rows at once."),
    Mistake("X averaged", each_by(lambda X, W: X.mean(0) @ W), "You average the tokens. Each row of X is projected by itself."),
    Mistake("scaled", each_by(lambda X, W: X @ W / W.shape[1] ** 0.5), "You divide by the root of d_k. That is for the scores, in lesson 02; here it is X @ W alone."),
    Mistake("softmax", each_by(lambda X, W: (X @ W).softmax(-1)), "No softmax here: a view is X @ W alone. Weights come later, from the scores."),
    Mistake("ReLU", each_by(lambda X, W: (X @ W).relu()), "No ReLU here: a view is X @ W alone, and its numbers may be negative."),
    Mistake("tanh", each_by(lambda X, W: (X @ W).tanh()), "No tanh here: a view is X @ W alone."),
    Mistake("X added", each_by(lambda X, W: X + X @ W), "X is added on top. A view is X @ W alone."),
    Mistake("scores", lambda X, W_Q, W_K, W_V: X @ W_Q @ (X @ W_K).T, "You go on to the scores. Give back the three views: return Q, K, V."),
    Mistake("attention", lambda X, W_Q, W_K, W_V: torch.softmax(X @ W_Q @ (X @ W_K).T, -1) @ (X @ W_V), "Give back three results: return Q, K, V."),
    Mistake("Q and K only", lambda X, W_Q, W_K, W_V: (X @ W_Q, X @ W_K), "Give back three results: return Q, K, V."),
    Mistake("a dictionary", lambda X, *weights: dict(zip("QKV", project(X, *weights))), "Give back three matrices, not a dictionary: return Q, K, V."),
    *of_results(project, RETURNS, without=[f"order {order}" for order in ("Q, V, K", "K, Q, V", "K, V, Q", "V, Q, K", "V, K, Q")]),
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
    returns=RETURNS,
)
