"""Right answers by searches, gradients, generators and library parts, and results of unusual kinds."""

import collections
import functools
import heapq
import itertools
import math

import numpy as np
import torch
import torch.nn.functional as F

Attended = collections.namedtuple("Attended", "out weights")
Views = collections.namedtuple("Views", "Q K V")


def project_by_layers(X, W_Q, W_K, W_V):
    layers = []
    for W in (W_Q, W_K, W_V):
        layers.append(torch.nn.Linear(*W.shape, bias=False))
        layers[-1].weight = torch.nn.Parameter(W.T)
    return Views(*(layer(X) for layer in layers))


def lookup_by_a_running_sum(q, K, V):
    above, below = torch.zeros(V.shape[1]), 0.0
    for key, value in zip(K, V):
        weight = torch.exp(q @ key)
        above, below = above + weight * value, below + weight
    return above / below


def attention_named(Q, K, V, scale=None):
    scores = torch.einsum("...qd,...kd->...qk", Q, K) * (scale or K.size(-1) ** -0.5)
    weights = scores.softmax(-1)
    return Attended((weights.unsqueeze(-1) * V.unsqueeze(-3)).sum(-2), weights)


@torch.no_grad()
def attention_through_the_library(Q, K, V):
    ones = torch.eye(K.shape[-2]).expand(*K.shape[:-1], -1)
    weights = F.scaled_dot_product_attention(Q, K, ones)
    return [weights @ V, weights]


def heads_added_through_W_O(X, W_Q, W_K, W_V, W_O, n_heads):
    Q, K, V = (torch.einsum("bld,dhk->bhlk", X, W.unflatten(1, (n_heads, -1))) for W in (W_Q, W_K, W_V))
    weights = (Q @ K.mT * Q.shape[-1] ** -0.5).softmax(-1)
    return torch.einsum("bhqk,bhkd,hde->bqe", weights, V, W_O.unflatten(0, (n_heads, -1))), weights


def positions_by_one_sine(length, d_model):
    speeds = 10000.0 ** (-(torch.arange(d_model) // 2 * 2) / d_model)
    return torch.sin(torch.arange(length)[:, None] * speeds + torch.tensor([0, math.pi / 2]).repeat(d_model // 2))


def rotated_by_small_matrices(X):
    angles = torch.arange(X.shape[-2])[:, None] * 10000 ** (-torch.arange(0, X.shape[-1], 2) / X.shape[-1])
    rows = torch.stack((angles.cos(), -angles.sin()), -1), torch.stack((angles.sin(), angles.cos()), -1)
    return torch.einsum("lpij,...lpj->...lpi", torch.stack(rows, -2), X.unflatten(-1, (-1, 2))).flatten(-2)


def packed_in_blocks(sentence):
    _, sizes = torch.unique_consecutive(sentence, return_counts=True)
    return torch.block_diag(*(torch.ones(n, n).tril() for n in sizes.tolist()))


def padding_of_padded_ones(lengths, max_length):
    rows = [torch.ones(int(length)) for length in lengths]
    return torch.nn.utils.rnn.pad_sequence([*rows, torch.zeros(max_length)], batch_first=True)[:-1]


def leak_by_derivatives(layer, X):
    by_input = torch.autograd.functional.jacobian(layer, X)  # (length, d_model, length, d_model)
    return any(bool(by_input[i, :, j].any()) for i, j in itertools.combinations(range(len(X)), 2))


def states_accumulated(X, h, W_xh, W_hh, b):
    states = itertools.accumulate(X, lambda h, x: torch.tanh(x @ W_xh + h @ W_hh + b), initial=h)
    return torch.stack(list(states)[1:])


def states_by_recursion(X, h, W_xh, W_hh, b):
    if not len(X):
        return torch.zeros(0, len(h))
    h = torch.tanh(X[0] @ W_xh + h @ W_hh + b)
    return torch.cat((h[None], states_by_recursion(X[1:], h, W_xh, W_hh, b)))


def normed_in_place_on_its_own(X, gain, bias):
    X = X - X.mean(-1, keepdim=True)
    X /= torch.sqrt(torch.mean(X * X, dim=-1, keepdim=True) + 1e-5)
    X *= gain
    X += bias
    return X


def block_by_reduce(X, attend, feed, norm_1, norm_2):
    return functools.reduce(lambda X, part: X + part[0](part[1](X)), [(attend, norm_1), (feed, norm_2)], X)


def shifted_row_by_row(targets, start):
    if targets.ndim == 1:
        return [start, *targets.tolist()[:-1]]
    return [shifted_row_by_row(row, start) for row in targets]


def decoded_as_a_tensor(next_scores, start, end, max_length):
    symbols = torch.tensor([start])
    while len(symbols) <= max_length:
        symbols = torch.cat((symbols, next_scores(symbols.tolist()).argmax(-1, keepdim=True)))
        if symbols[-1] == end:
            break
    return symbols[1:]


def step_with_a_closure(model, batch, loss_of, optimizer):
    def closure():
        optimizer.zero_grad()
        loss = loss_of(model, batch)
        loss.backward()
        return loss

    return optimizer.step(closure).item()


def step_with_gradients_put_in(model, batch, loss_of, optimizer):
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    loss = loss_of(model, batch)
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    optimizer.step()
    return loss.tolist()


def rate_as_an_array(step, d_model, warmup_steps=4000):
    rise, fall = step * np.power(float(warmup_steps), -1.5), np.power(float(step), -0.5)
    return np.minimum(rise, fall) / np.sqrt(d_model)


def distance_by_the_shortest_way(a, b):
    ways, done = [(0, 0, 0)], set()
    while ways:
        cost, i, j = heapq.heappop(ways)
        if i == len(a) and j == len(b):
            return cost
        if (i, j) not in done:
            done.add((i, j))
            steps = (i + 1, j, 1), (i, j + 1, 1), (i + 1, j + 1, int(i < len(a) and j < len(b) and a[i] != b[j]))
            for k, m, price in steps:
                if k <= len(a) and m <= len(b):
                    heapq.heappush(ways, (cost + price, k, m))


RIGHT = {
    "project": [project_by_layers],
    "soft_lookup": [lookup_by_a_running_sum],
    "attention": [attention_named, attention_through_the_library],
    "multi_head_attention": [heads_added_through_W_O],
    "sinusoidal_positions": [positions_by_one_sine],
    "rotate_by_position": [rotated_by_small_matrices],
    "packed_mask": [packed_in_blocks],
    "padding_mask": [padding_of_padded_ones],
    "finds_leak": [leak_by_derivatives],
    "run_rnn": [states_accumulated, states_by_recursion],
    "layer_norm": [normed_in_place_on_its_own],
    "pre_ln_block": [block_by_reduce],
    "shift_right": [shifted_row_by_row],
    "greedy_decode": [decoded_as_a_tensor],
    "training_step": [step_with_a_closure, step_with_gradients_put_in],
    "warmup": [rate_as_an_array],
    "edit_distance": [distance_by_the_shortest_way],
}
