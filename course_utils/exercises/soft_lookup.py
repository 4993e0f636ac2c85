"""Lesson 01: the average of the values, weighted by how well each key matches."""

import torch

from ..model.attention import similarity, soft_lookup
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("one key: its value comes back", (normal(3), normal(1, 3), normal(1, 2))),
        Case("3 keys, d_k = 4, d_v = 5", (normal(4), normal(3, 4), normal(3, 5))),
        Case("everything of size 4", (normal(4), normal(4, 4), normal(4, 4))),
        Case("V is a transposed view", (normal(2), normal(5, 2), normal(3, 5).T)),
        Case("longer keys", (3 * normal(4), 3 * normal(6, 4), normal(6, 2))),
    ]


def weights(q, K):
    return torch.softmax(similarity(q, K), dim=-1)


MISTAKES = (
    Mistake("hard look-up", lambda q, K, V: V[similarity(q, K).argmax()],
            "You take the value of the best key alone. A soft look-up takes a little of every value."),
    Mistake("no softmax", lambda q, K, V: similarity(q, K) @ V,
            "The raw scores go into the sum. Turn them into weights first: exp of each, divided by the sum of all."),
    Mistake("not divided by the sum", lambda q, K, V: similarity(q, K).exp() @ V,
            "The exponentials are not divided by their sum, so the weights do not add up to 1."),
    Mistake("scores over their sum", lambda q, K, V: similarity(q, K) / similarity(q, K).sum() @ V,
            "You divide the scores by their sum; some are negative. Take exp of each score first."),
    Mistake("divided by the sum of the scores", lambda q, K, V: similarity(q, K).exp() / similarity(q, K).sum() @ V,
            "You divide by the sum of the scores. Divide by the sum of the exponentials."),
    Mistake("exponentials over the number of keys", lambda q, K, V: similarity(q, K).exp() / len(K) @ V,
            "You divide by the number of keys. The weights must add up to 1: divide by the sum of the exponentials."),
    Mistake("V first", lambda q, K, V: V @ weights(q, K), "V stands first, so its rows meet the weights. The sum runs over the keys: weights @ V."),
    Mistake("entry by entry", lambda q, K, V: weights(q, K) * V, "`*` multiplies entry by entry. The sum over the keys is a matrix product: weights @ V."),
    Mistake("averages the keys", lambda q, K, V: weights(q, K) @ K,
            "You average the keys. Keys only say where to look; what comes back are the values, V."),
    Mistake("gives back the weights", lambda q, K, V: weights(q, K),
            "These are the weights. Use them once more: add up weight times value."),
    Mistake("no sum over the keys", lambda q, K, V: weights(q, K)[:, None] * V,
            "Each value is multiplied by its weight, but they are not added up to one blended value."),
    Mistake("plain mean", lambda q, K, V: V.mean(0), "That is the plain mean: the query has no say. Weight each value by its match."),
    Mistake("scaled", lambda q, K, V: torch.softmax(similarity(q, K) / K.shape[-1] ** 0.5, -1) @ V,
            "You divide the scores by the root of d_k already. Why one does that is lesson 02; here take them as they are."),
    Mistake("upside down", lambda q, K, V: torch.softmax(-similarity(q, K), -1) @ V,
            "The sign is turned round: the worst match gets the most weight."),
    Mistake("divides the result by the number of keys", lambda q, K, V: weights(q, K) @ V / len(K),
            "The weights already sum to 1, so do not divide by the number of keys again."),
    Mistake("sharper than asked", lambda q, K, V: torch.softmax(2 * similarity(q, K), -1) @ V,
            "The scores are counted twice; use exp(score) as it is."),
    Mistake("two results", lambda q, K, V: (weights(q, K) @ V, weights(q, K)), "Give back the blended value alone."),
)  # fmt: skip

EXERCISE = Exercise(
    name="soft_lookup",
    lesson="01_queries_keys_values",
    reference=soft_lookup,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Three lines: the exponential of each score; divided by their sum; then one number per column of V, each a sum over the keys. (k_len,) meets (k_len, d_v): which product does that?",
        "`exps = torch.exp(similarity(q, K))`, then `weights = exps / exps.sum()`; the last line is `return weights @ V`.",
    ),
    points=2,
    minutes=6,
    returns={"value": "d_v"},
)
