"""Right answers to lesson 01's exercises, written in other ways."""

import math

import numpy as np
import torch


def similarity_loops(q, K):
    return [sum(float(q[i]) * float(key[i]) for i in range(len(q))) for key in K]


def similarity_row(q, K):
    return (q[None, :] @ K.T)  # one row too many: a leading axis of 1


def lookup_loops(q, K, V):
    scores = [sum(a * b for a, b in zip(q.tolist(), key.tolist())) for key in K]
    exps = [math.exp(score) for score in scores]
    return [sum(e / sum(exps) * float(value[j]) for e, value in zip(exps, V)) for j in range(V.shape[1])]


def lookup_numpy(q, K, V):
    exps = np.exp(np.dot(np.asarray(K, dtype=np.float64), np.asarray(q, dtype=np.float64)))
    return np.asarray(V).T @ (exps / exps.sum())


def lookup_stable(q, K, V):
    scores = K @ q
    scores -= scores.max()
    return (torch.softmax(scores, 0)[:, None] * V).sum(0)


def project_loops(X, W_Q, W_K, W_V):
    return [torch.stack([torch.stack([x @ W[:, j] for j in range(W.shape[1])]) for x in X]) for W in (W_Q, W_K, W_V)]


def project_double(X, W_Q, W_K, W_V):
    return tuple(X.double() @ W.double() for W in (W_Q, W_K, W_V))


RIGHT = {
    "similarity": [
        similarity_loops,
        similarity_row,
        lambda q, K: torch.einsum("d,kd->k", q, K),
        lambda q, K: (K * q).sum(dim=-1),
        lambda q, K: np.array(K) @ np.array(q),
        lambda q, K: q.double() @ K.double().T,
        lambda q, K: np.einsum("d,kd->k", q.astype("float64"), K),
    ],
    "soft_lookup": [lookup_loops, lookup_numpy, lookup_stable, lambda q, K, V: torch.softmax(K @ q, dim=-1) @ V],
    "project": [
        project_loops,
        project_double,
        lambda X, W_Q, W_K, W_V: [torch.einsum("ld,dk->lk", X, W) for W in (W_Q, W_K, W_V)],
        lambda X, W_Q, W_K, W_V: tuple(np.matmul(X, W) for W in (W_Q, W_K, W_V)),
        lambda X, W_Q, W_K, W_V: tuple((W.T @ X.T).T for W in (W_Q, W_K, W_V)),
        lambda X, W_Q, W_K, W_V: (X[None] @ W_Q, X[None] @ W_K, X[None] @ W_V),
    ],
}
