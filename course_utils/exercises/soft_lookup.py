"""Lesson 01: the average of the values, weighted by how well each key matches."""

import torch

from ..model.attention import similarity, soft_lookup
from .assemblies.attending import LOOK_UP
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import attending, both, confused, each, of_results
from .slips.attending import products
from .slips.scores import MEASURES
from .slips.sums import SUMS
from .slips.weights import EXPONENTIALS, NO_EXPONENTIALS, OTHER_SCORES

RETURNS = {"value": "d_v"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("one key: its value comes back", (fixed(3), fixed(1, 3), fixed(1, 2))),
        Case("3 keys, d_k = 4, d_v = 5", (fixed(4), fixed(3, 4), fixed(3, 5))),
        Case("everything of size 4", (fixed(4), fixed(4, 4), fixed(4, 4))),
        Case("V is a transposed view", (fixed(2), fixed(5, 2), fixed(3, 5).T)),
        Case("longer keys", (3 * fixed(4), 3 * fixed(6, 4), fixed(6, 2))),
        Case("5 keys, d_k = 2, d_v = 3", (2 * normal(2), 2 * normal(5, 2), normal(5, 3))),
    ]


def weights(q, K):
    return torch.softmax(similarity(q, K), dim=-1)


def dot(Q, K, V):
    return products(Q, K)


def for_one_query(scores=dot, **parts):
    """A look-up put together from parts of attention."""
    return lambda q, K, V: attending(scores, **parts)(q[None], K, V)[0][0]


def with_weights(make):
    return for_one_query(weights=make)


MISTAKES = (
    Mistake("hard look-up", lambda q, K, V: V[similarity(q, K).argmax()],
            "You take the value of the best key alone. A soft look-up takes a little of every value."),
    Mistake("equal keys only", lambda q, K, V: V[(K == q).all(-1)],
            "You look for a key that equals the query. A soft look-up takes a little of every value, the more the better its key matches."),
    Mistake("two best keys", lambda q, K, V: torch.softmax(similarity(q, K).topk(min(2, len(K))).values, 0) @ V[similarity(q, K).topk(min(2, len(K))).indices],
            "You keep only the best keys. A soft look-up takes a little of every value."),
    *each(EXPONENTIALS, with_weights, without=("overflow", "one maximum for everything", "sum without keepdim")),
    *each(NO_EXPONENTIALS, with_weights, without=("hard maximum",)),
    *each(OTHER_SCORES, with_weights),
    *each(MEASURES, for_one_query),
    *each(SUMS, lambda out: for_one_query(out=out), without=("values counted equally", "value of the best key")),
    Mistake("scaled", lambda q, K, V: torch.softmax(similarity(q, K) / K.shape[-1] ** 0.5, -1) @ V,
            "You divide the scores by the root of d_k already. Why one does that is lesson 02; here take them as they are."),
    Mistake("divided by d_k", lambda q, K, V: torch.softmax(similarity(q, K) / K.shape[-1], -1) @ V,
            "You divide the scores by d_k, or take the mean of the products. Take the dot products as they are."),
    Mistake("scores over their sum, then exp", lambda q, K, V: torch.exp(similarity(q, K) / similarity(q, K).sum()) @ V,
            "You divide by the sum before exp is taken. First exp of each score, then divided by the sum of these."),
    Mistake("exp of the sum", lambda q, K, V: torch.exp(similarity(q, K)) / torch.exp(similarity(q, K).sum()) @ V,
            "You divide by exp of the sum of the scores. Divide by the sum of the exponentials: exp first, then the sum."),
    Mistake("softmax of the sum", lambda q, K, V: torch.softmax(similarity(q, K) @ V, -1),
            "The softmax stands on what came out of the values. It stands on the scores, before they meet the values."),
    Mistake("first value without its weight", lambda q, K, V: weights(q, K)[1:] @ V[1:] + V[0],
            "The first value goes in without its weight: does the sum begin with V[0]? Begin with 0."),
    Mistake("gives back the weights", lambda q, K, V: weights(q, K), "These are the weights. Use them once more: add up weight times value."),
    Mistake("gives back the scores", lambda q, K, V: similarity(q, K),
            "These are the scores. Turn them into weights: exp of each, divided by the sum of all. Then add up weight times value."),
    Mistake("no sum over the keys", lambda q, K, V: weights(q, K)[:, None] * V,
            "Each value is multiplied by its weight, but they are not added up to one blended value."),
    Mistake("sum over the numbers of a value", lambda q, K, V: (weights(q, K)[:, None] * V).sum(1),
            "You add up along a value. Add up over the keys, axis 0, so that one blended value is left: or weights @ V."),
    Mistake("sum over everything", lambda q, K, V: (weights(q, K)[:, None] * V).sum(), "You add up everything. Add up over the keys alone, axis 0: or weights @ V."),
    Mistake("first value", lambda q, K, V: V[0], "You give back the first value. Blend all of them, each with its weight."),
    Mistake("last value", lambda q, K, V: V[-1], "You give back the last value. Blend all of them, each with its weight."),
    Mistake("q first", lambda q, K, V: torch.softmax(q @ K, -1) @ V, "q stands first, so it meets the columns of K. It should meet the rows, one per key: `K @ q`, or your similarity(q, K)."),
    Mistake("math.exp", lambda q, K, V: torch.tensor([float(torch.tensor([1.0, 2.0]).exp())]) @ V, "math.exp takes one number. For a tensor use torch.exp, which takes each number in it."),
    *confused(soft_lookup, "K V", without=("K for V",)),
    *both(EXPONENTIALS[2:5], SUMS[:1], lambda weights, out: for_one_query(weights=weights, out=out)),
    *both(NO_EXPONENTIALS[:4], SUMS[:1], lambda weights, out: for_one_query(weights=weights, out=out)),
    Mistake("two results", lambda q, K, V: (weights(q, K) @ V, weights(q, K)), "Give back the blended value alone."),
    *of_results(soft_lookup, RETURNS, without=("softmax", "summed")),
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
    assembly=LOOK_UP,
    returns=RETURNS,
)
