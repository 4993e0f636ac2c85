"""Right answers to lesson 06's exercises, written in other ways."""

import math
from itertools import accumulate

import numpy as np
import torch


def step(x, h, W_xh, W_hh, b):
    return torch.tanh(x @ W_xh + h @ W_hh + b)


def step_one_wide_matrix(x, h, W_xh, W_hh, b):
    return torch.tanh(torch.cat([x, h], dim=-1) @ torch.cat([W_xh, W_hh]) + b)


def step_exponentials(x, h, W_xh, W_hh, b):
    e = torch.exp(-2 * (b + h @ W_hh + x @ W_xh))
    return (1 - e) / (1 + e)


def step_sigmoid(x, h, W_xh, W_hh, b):
    return 2 * torch.sigmoid(2 * (x @ W_xh + h @ W_hh + b)) - 1


def step_library(x, h, W_xh, W_hh, b):
    cell = torch.nn.RNNCell(*W_xh.shape)
    cell.weight_ih.data, cell.weight_hh.data = W_xh.T, W_hh.T
    cell.bias_ih.data, cell.bias_hh.data = b, torch.zeros_like(b)
    return cell(x, h)


def step_loops(x, h, W_xh, W_hh, b):
    if x.ndim == 2:
        return [step_loops(*pair, W_xh, W_hh, b) for pair in zip(x, h, strict=True)]
    return [
        math.tanh(b[j] + sum(x[i] * W_xh[i, j] for i in range(len(x))) + sum(h[i] * W_hh[i, j] for i in range(len(h))))
        for j in range(len(b))
    ]


def step_einsum(x, h, W_xh, W_hh, b):
    from_token, from_state = torch.einsum("...i,ij->...j", x, W_xh), torch.einsum("...i,ij->...j", h, W_hh)
    return torch.tanh(from_token + from_state + b)


def step_in_place_on_a_copy(x, h, W_xh, W_hh, b):
    total = b.clone()
    total = total + x @ W_xh
    total += h @ W_hh
    return total.tanh_()


def run_into_zeros(X, h, W_xh, W_hh, b):
    states = torch.zeros(len(X), len(h))
    for t in range(len(X)):
        states[t] = step(X[t], states[t - 1] if t else h, W_xh, W_hh, b)
    return states


def run_with_the_start_cut_off(X, h, *weights):
    states = [h]
    for x in X:
        states.append(step(x, states[-1], *weights))
    return states[1:]


def run_library(X, h, W_xh, W_hh, b):
    rnn = torch.nn.RNN(*W_xh.shape, batch_first=True)
    rnn.weight_ih_l0.data, rnn.weight_hh_l0.data = W_xh.T, W_hh.T
    rnn.bias_ih_l0.data, rnn.bias_hh_l0.data = b, torch.zeros_like(b)
    return rnn(X[None], h[None, None])[0]


def run_numpy(X, h, W_xh, W_hh, b):
    X, h, W_xh, W_hh, b = (np.asarray(M, dtype=np.float64) for M in (X, h, W_xh, W_hh, b))
    states = np.empty((len(X), len(h)))
    for t, from_token in enumerate(X @ W_xh + b):
        states[t] = h = np.tanh(from_token + h @ W_hh)
    return states


def run_columns(X, h, W_xh, W_hh, b):
    states, column = [], h[:, None]
    for x in X:
        column = torch.tanh(W_xh.T @ x[:, None] + W_hh.T @ column + b[:, None])
        states.append(column)
    return torch.cat(states, dim=1).T


def run_calls_itself(X, h, *weights):
    if len(X) == 0:
        return torch.empty(0, len(h))
    h = step(X[0], h, *weights)
    return torch.vstack([h[None], run_calls_itself(X[1:], h, *weights)])


def run_in_place_on_a_copy(X, h, *weights):
    h, states = h.clone(), []
    for x in X:
        h[:] = step(x, h, *weights)
        states.append(h.clone())
    return states


RIGHT = {
    "rnn_step": [
        step_one_wide_matrix,
        step_exponentials,
        step_sigmoid,
        step_library,
        step_loops,
        step_in_place_on_a_copy,
        lambda x, h, W_xh, W_hh, b: np.tanh(x.numpy() @ W_xh.numpy() + h.numpy() @ W_hh.numpy() + b.numpy()),
        lambda x, h, W_xh, W_hh, b: np.tanh(x.astype("float64") @ W_xh + h @ W_hh + b),
        lambda x, h, W_xh, W_hh, b: (x.double() @ W_xh.double() + h.double() @ W_hh.double() + b).tanh(),
        step_einsum,
        lambda x, h, W_xh, W_hh, b: torch.tanh(torch.addmm(b, h.reshape(-1, len(b)), W_hh).reshape(h.shape) + x @ W_xh),
    ],
    "run_rnn": [
        run_into_zeros,
        run_with_the_start_cut_off,
        run_library,
        run_numpy,
        run_columns,
        run_calls_itself,
        run_in_place_on_a_copy,
        lambda X, h, *weights: torch.stack([*accumulate(X, lambda state, x: step(x, state, *weights), initial=h)][1:]),
        lambda X, h, W_xh, W_hh, b: run_numpy(X, h, W_xh, W_hh, b).tolist(),
        lambda X, h, W_xh, W_hh, b: run_into_zeros(X, h, W_xh, W_hh, b)[None],
    ],
}  # fmt: skip
