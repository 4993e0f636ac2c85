"""Right answers to lesson 04's exercises, written in other ways."""

import math

import numpy as np
import torch


def table_of_exp_and_log(length, d_model):
    position = torch.arange(length).unsqueeze(1).float()
    table = torch.zeros(length, d_model)
    rate = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
    table[:, 0::2] = torch.sin(position * rate)
    table[:, 1::2] = torch.cos(position * rate)
    return table


def table_of_loops(length, d_model):
    table = [[0.0] * d_model for _ in range(length)]
    for position in range(length):
        for i in range(0, d_model, 2):
            table[position][i] = math.sin(position / 10000 ** (i / d_model))
            table[position][i + 1] = math.cos(position / 10000 ** (i / d_model))
    return table


def table_of_columns(length, d_model):
    columns = np.arange(d_model)
    angles = np.arange(length)[:, np.newaxis] / np.power(10000, 2 * (columns // 2) / np.float64(d_model))
    angles[:, 0::2], angles[:, 1::2] = np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])
    return angles


def table_of_shifted_sines(length, d_model):
    column = torch.arange(d_model)
    angles = torch.outer(torch.arange(length).double(), 1e4 ** (-(column - column % 2) / d_model).double())
    return torch.sin(angles + math.pi / 2 * (column % 2))


def table_with_a_batch_axis(length, d_model):
    pair = torch.arange(d_model // 2)
    angles = torch.einsum("p,i->pi", torch.arange(length).float(), 1 / 10000 ** (2 * pair / d_model))
    return torch.stack([angles.sin(), angles.cos()], dim=2).reshape(1, length, d_model)


def table_from_complex_numbers(length, d_model):
    angles = torch.arange(length)[:, None] / 10000 ** (torch.arange(0, d_model, 2) / d_model)
    return torch.view_as_real(torch.polar(torch.ones_like(angles), angles)).flip(-1).reshape(length, -1)


def table_by_turning_on(length, d_model):
    rows = [[0.0, 1.0] * (d_model // 2)]
    for _ in range(length - 1):
        row = []
        for i in range(d_model // 2):
            sin, cos, a = rows[-1][2 * i], rows[-1][2 * i + 1], 10000 ** (-2 * i / d_model)
            row += [sin * math.cos(a) + cos * math.sin(a), cos * math.cos(a) - sin * math.sin(a)]
        rows.append(row)
    return torch.tensor(rows)


def rotated_complex(X):
    length, d_k = X.shape[-2:]
    angles = torch.outer(torch.arange(length).float(), 10000.0 ** (-torch.arange(0, d_k, 2).float() / d_k))
    pairs = torch.view_as_complex(X.float().reshape(*X.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angles), angles)).flatten(-2)


def rotated_by_matrices(X):
    length, d_k = X.shape[-2:]
    rows = []
    for p in range(length):
        a = p * 10000 ** (-torch.arange(0, d_k, 2) / d_k)
        blocks = [torch.tensor([[math.cos(t), -math.sin(t)], [math.sin(t), math.cos(t)]]) for t in a]
        rows.append(X[..., p, :] @ torch.block_diag(*blocks).T)
    return torch.stack(rows, dim=-2)


def rotated_loops(X):
    if X.ndim > 2:
        return [rotated_loops(part) for part in X]
    turned = torch.zeros(X.shape)
    for p in range(X.shape[0]):
        for i in range(0, X.shape[1], 2):
            a = p / 10000 ** (i / X.shape[1])
            turned[p, i] = X[p, i] * math.cos(a) - X[p, i + 1] * math.sin(a)
            turned[p, i + 1] = X[p, i] * math.sin(a) + X[p, i + 1] * math.cos(a)
    return turned


def rotated_numpy(X):
    X = np.asarray(X, dtype=np.float64)
    d_k = X.shape[-1]
    a = np.repeat(np.arange(X.shape[-2])[:, None] / 10000 ** (np.arange(0, d_k, 2) / d_k), 2, axis=-1)
    swapped = np.empty_like(X)
    swapped[..., 0::2], swapped[..., 1::2] = -X[..., 1::2], X[..., 0::2]
    return X * np.cos(a) + swapped * np.sin(a)


def rotated_through_halves(X):
    d_k = X.shape[-1]
    order = [*range(0, d_k, 2), *range(1, d_k, 2)]
    halves = X[..., order].double()
    a = (torch.arange(X.shape[-2])[:, None] / 1e4 ** (torch.arange(0, d_k, 2) / d_k)).repeat(1, 2)
    first, second = halves.chunk(2, -1)
    out = torch.empty_like(halves)
    out[..., order] = halves * a.cos() + torch.cat((-second, first), -1) * a.sin()
    return out


def rotated_in_place_on_a_copy(X):
    X = X.clone()
    a = table_of_exp_and_log(*X.shape[-2:])
    old = X[..., 0::2].clone()
    X[..., 0::2] = old * a[:, 1::2] - X[..., 1::2] * a[:, 0::2]
    X[..., 1::2] = old * a[:, 0::2] + X[..., 1::2] * a[:, 1::2]
    return X


def rotated_by_angle_and_length(X):
    size, start = X.unflatten(-1, (-1, 2)).norm(dim=-1), torch.atan2(X[..., 1::2], X[..., 0::2])
    a = start + torch.arange(X.shape[-2])[:, None] * 10000 ** (-torch.arange(0, X.shape[-1], 2) / X.shape[-1])
    return torch.stack((size * a.cos(), size * a.sin()), -1).reshape(X.shape)


def clocks_turned(d_model, steps):
    """The matrix that turns each clock by so many steps: X @ it."""
    speeds = [10000 ** (-i / d_model) for i in range(0, d_model, 2)]
    blocks = [[[math.cos(steps * s), -math.sin(steps * s)], [math.sin(steps * s), math.cos(steps * s)]] for s in speeds]
    return torch.block_diag(*map(torch.tensor, blocks))


def back_by_the_key(d_model):
    return 30 * torch.eye(d_model), 30 * clocks_turned(d_model, 1)


def back_by_half_and_half(d_model):
    return clocks_turned(d_model, -0.5), 5000 * clocks_turned(d_model, 0.5)


def back_by_the_first_clock_alone(d_model):
    W_Q, W_K = torch.zeros(d_model, 2), torch.zeros(d_model, 2)
    W_Q[:2], W_K[:2] = clocks_turned(2, -1), 500 * torch.eye(2)
    return W_Q, W_K


def back_by_least_squares(d_model):
    table = table_of_columns(50, d_model)
    return np.linalg.lstsq(table[1:], table[:-1], rcond=None)[0], np.eye(d_model) * 2000


def back_in_other_columns(d_model):
    mixed = torch.linalg.qr(torch.randn(d_model, d_model, generator=torch.Generator().manual_seed(0)))[0]
    return 40 * clocks_turned(d_model, -1) @ mixed, 40 * mixed


def back_with_idle_columns_in_lists(d_model):
    idle = torch.zeros(d_model, 3)
    W_Q, W_K = clocks_turned(d_model, -1), 900 * torch.eye(d_model)
    return torch.cat((W_Q, idle), 1).tolist(), torch.cat((W_K, idle), 1).tolist()


RIGHT = {
    "sinusoidal_positions": [
        table_of_exp_and_log,
        table_of_loops,
        table_of_columns,
        table_of_shifted_sines,
        table_with_a_batch_axis,
        table_from_complex_numbers,
        table_by_turning_on,
    ],
    "rotate_by_position": [
        rotated_complex,
        rotated_by_matrices,
        rotated_loops,
        rotated_numpy,
        rotated_through_halves,
        rotated_in_place_on_a_copy,
        rotated_by_angle_and_length,
    ],
    "look_one_back": [
        back_by_the_key,
        back_by_half_and_half,
        back_by_the_first_clock_alone,
        back_by_least_squares,
        back_in_other_columns,
        back_with_idle_columns_in_lists,
    ],
}
