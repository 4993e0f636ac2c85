"""Right answers in the forms that books, lectures and well-known repositories give them; the names say which form."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def softmax_as_in_numpy_answers(x):
    e_x = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e_x / e_x.sum(axis=-1, keepdims=True)


def attention_annotated(query, key, value):
    d_k = query.size(-1)
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(d_k)
    p_attn = scores.softmax(dim=-1)
    return torch.matmul(p_attn, value), p_attn


def attention_lectures(q, k, v):
    att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
    att = F.softmax(att, dim=-1)
    return att @ v, att


def attention_for_two_or_more_axes(Q, K, V):
    weights = torch.softmax(torch.einsum("...ij,...kj->...ik", Q, K) / K.size(-1) ** 0.5, dim=-1)
    return torch.einsum("...ik,...kj->...ij", weights, V), weights


def masked_annotated(query, key, value, mask):
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(query.size(-1))
    p_attn = scores.masked_fill(mask == 0, -1e9).softmax(dim=-1)
    return torch.matmul(p_attn, value), p_attn


def masked_with_added_bias(q, k, v, mask):
    bias = torch.zeros(mask.shape).masked_fill_(mask.logical_not(), float("-inf"))
    weights = torch.softmax(q @ k.transpose(-2, -1) * q.size(-1) ** -0.5 + bias, dim=-1)
    return weights @ v, weights


def split_with_view_and_transpose(X, num_heads):
    b, num_tokens, d_out = X.shape
    return X.view(b, num_tokens, num_heads, d_out // num_heads).transpose(1, 2)


def split_as_in_d2l(X, num_heads):
    return X.reshape(X.shape[0], X.shape[1], num_heads, -1).permute(0, 2, 1, 3)


def merge_with_contiguous_view(x):
    b, n_head, t, hs = x.size()
    return x.transpose(1, 2).contiguous().view(b, t, n_head * hs)


def heads_in_one_projection(X, W_Q, W_K, W_V, W_O, n_head):
    B, T, C = X.size()
    q, k, v = (X @ torch.cat((W_Q, W_K, W_V), dim=1)).split(C, dim=2)
    q, k, v = (part.view(B, T, n_head, C // n_head).transpose(1, 2) for part in (q, k, v))
    att = F.softmax((q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1))), dim=-1)
    return (att @ v).transpose(1, 2).contiguous().view(B, T, C) @ W_O, att


def positions_annotated(max_len, d_model):
    pe = torch.zeros(max_len, d_model)
    position = torch.arange(0, max_len).unsqueeze(1)
    div_term = torch.exp(torch.arange(0, d_model, 2) * -(math.log(10000.0) / d_model))
    pe[:, 0::2] = torch.sin(position * div_term)
    pe[:, 1::2] = torch.cos(position * div_term)
    return pe.unsqueeze(0)


def positions_as_in_d2l(length, num_hiddens):
    P = torch.zeros((1, length, num_hiddens))
    steps = torch.arange(length, dtype=torch.float32).reshape(-1, 1)
    X = steps / torch.pow(10000, torch.arange(0, num_hiddens, 2, dtype=torch.float32) / num_hiddens)
    P[:, :, 0::2], P[:, :, 1::2] = torch.sin(X), torch.cos(X)
    return P


def rotated_by_complex_numbers(xq):
    freqs = 1.0 / (10000.0 ** (torch.arange(0, xq.shape[-1], 2)[: xq.shape[-1] // 2].float() / xq.shape[-1]))
    angles = torch.outer(torch.arange(xq.shape[-2]), freqs).float()
    freqs_cis = torch.polar(torch.ones_like(angles), angles)
    xq_ = torch.view_as_complex(xq.float().reshape(*xq.shape[:-1], -1, 2))
    return torch.view_as_real(xq_ * freqs_cis).flatten(-2).type_as(xq)


def rotated_with_repeated_angles(x):
    theta = 10000 ** (-torch.arange(0, x.shape[-1], 2).float() / x.shape[-1])
    angles = (torch.arange(x.shape[-2]).float()[:, None] * theta).repeat_interleave(2, dim=-1)
    turned = torch.stack((-x[..., 1::2], x[..., ::2]), dim=-1).reshape(x.shape)
    return x * angles.cos() + turned * angles.sin()


def step_with_columns(x, h, Wxh, Whh, bh):
    if x.ndim == 1:
        return np.tanh(np.dot(Wxh.T, x) + np.dot(Whh.T, h) + np.asarray(bh))
    return np.stack([step_with_columns(*pair, Wxh, Whh, bh) for pair in zip(x, h)])


def norm_in_a_module(x, gain, bias):
    mean = x.mean(dim=-1, keepdim=True)
    var = x.var(dim=-1, keepdim=True, unbiased=False)
    return gain * ((x - mean) / torch.sqrt(var + 1e-5)) + bias


def distance_as_on_rosetta(source, target):
    costs = list(range(len(target) + 1))
    for i, symbol in enumerate(source, 1):
        corner, costs[0] = i - 1, i
        for j, other in enumerate(target, 1):
            step = corner if symbol == other else 1 + min(corner, costs[j - 1], costs[j])
            corner, costs[j] = costs[j], step
    return costs[-1]


def distance_in_two_rows(s, t):
    v0 = list(range(len(t) + 1))
    for i in range(len(s)):
        v1 = [i + 1] + [0] * len(t)
        for j in range(len(t)):
            v1[j + 1] = min(v0[j + 1] + 1, v1[j] + 1, v0[j] if s[i] == t[j] else v0[j] + 1)
        v0 = v1
    return v0[len(t)]


def rate_annotated(step, model_size, warmup):
    return 1.0 * (model_size ** (-0.5) * min(step ** (-0.5), step * warmup ** (-1.5)))


RIGHT = {
    "softmax": [softmax_as_in_numpy_answers],
    "attention": [attention_annotated, attention_lectures, attention_for_two_or_more_axes],
    "masked_attention": [masked_annotated, masked_with_added_bias],
    "split_heads": [split_with_view_and_transpose, split_as_in_d2l],
    "merge_heads": [merge_with_contiguous_view],
    "multi_head_attention": [heads_in_one_projection],
    "sinusoidal_positions": [positions_annotated, positions_as_in_d2l],
    "rotate_by_position": [rotated_by_complex_numbers, rotated_with_repeated_angles],
    "rnn_step": [step_with_columns],
    "layer_norm": [norm_in_a_module],
    "edit_distance": [distance_as_on_rosetta, distance_in_two_rows],
    "warmup": [rate_annotated],
}
