"""Lesson 01: one score per key."""

import torch

from ..model.attention import similarity
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import each, of_results
from .slips.scores import MEASURES

RETURNS = {"scores": "k_len"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("one key", (fixed(3), fixed(1, 3))),
        Case("4 keys of size 3", (fixed(3), fixed(4, 3))),
        Case("as many keys as numbers in a key", (fixed(4), fixed(4, 4))),
        Case("K is a transposed view", (fixed(2), fixed(2, 5).T)),
        Case("large numbers", (100 * normal(3), 100 * normal(4, 3))),
        Case("5 keys of size 2", (normal(2), normal(5, 2))),
    ]


def for_one_query(scores):
    return lambda q, K: scores(q[None], K, None)[0]


MISTAKES = (
    Mistake("no sum", lambda q, K: q * K, "You multiply entry by entry but do not add up: a dot product is one number per key."),
    Mistake("sum over the keys", lambda q, K: (q * K).sum(0),
            "You add up over the keys. One key, one score: add over the last axis, the numbers inside a key."),
    Mistake("mean over the keys", lambda q, K: (q * K).mean(0),
            "You average over the keys. One key, one score: add over the last axis, the numbers inside a key."),
    Mistake("mean instead of sum", lambda q, K: (q * K).mean(-1), "You take the mean of the products, or divide by d_k; a dot product is their sum."),
    Mistake("product instead of sum", lambda q, K: (q * K).prod(-1), "You multiply all products together; a dot product is their sum."),
    Mistake("products without sign", lambda q, K: (q * K).abs().sum(-1), "The products lose their sign before they are added up. Add them as they are."),
    *each(MEASURES, for_one_query),
    Mistake("cosine with all of K", lambda q, K: K @ q / (K.norm() * q.norm()),
            "You divide by the length of q and by one length for all of K. Leave all lengths in: a score is the dot product."),
    Mistake("scaled", lambda q, K: K @ q / K.shape[-1] ** 0.5, "You divide by the root of d_k already; that comes in lesson 02."),
    Mistake("query and key added", lambda q, K: (q + K).sum(-1), "You add query and key. Multiply them entry by entry, then add up: a dot product."),
    Mistake("squared distance", lambda q, K: ((K - q) ** 2).sum(-1), "You square differences. Multiply the query and the key, then add."),
    Mistake("mean squared difference", lambda q, K: ((K - q) ** 2).mean(-1), "You square differences. Multiply the query and the key, then add."),
    Mistake("differences added", lambda q, K: (K - q).sum(-1), "You subtract query and key; multiply them entry by entry, then add up."),
    Mistake("distance along the streets", lambda q, K: (K - q).abs().sum(-1), "You add up differences. Multiply the query and the key, then add."),
    Mistake("nearness", lambda q, K: 1 / (1 + (K - q).norm(dim=-1)), "You make a nearness out of the distance. Multiply query and key entry by entry and add up instead."),
    Mistake("nearness, by exp", lambda q, K: torch.exp(-((K - q) ** 2).sum(-1)), "You make a nearness out of the distance. Multiply query and key entry by entry and add up instead."),
    Mistake("query with itself", lambda q, K: (q @ q).expand(len(K)), "You multiply q with itself. Each key meets q: `K @ q`, or in a loop `key @ q`."),
    Mistake("keys with themselves", lambda q, K: (K * K).sum(-1), "You multiply each key with itself. Each key meets q."),
    Mistake("keys with keys", lambda q, K: K @ K.T, "Keys meet keys in yours. Each key meets q, so there is one score per key."),
    Mistake("one sum for everything", lambda q, K: (q * K).sum(), "You add up everything into one number. One key, one score: add up along each row of K."),
    Mistake("one mean for everything", lambda q, K: (q * K).mean(), "You average everything into one number. One key, one score: add up along each row of K."),
    Mistake("first key only", lambda q, K: K[0] @ q, "Only the first key gets a score: is `return` inside the loop?"),
    Mistake("last key only", lambda q, K: K[-1] @ q, "Only the last key gets a score: keep each one, in a list, before the next is worked out."),
    Mistake("q first", lambda q, K: q @ K, "q stands first, so it meets the columns of K. It should meet the rows, one per key: K comes first."),
    Mistake("K transposed", lambda q, K: K.T @ q, "K is transposed: q then meets its columns. It should meet the rows, one per key: leave the .T away."),
    Mistake("dot of a table", lambda q, K: torch.dot(q, K), "torch.dot takes two vectors, and K has two axes. Use `@`: on which side must K stand?"),
    Mistake("every number with every number", lambda q, K: q[:, None] @ K, "q stands as a column, so its numbers meet each other's keys. One key, one score: its row meets q as it is."),
    Mistake("on its side", lambda q, K: (K @ q)[:, None], "The scores stand in a column. Give back one axis only, (k_len,)."),
    *of_results(similarity, RETURNS, without=("an axis too many", "place of the largest", "summed", "averaged")),
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
    returns=RETURNS,
)
