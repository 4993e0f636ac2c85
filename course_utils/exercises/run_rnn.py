"""Lesson 06: the loop that carries the state from token to token."""

import torch

from ..model.recurrent import rnn_step, run_rnn
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import flipped, of_results


def arguments(normal, length, d_in, d_h):
    """X, h, W_xh, W_hh, b; the weights twice as large, so that tanh bends what comes out."""
    return normal(length, d_in), normal(d_h), 2 * normal(d_in, d_h), 2 * normal(d_h, d_h), normal(d_h)


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    X, h, W_xh, W_hh, b = arguments(fixed, 3, 5, 2)
    return [
        Case("one token", arguments(fixed, 1, 3, 4)),
        Case("2 tokens, d_in = 3, d_h = 4", arguments(fixed, 2, 3, 4)),
        Case("5 tokens, d_in = 3, d_h = 4", arguments(fixed, 5, 3, 4)),
        Case("the first state is 0", (X, torch.zeros(2), W_xh, W_hh, b)),
        Case("everything of size 4", arguments(fixed, 4, 4, 4)),
        Case("X is a transposed view", (fixed(3, 6).T, fixed(4), 2 * fixed(3, 4), 2 * fixed(4, 4), fixed(4))),
        Case("20 tokens, d_h = 1", arguments(fixed, 20, 2, 1)),
        Case("4 tokens, d_in = 2, d_h = 3", arguments(normal, 4, 2, 3)),
    ]


def with_the_step(step):
    """The right loop round another step."""

    def wrong(X, h, W_xh, W_hh, b):
        states = []
        for x in X:
            h = step(x, h, W_xh, W_hh, b)
            states.append(h)
        return torch.stack(states)

    return wrong


def not_carried(X, h, *weights):
    return torch.stack([rnn_step(x, h, *weights) for x in X])


def one_object(X, h, *weights):
    """Every row is the same tensor, written over at each step."""
    h, states = h.clone(), []
    for x in X:
        h[:] = rnn_step(x, h, *weights)
        states.append(h)
    return torch.stack(states)


def with_the_start(X, h, *weights):
    return torch.cat((h[None], run_rnn(X, h, *weights)))


def running_sum(X, h, *weights):
    return run_rnn(X, h, *weights).cumsum(0)


def one_token_back(X, h, *weights):
    """Gives each step the state from before the last one."""
    before, states = h, []
    for x in X:
        h, before = rnn_step(x, before, *weights), h
        states.append(h)
    return torch.stack(states)


def list_as_tensor(X, h, *weights):
    return torch.tensor(list(run_rnn(X, h, *weights)))


def shaped_like_the_tokens(X, h, *weights):
    states = torch.zeros_like(X)
    for t, x in enumerate(X):
        states[t] = h = rnn_step(x, h, *weights)
    return states


def from_zero(X, h, *weights):
    return run_rnn(X, torch.zeros_like(h), *weights)


TOLD_ALREADY = (
    "one long row", "on its side", "first row alone", "last row only", "last row alone", "rows back to front",
    "the last row for all", "rows averaged", "rows never set back",
)  # fmt: skip
OTHER_STEPS = (
    ("token unused", lambda x, h, W_xh, W_hh, b: torch.tanh(h @ W_hh + b), "In your step the token is not used: x @ W_xh is missing."),
    ("ReLU", lambda x, h, W_xh, W_hh, b: torch.relu(x @ W_xh + h @ W_hh + b), "That is ReLU; a step uses tanh."),
    ("bias twice", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + h @ W_hh + 2 * b), "The bias is added twice; add b once."),
    ("bias outside", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + h @ W_hh) + b, "The bias stands outside the tanh; add it before."),
    ("tanh of each part", lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh) + torch.tanh(h @ W_hh + b), "tanh goes round the whole sum, once; yours goes round its parts."),
    ("W @ x", lambda x, h, W_xh, W_hh, b: torch.tanh(W_xh @ x + W_hh @ h + b), "You write W @ x; tokens are rows here: x @ W_xh."),
)  # fmt: skip
MISTAKES = (
    Mistake("state not carried", not_carried,
            "Every step starts from the same h. Carry the state: each step gets the h that the step before it made."),
    Mistake("starts from zeros", from_zero, "You start from zeros. Start from the h that is handed in."),
    Mistake("starts from zeros at every step", lambda X, h, *weights: not_carried(X, torch.zeros_like(h), *weights),
            "Nothing is remembered: every step starts from zeros, or h @ W_hh is missing. Start from the h handed in, then carry it on."),
    Mistake("starts from ones", lambda X, h, *weights: run_rnn(X, torch.ones_like(h), *weights), "You start from ones. Start from the h that is handed in."),
    Mistake("last state only", lambda X, h, *weights: run_rnn(X, h, *weights)[-1], "You give back the last state alone. Keep the state after every token: (length, d_h)."),
    Mistake("last state as a row", lambda X, h, *weights: run_rnn(X, h, *weights)[-1:], "You give back the last state alone. Keep the state after every token: (length, d_h)."),
    Mistake("first state only", lambda X, h, *weights: run_rnn(X, h, *weights)[:1], "Only the first state comes back: is `return` inside the loop?"),
    Mistake("one object in every row", one_object,
            "All rows are the last state: you keep one tensor and write over it. Make a new h at each step, or keep h.clone()."),
    Mistake("read from right to left", lambda X, h, *weights: run_rnn(X.flip(0), h, *weights), "You read from the last token to the first. Read from left to right."),
    Mistake("read from right to left, rows in order", lambda X, h, *weights: run_rnn(X.flip(0), h, *weights).flip(0),
            "You read from the last token to the first. Read from left to right."),
    Mistake("rows in the wrong order", lambda X, h, *weights: run_rnn(X, h, *weights).flip(0), "The states are in the wrong order: row 0 belongs to the first token."),
    Mistake("start among the states", with_the_start, "The h that came in is among the rows. Keep only states made by a step: one row per token."),
    Mistake("states one row late", lambda X, h, *weights: with_the_start(X, h, *weights)[:-1],
            "Off by one: you keep the state before each token. Row 0 is the state after the first token."),
    Mistake("first token skipped", lambda X, h, *weights: run_rnn(X[1:], h, *weights), "The first token is skipped; the loop begins with X[0]."),
    Mistake("last token skipped", lambda X, h, *weights: run_rnn(X[:-1], h, *weights), "The last token is skipped; the loop goes over all of X."),
    Mistake("first token at every step", lambda X, h, *weights: run_rnn(X[:1].expand_as(X), h, *weights), "Every step reads the first token. Step t reads X[t]."),
    Mistake("last token at every step", lambda X, h, *weights: run_rnn(X[-1:].expand_as(X), h, *weights), "Every step reads the last token. Step t reads X[t]."),
    Mistake("columns as tokens", lambda X, h, *weights: run_rnn(X.T, h, *weights), "The loop goes over the columns of X. One row is one token: `for x in X`."),
    Mistake("result on its side", lambda X, h, *weights: run_rnn(X, h, *weights).T, "The result is transposed: one row per token, (length, d_h)."),
    Mistake("states side by side", lambda X, h, *weights: run_rnn(X, h, *weights).flatten(), "The states are joined end to end. Stack them as rows: torch.stack(states)."),
    Mistake("list made a tensor", list_as_tensor, "torch.tensor cannot join a list of tensors. Use torch.stack(states)."),
    Mistake("state one step old", one_token_back, "Each step gets a state that is one step too old. Give it the one just made."),
    Mistake("states added up", running_sum, "The states are added up. Each row is one state alone."),
    Mistake("mean of the states", lambda X, h, *weights: run_rnn(X, h, *weights).mean(0), "You give back the mean of the states. Keep them all: (length, d_h)."),
    Mistake("every second token", lambda X, h, *weights: run_rnn(X[::2], h, *weights), "Every second token is skipped."),
    Mistake("one step too many", lambda X, h, *weights: run_rnn(torch.cat((X, X[-1:])), h, *weights), "There is one step too many: as many states as tokens."),
    Mistake("states before they are made", lambda X, h, *weights: torch.cat((torch.zeros_like(h)[None], run_rnn(X, h, *weights)[:-1])),
            "Off by one: row 0 is still 0, and each state stands one row late. Row 0 is the state after the first token."),
    Mistake("two steps for each token", with_the_step(lambda x, h, *weights: rnn_step(x, rnn_step(x, h, *weights), *weights)),
            "Each token is read twice: there are two steps in each round of the loop. One is enough."),
    Mistake("start over in each row", lambda X, h, *weights: torch.cat((run_rnn(X[:1], h, *weights), not_carried(X[1:], torch.zeros_like(h), *weights))) if len(X) > 1 else run_rnn(X, h, *weights),
            "Only the first step gets h; the others start from zeros. Each step gets the state that the step before it made."),
    Mistake("states in columns of a batch", lambda X, h, *weights: run_rnn(X, h, *weights)[:, None], "There is an axis of size 1 in the middle. One row per token: (length, d_h)."),
    Mistake("states as wide as tokens", shaped_like_the_tokens, "The table for the states has the shape of X. A state has d_h numbers: torch.zeros(len(X), len(h))."),
    Mistake("new state and token exchanged", lambda X, h, *weights: X, "You give back X. Give back the states, one for each token."),
    *of_results(run_rnn, {"states": "length d_h"}, without=TOLD_ALREADY),
    Mistake("states and last state", lambda X, h, *weights: (run_rnn(X, h, *weights), run_rnn(X, h, *weights)[-1]),
            "torch's nn.RNN gives back two things; here give back the states alone."),
    Mistake("no tanh", with_the_step(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_hh + b), "The tanh is missing. Call your rnn_step in the loop."),
    Mistake("tanh at the end", lambda X, h, *weights: torch.tanh(with_the_step(lambda x, h, W_xh, W_hh, b: x @ W_xh + h @ W_hh + b)(X, h, *weights)),
            "tanh comes once, after the loop. It belongs into every step, before the state is carried on."),
    Mistake("sigmoid", with_the_step(lambda x, h, W_xh, W_hh, b: torch.sigmoid(x @ W_xh + h @ W_hh + b)), "That is the sigmoid; a step uses tanh. Call your rnn_step in the loop."),
    Mistake("no bias", with_the_step(lambda x, h, W_xh, W_hh, b: torch.tanh(x @ W_xh + h @ W_hh)), "The bias b is missing in the step."),
    *flipped(run_rnn, "W_xh W_hh", "Tokens and states are rows here: x @ W_xh and h @ W_hh, not as torch stores the weights. As W_hh is square, nothing else would tell you."),
    *(Mistake(name, with_the_step(step), f"{hint} Call your rnn_step in the loop.") for name, step, hint in OTHER_STEPS),
    Mistake("weights exchanged", with_the_step(lambda x, h, W_xh, W_hh, b: rnn_step(x, h, W_hh, W_xh, b)),
            "The weights have changed places: hand them on in the order W_xh, W_hh."),
    Mistake("token and state exchanged", with_the_step(lambda x, h, *weights: rnn_step(h, x, *weights)), "Token and state have changed places: rnn_step(x, h, ...)."),
    Mistake("old state on top", with_the_step(lambda x, h, *weights: h + rnn_step(x, h, *weights)),
            "The new state is added to the old one. A plain RNN replaces it: h = rnn_step(...)."),
)  # fmt: skip

EXERCISE = Exercise(
    name="run_rnn",
    lesson="06_rnn_comparison",
    reference=run_rnn,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Begin with an empty list. For each row x of X: make the new h from x and the old h, and put it into the list.",
        "Inside the loop: `h = ...`, with your rnn_step. So the next step gets the new h. After the loop, torch.stack joins the list.",
    ),
    points=2,
    minutes=6,
    returns={"states": "length d_h"},
    rules=((lambda states: abs(states).max() <= 1, "Some numbers are outside -1 to 1; a tanh never is."),),
)
