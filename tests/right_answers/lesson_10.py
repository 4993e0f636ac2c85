"""Right answers to lesson 10's exercises, written in other ways."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def probabilities_by_powers(scores, temperature, top_k):
    """Probabilities at temperature 1, chosen, raised to 1 / temperature, and brought to the sum 1."""
    scores = scores.double()
    logs = torch.log_softmax(scores, -1)
    if top_k is not None:
        logs = torch.where(scores >= scores.sort().values[-top_k], logs, -torch.inf)
    logs = logs / temperature
    powers = torch.exp(logs - logs.max())
    return powers / powers.sum()


def probabilities_sorted(scores, temperature, top_k):
    best = sorted(scores.tolist(), reverse=True)
    worst = best[-1 if top_k is None else top_k - 1]
    return F.softmax(torch.where(scores < worst, -torch.inf, scores) / temperature, dim=0)


def probabilities_numpy(scores, temperature, top_k):
    scores = np.asarray(scores, dtype=np.float64)
    exps = np.exp((scores - scores.max()) / temperature)
    if top_k is not None:
        exps[scores < np.sort(scores)[-top_k]] = 0
    return exps / exps.sum()


def probabilities_lists(scores, temperature, top_k):
    scores = [float(score) for score in scores]
    top_k = len(scores) if top_k is None else top_k
    better = [sum(other > score for other in scores) for score in scores]
    exps = [math.exp((s - max(scores)) / temperature) if n < top_k else 0.0 for s, n in zip(scores, better)]
    return [number / sum(exps) for number in exps]


def probabilities_renormalised(scores, temperature, top_k):
    probabilities = torch.softmax(scores.double() / temperature, -1)
    if top_k is not None:
        probabilities = probabilities * (scores >= scores.topk(top_k).values.min())
    return probabilities / probabilities.sum()


def probabilities_very_negative(scores, temperature, top_k):
    scores = scores.clone()
    if top_k:
        scores[scores < torch.topk(scores, top_k)[0][-1]] = -1e9
    return torch.softmax(scores / temperature, dim=-1)


def bits_loop(probabilities, symbols):
    total = 0.0
    for row, symbol in zip(probabilities, symbols):
        total -= math.log2(row[symbol])
    return total / len(symbols)


def bits_gather(probabilities, symbols):
    return -probabilities.gather(1, symbols[:, None]).log2().mean()


def bits_numpy(probabilities, symbols):
    probabilities, symbols = np.asarray(probabilities), np.asarray(symbols)
    return -np.log2(np.take_along_axis(probabilities, symbols[:, None], axis=1)).mean()


def bits_nll(probabilities, symbols):
    return F.nll_loss(probabilities.log(), symbols) / math.log(2)


def bits_one_hot(probabilities, symbols):
    chosen = (probabilities * F.one_hot(symbols, probabilities.shape[1])).sum(-1)
    return (1 / chosen).log2().sum() / len(chosen)


def induction_backwards(weights, tokens):
    found = []
    for i in range(len(tokens)):
        for j in range(i - 1, -1, -1):
            if tokens[j] == tokens[i]:
                found.append(float(weights[i, j + 1]))
                break
    return sum(found) / len(found)


def induction_matrices(weights, tokens):
    length = len(tokens)
    same = (tokens[:, None] == tokens[None, :]) & torch.ones(length, length).tril(-1).bool()
    rows = same.any(-1).nonzero()[:, 0]
    last = torch.where(same, torch.arange(length), -1).max(-1).values
    return weights[rows, last[rows] + 1].mean()


def induction_numpy(weights, tokens):
    weights, tokens = np.asarray(weights), np.asarray(tokens)
    pairs = [(i, np.flatnonzero(tokens[:i] == token)) for i, token in enumerate(tokens)]
    return np.mean([weights[i, places[-1] + 1] for i, places in pairs if places.size])


def induction_marked(weights, tokens):
    """A table with a 1 where the head should look."""
    tokens, wanted = [int(token) for token in tokens], torch.zeros_like(weights)
    for i, token in enumerate(tokens):
        if token in tokens[:i]:
            wanted[i, i - tokens[:i][::-1].index(token)] = 1
    return (weights * wanted).sum() / wanted.sum()


RIGHT = {
    "next_probabilities": [
        probabilities_by_powers, probabilities_sorted, probabilities_numpy, probabilities_lists,
        probabilities_renormalised, probabilities_very_negative,
    ],
    "bits_per_symbol": [bits_loop, bits_gather, bits_numpy, bits_nll, bits_one_hot],
    "induction_score": [induction_backwards, induction_matrices, induction_numpy, induction_marked],
}  # fmt: skip
