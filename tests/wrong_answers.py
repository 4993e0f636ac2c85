"""Wrong answers as people write them, in torch and in NumPy: {exercise: [(function, name of the mistake), ...]}.

They are spelled otherwise than the known mistakes; the check must see through that.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F


def softmax_of_the_whole(x):
    e_x = np.exp(x - np.max(x))
    return e_x / e_x.sum()


def attended(weights_of):
    """attention, or masked_attention, with weights made by a function of the same arguments but V."""

    def answer(Q, K, V, *mask):
        weights = weights_of(Q, K, *mask)
        return weights @ V, weights

    return answer


def scores_of(Q, K):
    return Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1])


def numpy_weights(scores):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def numpy_whole(Q, K):
    return softmax_of_the_whole(Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1]))


def own_triangle(Q, K, mask):
    T = Q.shape[-2]
    return scores_of(Q, K).masked_fill(torch.tril(torch.ones(T, T))[:T, :T] == 0, float("-inf")).softmax(-1)


def filled_weights(Q, K, mask):
    return scores_of(Q, K).softmax(-1).masked_fill(~mask, -1e9)


def numpy_upside_down(Q, K, mask):
    return numpy_weights(Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1]) + mask * -1e9)


def heads_joined_to_the_batch(X, W_Q, W_K, W_V, W_O, n_heads):
    batch, length, d_model = X.shape
    Q, K, V = (torch.cat((X @ W).chunk(n_heads, -1), 0) for W in (W_Q, W_K, W_V))
    weights = torch.softmax(Q @ K.mT / math.sqrt(d_model // n_heads), -1)
    return torch.cat((weights @ V).chunk(n_heads, 0), -1) @ W_O, weights.view(batch, n_heads, length, length)


def as_linear_layers_but_one(X, W_Q, W_K, W_V, W_O, n_heads):
    batch, length, d_model = X.shape
    Q, K, V = (F.linear(X, W).view(batch, length, n_heads, -1).transpose(1, 2) for W in (W_Q, W_K, W_V))
    weights = scores_of(Q, K).softmax(-1)
    return (weights @ V).transpose(1, 2).reshape(batch, length, d_model) @ W_O, weights


def positions_over_the_rate(length, d_model):
    pe, position = torch.zeros(length, d_model), torch.arange(length).unsqueeze(1).float()
    div_term = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
    pe[:, 0::2], pe[:, 1::2] = torch.sin(position / div_term), torch.cos(position / div_term)
    return pe


def numpy_positions_over_the_rate(length, d_model):
    angles = np.arange(length)[:, None] / np.exp(np.arange(0, d_model, 2) * -(np.log(10000.0) / d_model))
    return np.stack((np.sin(angles), np.cos(angles)), -1).reshape(length, d_model)


def exponents_to_a_small_power(length, d_model):
    speeds = (torch.arange(d_model // 2).float() / (d_model // 2)) ** 1e-4
    angles = torch.arange(length)[:, None] * speeds
    return torch.stack((angles.sin(), angles.cos()), -1).flatten(-2)


def rotated_half_with_repeated_angles(X):
    d_k = X.shape[-1]
    angles = torch.arange(X.shape[-2])[:, None] / 10000 ** (torch.arange(0, d_k, 2) / d_k)
    angles = angles.repeat_interleave(2, dim=-1)
    first, second = X.chunk(2, dim=-1)
    return X * angles.cos() + torch.cat((-second, first), dim=-1) * angles.sin()


def rotated_by_pairs_from_1(X):
    d_k = X.shape[-1]
    speeds = torch.tensor([10000 ** (-2 * i / d_k) for i in range(1, d_k // 2 + 1)])
    turn = torch.polar(torch.ones(X.shape[-2], d_k // 2), torch.arange(X.shape[-2])[:, None] * speeds)
    return torch.view_as_real(torch.view_as_complex(X.reshape(*X.shape[:-1], -1, 2)) * turn).flatten(-2)


def distance_with(fill, rows=lambda n: range(1, n + 1), columns=lambda m: range(1, m + 1)):
    """A table whose cells are filled from above, left, diagonal, differ."""

    def distance(a, b):
        table = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
        for i in rows(len(a)):
            for j in columns(len(b)):
                sides = table[i - 1][j], table[i][j - 1], table[i - 1][j - 1]
                table[i][j] = fill(*sides, a[i - 1] != b[j - 1])
        return table[-1][-1]

    return distance


def right_fill(above, left, diagonal, differ):
    return min(above + 1, left + 1, diagonal + differ)


def swallowed(above, left, diagonal, differ):
    return min(above + 1, left + 1, diagonal + 1 if differ else 0)


WRONG = {
    "similarity": [
        (lambda q, K: np.dot(np.asarray(q), np.asarray(K)), "q first"),
        (lambda q, K: F.cosine_similarity(q[None], K), "cosine"),
        (lambda q, K: (np.asarray(K) * np.asarray(q)).sum(axis=0), "sum over the keys"),
    ],
    "project": [
        (lambda X, *Ws: tuple(np.dot(np.asarray(W), np.asarray(X)) for W in Ws), "W times X"),
        (lambda X, *Ws: tuple(F.linear(X, W) for W in Ws), "W_Q, W_K, W_V transposed"),
    ],
    "softmax": [
        (softmax_of_the_whole, "one maximum for all rows; one sum for all rows"),
        (lambda x: F.softmax(x, dim=None), "without dim"),
        (lambda x: np.exp(x) / np.sum(np.exp(x), axis=-1), "nothing subtracted; sum without keepdim"),
    ],
    "attention": [
        (attended(lambda Q, K: F.softmax(scores_of(Q, K), dim=None)), "softmax without dim"),
        (attended(lambda Q, K: torch.softmax(Q @ K.mT / math.sqrt(Q.size(1)), -1)), "size of Q's axis 1"),
        (attended(numpy_whole), "one softmax for everything"),
    ],
    "masked_attention": [
        (attended(own_triangle), "its own square causal mask"),
        (attended(filled_weights), "fill -1e+09 after the softmax"),
        (attended(lambda Q, K, mask: (scores_of(Q, K) + (1.0 - mask.float()) * -1e-9).softmax(-1)), "mask not used"),
        (attended(numpy_upside_down), "mask upside down, -1e9 added"),
    ],
    "multi_head_attention": [
        (heads_joined_to_the_batch, "weights: heads before batch"),
        (as_linear_layers_but_one, "W_Q, W_K, W_V transposed"),
    ],
    "sinusoidal_positions": [
        (positions_over_the_rate, "multiplied, over exp of the column"),
        (numpy_positions_over_the_rate, "multiplied, by a power"),
        (exponents_to_a_small_power, "base and exponent exchanged"),
    ],
    "rotate_by_position": [
        (rotated_half_with_repeated_angles, "neighbours' angles, halves rotated"),
        (rotated_by_pairs_from_1, "pairs counted from 1"),
    ],
    "causal_mask": [(lambda length: torch.full((length, length), 1e-9).triu(1), "nobody sees anything")],
    "rnn_step": [(lambda x, h, W_xh, W_hh, b: np.tanh(np.dot(W_xh, x) + np.dot(W_hh, h) + b), "W @ x")],
    "feed_forward": [
        (lambda X, W_1, b_1, W_2, b_2: np.dot(max(0, np.dot(X, W_1) + b_1), W_2) + b_2, "max with a tensor"),
    ],
    "layer_norm": [
        (lambda X, gain, bias: (X - X.mean(-1)) / np.sqrt(X.var(-1) + 1e-5) * gain + bias, "keepdim missing"),
    ],
    "edit_distance": [
        (distance_with(right_fill, columns=lambda m: range(1, m)), "the last cell is never worked out"),
        (distance_with(right_fill, rows=lambda n: range(1, n)), "the last cell is never worked out"),
        (distance_with(lambda a, b, d, differ: min(a, b, d) + differ), "equal symbols make every step free"),
        (distance_with(swallowed), "equal symbols make the cell 0"),
    ],
}
