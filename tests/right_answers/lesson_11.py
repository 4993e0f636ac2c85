"""Right answers to lesson 11's exercises, written in other ways."""

import numpy as np
import torch


def score_loops(weights):
    n_heads, length, _ = weights.shape
    scores = torch.zeros(n_heads)
    for head in range(n_heads):
        for i in range(1, length):
            scores[head] += weights[head, i, i - 1] / (length - 1)
    return scores


def score_by_index(weights):
    i = torch.arange(1, weights.shape[-1])
    return weights[:, i, i - 1].mean(1)


def score_lists(weights):
    tables = weights.tolist()
    return [sum(table[i][i - 1] for i in range(1, len(table))) / (len(table) - 1) for table in tables]


def score_by_mask(weights):
    length = weights.shape[-1]
    return (weights * torch.eye(length).roll(-1, 1).tril(-1)).sum((1, 2)) / (length - 1)


def off_by_mask(found, head):
    keep = torch.ones(found.shape[1])
    keep[head] = 0
    return found * keep[:, None, None]


def off_by_list(found, head):
    return torch.stack([one * (number != head) for number, one in enumerate(found.unbind(1))], dim=1)


def off_numpy(found, head):
    found = np.array(found)
    found[:, head] = 0
    return found


def keep_greedily(cosine_of, n_heads, n_left):
    kept = set(range(n_heads))
    for _ in range(n_heads - n_left):
        kept.remove(max(kept, key=lambda out: cosine_of(kept - {out})))
    return sorted(kept)


def keep_by_swaps(cosine_of, n_heads, n_left):
    """From the first ones, exchange one for another as long as that helps."""
    kept = list(range(n_left))
    better = True
    while better:
        now = cosine_of(kept)
        others = [head for head in range(n_heads) if head not in kept]
        swapped = [[*kept[:i], other, *kept[i + 1 :]] for i in range(n_left) for other in others]
        best = max(swapped, key=cosine_of, default=kept)
        better = cosine_of(best) > now
        kept = best if better else kept
    return kept


def keep_with_a_mask(cosine_of, n_heads, n_left):
    on = np.ones(n_heads, dtype=bool)
    while on.sum() > n_left:
        left = np.flatnonzero(on)
        on[max(left, key=lambda out: cosine_of(left[left != out]))] = False
    return np.flatnonzero(on)


def keep_with_a_beam(cosine_of, n_heads, n_left):
    beam = [tuple(range(n_heads))]
    while len(beam[0]) > n_left:
        shorter = {tuple(h for h in kept if h != out) for kept in beam for out in kept}
        beam = sorted(shorter, key=cosine_of, reverse=True)[:3]
    return torch.tensor(beam[0])


RIGHT = {
    "previous_token_score": [
        score_loops,
        score_by_index,
        score_lists,
        score_by_mask,
        lambda weights: np.diagonal(np.asarray(weights), -1, 1, 2).mean(-1),
        lambda weights: torch.stack([torch.diag(table, -1).mean() for table in weights]),
        lambda weights: torch.einsum("hii->hi", weights[:, 1:, :-1]).double().mean(1),
    ],
    "without_head": [
        off_by_mask,
        off_by_list,
        off_numpy,
        lambda found, head: found.index_fill(1, torch.tensor([head]), 0),
        lambda found, head: torch.where((torch.arange(found.shape[1]) == head)[:, None, None], 0.0, found),
        lambda found, head: torch.cat([found[:, :head], 0 * found[:, head : head + 1], found[:, head + 1 :]], 1),
    ],
    "keep_heads": [
        keep_greedily,
        keep_by_swaps,
        keep_with_a_mask,
        keep_with_a_beam,
    ],
}  # fmt: skip
