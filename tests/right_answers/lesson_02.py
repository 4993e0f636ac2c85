"""Right answers to lesson 02's exercises, written in other ways."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def softmax_loops(scores):
    rows = scores.reshape(-1, scores.shape[-1]).tolist()
    exps = [[math.exp(score - max(row)) for score in row] for row in rows]
    return torch.tensor([[e / sum(row) for e in row] for row in exps]).reshape(scores.shape)


def softmax_in_place_on_a_copy(scores):
    scores = scores.clone()
    scores -= scores.amax(-1, keepdim=True)
    scores.exp_()
    scores /= scores.sum(-1, keepdim=True)
    return scores


def softmax_numpy(scores):
    exps = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return exps / np.sum(exps, axis=-1, keepdims=True)


def softmax_nested_lists(scores):
    def weights(part):
        if isinstance(part[0], list):
            return [weights(inner) for inner in part]
        exps = [math.exp(score - max(part)) for score in part]
        return [e / sum(exps) for e in exps]

    return weights(scores.tolist())


def attention_loops(Q, K, V):
    if Q.ndim > 2:
        parts = [attention_loops(*part) for part in zip(Q, K, V)]
        return torch.stack([out for out, _ in parts]), torch.stack([weights for _, weights in parts])
    weights = torch.zeros(len(Q), len(K))
    for i, q in enumerate(Q):
        scores = [float(q @ k) / math.sqrt(len(k)) for k in K]
        exps = [math.exp(score - max(scores)) for score in scores]
        for j, e in enumerate(exps):
            weights[i, j] = e / sum(exps)
    return weights @ V, weights


def attention_library(Q, K, V):
    weights = F.softmax(Q @ K.mT * K.size(-1) ** -0.5, dim=-1)
    return F.scaled_dot_product_attention(Q, K, V), weights


def attention_numpy(Q, K, V):
    Q, K, V = (np.asarray(M, dtype=np.float64) for M in (Q, K, V))
    weights = softmax_numpy(Q @ np.swapaxes(K, -1, -2) / np.sqrt(K.shape[-1]))
    return weights @ V, weights


def attention_einsum(Q, K, V):
    weights = torch.einsum("...qd,...kd->...qk", Q / K.shape[-1] ** 0.5, K).softmax(-1)
    return [torch.einsum("...qk,...kd->...qd", weights, V), weights]


def attention_double_batch(Q, K, V):
    Q, K, V = (M.double()[None] for M in (Q, K, V))
    weights = torch.softmax(Q @ K.transpose(-1, -2) / math.sqrt(Q.shape[-1]), -1)
    return weights @ V, weights


RIGHT = {
    "softmax": [
        softmax_loops,
        softmax_in_place_on_a_copy,
        softmax_numpy,
        softmax_nested_lists,
        lambda scores: torch.exp(scores - torch.logsumexp(scores, dim=-1, keepdim=True)),
        lambda scores: F.normalize(torch.exp(scores.double() - scores.double().amax(-1, True)), p=1, dim=-1),
    ],
    "attention": [
        attention_loops,
        attention_library,
        attention_numpy,
        attention_einsum,
        attention_double_batch,
    ],
}
