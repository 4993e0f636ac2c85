"""Lesson 01: one score per key."""

import torch

from ..model.attention import similarity
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs


def cases(seed):
    normal = random_inputs(seed)
    return [
        Case("one key", (normal(3), normal(1, 3))),
        Case("4 keys of size 3", (normal(3), normal(4, 3))),
        Case("as many keys as numbers in a key", (normal(4), normal(4, 4))),
        Case("K is a transposed view", (normal(2), normal(2, 5).T)),
        Case("large numbers", (100 * normal(3), 100 * normal(4, 3))),
    ]


MISTAKES = (
    Mistake("no sum", lambda q, K: q * K, "You multiply entry by entry but do not add up: a dot product is one number per key."),
    Mistake("sum over the keys", lambda q, K: (q * K).sum(0),
            "You add up over the keys. One key, one score: add over the last axis, the numbers inside a key."),
    Mistake("mean instead of sum", lambda q, K: (q * K).mean(-1), "You take the mean of the products; a dot product is their sum."),
    Mistake("cosine", lambda q, K: K @ q / (K.norm(dim=-1) * q.norm()),
            "You divide by the lengths: that is the cosine. Here a longer key may score higher; leave the lengths in."),
    Mistake("unit keys", lambda q, K: K @ q / K.norm(dim=-1), "You divide by the length of each key; the dot product leaves it in."),
    Mistake("scaled", lambda q, K: K @ q / K.shape[-1] ** 0.5, "You divide by the root of d_k already; that comes in lesson 02."),
    Mistake("distance", lambda q, K: (K - q).norm(dim=-1), "That is a distance: small when alike. A dot product is large when alike."),
    Mistake("minus distance", lambda q, K: -(K - q).norm(dim=-1), "That is minus a distance. Multiply and add instead: q · k."),
    Mistake("squared distance", lambda q, K: ((K - q) ** 2).sum(-1), "You square differences. Multiply the query and the key, then add."),
    Mistake("sum of sums", lambda q, K: (q + K).sum(-1), "You add query and key; multiply them entry by entry, then add up."),
    Mistake("already weights", lambda q, K: torch.softmax(K @ q, -1), "These are weights already. Give back the raw scores, no softmax."),
    Mistake("absolute value", lambda q, K: (K @ q).abs(), "You drop the sign. A key that points the other way has a negative score."),
    Mistake("one sum for everything", lambda q, K: (q * K).sum(), "You add up everything into one number. One key, one score: add up along each row of K."),
    Mistake("q first", lambda q, K: q @ K, "q stands first, so it meets the columns of K. It should meet the rows, one per key: K comes first."),
    Mistake("K transposed", lambda q, K: K.T @ q, "K is transposed: q then meets its columns. It should meet the rows, one per key: leave the .T away."),
    Mistake("on its side", lambda q, K: (K @ q)[:, None], "The scores stand in a column. Give back one axis only, (k_len,)."),
    Mistake("best key only", lambda q, K: (K @ q).argmax(), "You give back which key is best. Give back one score for every key."),
)  # fmt: skip

EXERCISE = Exercise(
    name="similarity",
    lesson="01_queries_keys_values",
    reference=similarity,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "How many scores are there for 4 keys? One for each row of K. Work one out on paper: what is the dot product of (1, 2, 3) and (1, 0, 2)?",
        "Each row of K meets q: multiply entry by entry, then add up along the row. In one matrix product: on which side of `@` must K stand, so that its rows meet q?",
    ),
    points=1,
    minutes=4,
    returns={"scores": "k_len"},
)
