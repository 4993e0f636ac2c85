"""Right answers to lesson 08's exercises, written in other ways."""

import numpy as np
import torch
import torch.nn.functional as F


def in_loops(targets, start):
    if targets.ndim > 1:
        return [in_loops(row, start) for row in targets]
    return [start, *targets.tolist()[:-1]]


def rolled(targets, start):
    inputs = torch.roll(targets, 1, dims=-1)
    inputs[..., 0] = start
    return inputs


def filled(targets, start):
    inputs = torch.empty_like(targets)
    inputs[..., 0] = start
    inputs[..., 1:] = targets[..., :-1]
    return inputs


def with_numpy(targets, start):
    targets = np.asarray(targets)
    return np.concatenate([np.full_like(targets[..., :1], start), targets[..., :-1]], axis=-1)


def numpy_only(targets, start):
    return np.insert(targets.astype(int), 0, start, axis=-1)[..., :-1]


def with_a_while(next_scores, start, end, max_length):
    written = []
    while len(written) < max_length and end not in written:
        written.append(next_scores([start] + written).argmax().item())
    return written


def with_tensors(next_scores, start, end, max_length):
    symbols = torch.tensor([start])
    for _ in range(max_length):
        symbols = torch.cat((symbols, next_scores(symbols).argmax(-1, keepdim=True)))
        if symbols[-1] == end:
            break
    return symbols[1:]


def with_python_only(next_scores, start, end, max_length):
    symbols, scores = [start], None
    for _ in range(max_length):
        scores = list(next_scores(symbols))
        symbols = [*symbols, max(range(len(scores)), key=scores.__getitem__)]
        if symbols[-1] == end:
            return symbols[1:]
    return symbols[1:]


def recursive(next_scores, start, end, max_length, so_far=()):
    if len(so_far) == max_length or (so_far and so_far[-1] == end):
        return list(so_far)
    best = torch.topk(next_scores([start, *so_far]), 1).indices.item()
    return recursive(next_scores, start, end, max_length, (*so_far, best))


def by_probability(next_scores, start, end, max_length):
    written = np.zeros(0, dtype=int)
    for _ in range(max_length):
        chances = np.exp(np.asarray(next_scores([start, *written])).astype(float))
        written = np.append(written, (chances / chances.sum()).argmax())
        if written[-1] == end:
            break
    return written


RIGHT = {
    "shift_right": [
        in_loops,
        rolled,
        filled,
        with_numpy,
        numpy_only,
        lambda targets, start: F.pad(targets, (1, -1), value=start),
        lambda targets, start: F.pad(targets[..., :-1].float(), (1, 0), value=start),
    ],
    "greedy_decode": [
        with_a_while,
        with_tensors,
        with_python_only,
        recursive,
        by_probability,
    ],
}
