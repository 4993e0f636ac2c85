"""Wrong ways to scores, as parts of attention: functions of Q, K, V."""

import math

import torch

from ..engine import Mistake
from .attending import products, scaled


def divided(size):
    """Scores divided by something else; size is a function of Q, K, V."""
    return lambda Q, K, V: products(Q, K) / size(Q, K, V)


LEFT_OVER = (
    "Your scores are divided by the same number whatever the keys are. Is it written down as a number, or a d_k left over "
    "from another cell? Take it from the argument: K.shape[-1]."
)
NOT_SCALED = Mistake("no scaling", lambda Q, K, V: products(Q, K), "The scores are not scaled. Divide them by the square root of d_k, the size of the last axis of K.")
OTHER_ROOTS = (
    Mistake("divided by d_k", divided(lambda Q, K, V: K.shape[-1]), "You divide by d_k; the formula has its square root."),
    Mistake("multiplied by the root", lambda Q, K, V: products(Q, K) * math.sqrt(K.shape[-1]), "You multiply by the square root of d_k; divide by it."),
    Mistake("root of the number of keys", divided(lambda Q, K, V: math.sqrt(K.shape[-2])),
            "You scale by the number of keys. d_k is the size of one key vector: K.shape[-1], not K.shape[-2]."),
    Mistake("root of d_v", divided(lambda Q, K, V: math.sqrt(V.shape[-1])), "You scale by the size of a value vector; use that of a key vector, K.shape[-1]."),
    Mistake("root of the number of queries", divided(lambda Q, K, V: math.sqrt(Q.shape[-2])),
            "You scale by the number of queries. d_k is the size of one key vector: K.shape[-1]."),
    Mistake("size of the first axis", divided(lambda Q, K, V: math.sqrt(K.shape[0])), "You scale by the first axis of K. d_k is the last one: K.shape[-1]."),
    Mistake("size of Q's axis 1", divided(lambda Q, K, V: math.sqrt(Q.shape[1])), "You scale by axis 1 of Q, which is the last one only for a matrix. d_k is Q.shape[-1] or K.shape[-1]."),
    Mistake("size of Q's axis 0", divided(lambda Q, K, V: math.sqrt(Q.shape[0])), "You scale by the first axis of Q, or by len(Q). d_k is the last one: Q.shape[-1] or K.shape[-1]."),
    Mistake("size of axis 1", divided(lambda Q, K, V: math.sqrt(K.shape[1])), "You scale by axis 1 of K, which is the last one only for a matrix. d_k is K.shape[-1]."),
)  # fmt: skip
ODD_SCALES = (
    Mistake("number of keys", divided(lambda Q, K, V: K.shape[-2]), "You divide by the number of keys. Divide by the square root of d_k, K.shape[-1]."),
    Mistake("d_k squared", divided(lambda Q, K, V: K.shape[-1] ** 2), "You divide by the square of d_k. The formula has its square root: math.sqrt(d_k), or d_k**0.5."),
    Mistake("fourth root of d_k", divided(lambda Q, K, V: K.shape[-1] ** 0.25), "The root is taken twice, or only one of Q and K is divided by a fourth root. Divide the scores by math.sqrt(d_k) once."),
    Mistake("d_k to the power of 1.5", divided(lambda Q, K, V: K.shape[-1] ** 1.5), "You divide by d_k and by its root. Divide by the root alone, once."),
    Mistake("d_k doubled", divided(lambda Q, K, V: 2 * K.shape[-1]), "`d_k ** 1 / 2` is half of d_k, and `d_k ** -1 / 2` half of 1 / d_k: `**` comes before `/`. Write d_k ** 0.5, or math.sqrt(d_k)."),
    Mistake("half of d_k", divided(lambda Q, K, V: K.shape[-1] / 2), "`d_k ** 1 / 2` is half of d_k: `**` comes before `/`. Write d_k ** 0.5, or math.sqrt(d_k)."),
    Mistake("the root over the scores", lambda Q, K, V: math.sqrt(K.shape[-1]) / products(Q, K), "You divide the root by the scores. The scores are divided by the root."),
    Mistake("multiplied by d_k", lambda Q, K, V: products(Q, K) * K.shape[-1], "You multiply by d_k; divide by its square root."),
    Mistake("half the root", divided(lambda Q, K, V: K.shape[-1] ** 0.5 / 2), "The scores are twice as large as they should be: divide by math.sqrt(d_k), and by nothing smaller."),
    Mistake("twice the root", divided(lambda Q, K, V: 2 * K.shape[-1] ** 0.5), "The scores are half as large as they should be: divide by math.sqrt(d_k), and by nothing more."),
    Mistake("root rounded down", divided(lambda Q, K, V: int(K.shape[-1] ** 0.5)), "The root of d_k is rounded to a whole number. Leave it as it is: no int(), and `/` in place of `//`."),
    Mistake("root of all of K", divided(lambda Q, K, V: math.sqrt(K.numel())), "You divide by the root of how many numbers K has in all. d_k is the size of one key: K.shape[-1]."),
    Mistake("logarithm of d_k", divided(lambda Q, K, V: math.log(K.shape[-1]) or 1), "You divide by the logarithm of d_k; the formula has its square root, math.sqrt."),
    Mistake("scores rounded down", lambda Q, K, V: products(Q, K) // math.sqrt(K.shape[-1]), "`//` rounds the scores down to whole numbers. Use `/`."),
    Mistake("root of the scores", lambda Q, K, V: torch.sqrt(products(Q, K) / K.shape[-1]), "You take the root of the scores, which is NaN where one is negative. Only d_k stands under the root."),
    Mistake("root of the scores alone", lambda Q, K, V: torch.sqrt(products(Q, K)) / K.shape[-1], "You take the root of the scores, which is NaN where one is negative. Only d_k stands under the root."),
)  # fmt: skip


def fixed_scale(d_k):
    """One mistake for each d_k that may be left over in a notebook."""
    return Mistake(f"always the root of {d_k}", divided(lambda Q, K, V: math.sqrt(d_k)), LEFT_OVER)


FIXED = tuple(map(fixed_scale, (2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 32, 64, 100, 128, 256, 300, 512, 768, 1024)))


def unit(rows):
    return rows / rows.norm(dim=-1, keepdim=True)


def distances(Q, K):
    return (Q[..., :, None, :] - K[..., None, :, :]).norm(dim=-1)


MEASURES = (
    Mistake("cosine", lambda Q, K, V: products(unit(Q), unit(K)), "You divide by the sizes of query and key: that is the cosine. A score is the dot product; a larger key may score higher."),
    Mistake("unit keys", lambda Q, K, V: products(Q, unit(K)), "You divide by the size of each key. A score is the dot product; a larger key may score higher."),
    Mistake("unit queries", lambda Q, K, V: products(unit(Q), K), "You divide by the length of the query. A score is the dot product; leave its length in."),
    Mistake("distance", lambda Q, K, V: distances(Q, K), "You score by distance: small when alike. A dot product is large when alike: multiply and add up."),
    Mistake("minus distance", lambda Q, K, V: -distances(Q, K), "You score by minus the distance. Multiply query and key entry by entry and add up instead."),
    Mistake("minus squared distance", lambda Q, K, V: -(distances(Q, K) ** 2), "You score by minus the squared distance. Multiply query and key entry by entry and add up instead."),
    Mistake("half the squared distance", lambda Q, K, V: -(distances(Q, K) ** 2) / 2, "You score by the squared distance, as kernel regression does. Multiply query and key entry by entry and add up instead."),
    Mistake("keys added up", lambda Q, K, V: Q.new_zeros(Q.shape[-2], 1) + K.sum(-1)[..., None, :], "You add up each key, and the query is only added, or has no say. Multiply query and key entry by entry, then add up."),
    Mistake("only the first feature", lambda Q, K, V: products(Q[..., :1], K[..., :1]), "Only the first number of query and key counts: is the sum written over, or does the loop end at once?"),
    Mistake("only the last feature", lambda Q, K, V: products(Q[..., -1:], K[..., -1:]), "Only the last number of query and key counts: add up in the loop, `+=`, do not write over it."),
    Mistake("last feature left out", lambda Q, K, V: products(Q[..., :-1], K[..., :-1]), "The last number of query and key is left out: `range(n)` leaves n out already."),
    Mistake("first feature left out", lambda Q, K, V: products(Q[..., 1:], K[..., 1:]), "The first number of query and key is left out: counting begins at 0."),
)  # fmt: skip
EXCHANGED = (
    Mistake("queries with queries", lambda Q, K, V: scaled(Q, Q), "Your scores are made of Q and Q. Queries meet keys: Q @ K.transpose(-2, -1)."),
    Mistake("keys with keys", lambda Q, K, V: scaled(K, K), "Your scores are made of K and K. Queries meet keys: Q @ K.transpose(-2, -1)."),
    Mistake("queries with values", lambda Q, K, V: scaled(Q, V), "Your scores are made of Q and V. Queries meet keys: Q @ K.transpose(-2, -1). The values come in at the end."),
    Mistake("features with features", lambda Q, K, V: Q.transpose(-2, -1) @ K / math.sqrt(K.shape[-1]), "You transpose Q in place of K, so features meet features. Rows of Q meet rows of K: Q @ K.transpose(-2, -1)."),
    Mistake("K not transposed", lambda Q, K, V: Q @ K / math.sqrt(K.shape[-1]), "K is not transposed. Rows of Q meet rows of K: Q @ K.transpose(-2, -1)."),
    Mistake("K not transposed, not scaled", lambda Q, K, V: Q @ K, "K is not transposed. Rows of Q meet rows of K: Q @ K.transpose(-2, -1)."),
    Mistake("queries and keys exchanged", lambda Q, K, V: scaled(K, Q), "The scores are transposed: rows are queries, columns are keys, so Q comes first."),
    Mistake("entry by entry", lambda Q, K, V: Q * K / math.sqrt(K.shape[-1]), "`*` multiplies entry by entry. Scores are a matrix product: Q @ K.transpose(-2, -1)."),
)  # fmt: skip
