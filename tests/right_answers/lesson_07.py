"""Right answers to lesson 07's exercises, written in other ways."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def in_loops(X, W_1, b_1, W_2, b_2):
    if X.ndim > 1:
        return torch.stack([in_loops(x, W_1, b_1, W_2, b_2) for x in X])
    hidden = [max(0.0, float(b + sum(x * w for x, w in zip(X, column)))) for b, column in zip(b_1, W_1.T)]
    return torch.tensor([float(b + sum(h * w for h, w in zip(hidden, column))) for b, column in zip(b_2, W_2.T)])


def with_linear(X, W_1, b_1, W_2, b_2):
    return F.linear(F.relu(F.linear(X, W_1.T, b_1)), W_2.T, b_2)


def with_layers(X, W_1, b_1, W_2, b_2):
    first, last = torch.nn.Linear(*W_1.shape), torch.nn.Linear(*W_2.shape)
    first.weight.data, first.bias.data, last.weight.data, last.bias.data = W_1.T, b_1, W_2.T, b_2
    return torch.nn.Sequential(first, torch.nn.ReLU(), last)(X)


def one_hidden_number_at_a_time(X, W_1, b_1, W_2, b_2):
    return b_2 + sum((X @ w + b).clamp(min=0)[..., None] * back for w, b, back in zip(W_1.T, b_1, W_2))


def with_numpy(X, W_1, b_1, W_2, b_2):
    return np.maximum(0, np.asarray(X) @ np.asarray(W_1) + np.asarray(b_1)) @ np.asarray(W_2) + np.asarray(b_2)


def numpy_only(X, W_1, b_1, W_2, b_2):
    total = X.astype("float64") @ W_1 + b_1
    return (np.where(total > 0, total, 0) @ W_2 + b_2).tolist()


def cut_by_index(X, W_1, b_1, W_2, b_2):
    hidden = X @ W_1 + b_1
    hidden[hidden < 0] = 0
    return hidden @ W_2 + b_2


def with_einsum(X, W_1, b_1, W_2, b_2):
    total = torch.einsum("...m,mf->...f", X.double(), W_1.double()) + b_1
    return torch.einsum("...f,fm->...m", total * (total > 0), W_2.double()) + b_2


def norm_in_loops(X, gain, bias):
    if X.ndim > 1:
        return torch.stack([norm_in_loops(x, gain, bias) for x in X])
    mean = sum(X) / len(X)
    spread = math.sqrt(sum((x - mean) ** 2 for x in X) / len(X) + 0.00001)
    return torch.stack([(x - mean) / spread * g + b for x, g, b in zip(X, gain, bias)])


def torch_var(X, gain, bias):
    return (X - X.mean(-1, keepdim=True)) * torch.rsqrt(X.var(-1, keepdim=True, correction=0) + 1e-5) * gain + bias


def var_mean(X, gain, bias):
    var, mean = torch.var_mean(X, dim=-1, keepdim=True, unbiased=False)
    return bias + gain * (X - mean) / (var + 1e-5) ** 0.5


def unbiased_put_right(X, gain, bias):
    size = X.shape[-1]
    variance = X.var(-1, keepdim=True) * (size - 1) / size
    return (X - X.mean(-1, keepdim=True)) / (variance + 1e-5).sqrt() * gain + bias


def squares_minus_square(X, gain, bias):
    X = X.double()
    mean = X.mean(-1, keepdim=True)
    return (X - mean) / torch.sqrt((X**2).mean(-1, keepdim=True) - mean**2 + 1e-5) * gain + bias


def norm_with_numpy(X, gain, bias):
    X, gain, bias = (np.asarray(part, dtype=np.float64) for part in (X, gain, bias))
    return (X - X.mean(-1, keepdims=True)) / np.sqrt(X.var(-1, keepdims=True) + 1e-5) * gain + bias


def new_axis_by_hand(X, gain, bias):
    centred = X - X.mean(-1)[..., None]
    return centred / torch.sqrt(centred.pow(2).mean(-1).unsqueeze(-1) + 1e-5) * gain + bias


def in_place_on_a_copy(X, gain, bias):
    X = X.clone()
    X -= X.mean(-1, keepdim=True)
    X /= torch.sqrt((X * X).mean(-1, keepdim=True) + 1e-5)
    X *= gain
    X += bias
    return X


def columns(X, gain, bias):
    Y = X.movedim(-1, 0)
    Y = Y - Y.mean(0)
    return (Y / (Y.square().mean(0) + 1e-5).sqrt()).movedim(0, -1) * gain + bias


def block_by_names(X, attend, feed, norm_1, norm_2):
    brought = attend(norm_1(X))
    stream = torch.add(X, brought)
    worked_out = feed(norm_2(stream))
    return stream + worked_out


def block_in_a_loop(X, attend, feed, norm_1, norm_2):
    for part, norm in ((attend, norm_1), (feed, norm_2)):
        X = X + part(norm(X))
    return X


def block_in_place_on_a_copy(X, attend, feed, norm_1, norm_2):
    X = X.clone()
    X += attend(norm_1(X))
    X += feed(norm_2(X))
    return X


def block_of_sums(X, attend, feed, norm_1, norm_2):
    brought = attend(norm_1(X))
    return X + brought + feed(norm_2(X + brought))


def block_double(X, attend, feed, norm_1, norm_2):
    X = X.double()
    X = X + attend(norm_1(X))
    return X + feed(norm_2(X))


def block_numpy(X, attend, feed, norm_1, norm_2):
    X = np.asarray(X)
    X = X + np.asarray(attend(norm_1(X)))
    return X + np.asarray(feed(norm_2(X)))


def block_of_functions(X, attend, feed, norm_1, norm_2):
    def adding(part, norm):
        return lambda stream: stream + part(norm(stream))

    return adding(feed, norm_2)(adding(attend, norm_1)(X))


RIGHT = {
    "feed_forward": [
        in_loops,
        with_linear,
        with_layers,
        one_hidden_number_at_a_time,
        with_numpy,
        numpy_only,
        cut_by_index,
        with_einsum,
        lambda X, W_1, b_1, W_2, b_2: ((X @ W_1 + b_1).relu() @ W_2 + b_2)[None],
    ],
    "layer_norm": [
        norm_in_loops,
        torch_var,
        var_mean,
        unbiased_put_right,
        squares_minus_square,
        norm_with_numpy,
        new_axis_by_hand,
        in_place_on_a_copy,
        columns,
        lambda X, gain, bias: norm_with_numpy(X, gain, bias).tolist(),
    ],
    "pre_ln_block": [
        block_by_names,
        block_in_a_loop,
        block_in_place_on_a_copy,
        block_of_sums,
        block_double,
        block_numpy,
        block_of_functions,
        lambda X, attend, feed, norm_1, norm_2: block_numpy(X, attend, feed, norm_1, norm_2).tolist(),
    ],
}
