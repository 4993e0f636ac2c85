"""Attention put together from parts, so that any part of it can be another one: scores, weights, out."""

import math

import torch

from ..engine import Mistake


def products(Q, K):
    return Q @ K.transpose(-2, -1)


def scaled(Q, K, V=None):
    return products(Q, K) / math.sqrt(K.shape[-1])


def over_keys(scores):
    return torch.softmax(scores, dim=-1)


def weighted_sum(weights, Q, K, V):
    return weights @ V


def attending(scores=scaled, weights=over_keys, out=weighted_sum):
    """A function of Q, K, V that gives (out, weights); each part may be a wrong one."""

    def attend(Q, K, V):
        found = weights(scores(Q, K, V))
        return out(found, Q, K, V), found

    return attend


def each(parts, whole, without=()):
    """A Mistake for each wrong part; whole(part) builds the function that has it. without: names that are left out."""
    return [Mistake(part.name, whole(part.wrong), part.hint) for part in parts if part.name not in without]


def both(first, second, whole):
    """A Mistake for each pair of wrong parts; whole(first, second) builds the function that has both."""
    return [
        Mistake(f"{one.name}; {other.name}", whole(one.wrong, other.wrong), f"Two things. {one.hint} {other.hint}")
        for one in first
        for other in second
    ]
