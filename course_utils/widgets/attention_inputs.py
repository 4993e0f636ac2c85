"""What AttentionView is given, checked: each wrong thing gets one sentence, as a ValueError."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from .given import between_0_and_1, numbers, token_list
from .learner import as_given

MOST_HEADS = 64


def heads(name, value, read=numbers):
    """(n_heads, rows, columns), from that or from one matrix."""
    array = read(name, value, ..., None, None)
    if array.ndim > 3:
        raise InputError(f"{name} should have two axes, or three with heads first; its shape is {array.shape}.")
    array = array if array.ndim == 3 else array[None]
    if len(array) > MOST_HEADS:
        raise InputError(f"{name} has {len(array)} heads; this picture has room for {MOST_HEADS}.")
    return array


def as_weights(value, name="weights"):
    """(n_heads, q_len, k_len), each between 0 and 1: colours could not show others."""
    return heads(name, value, between_0_and_1)


def scaled_scores(Q, K):
    """Q K^T / sqrt(d_k): (n_heads, q_len, k_len)."""
    if Q is None or K is None:
        raise InputError("AttentionView needs Q and K, or weights.")
    queries, keys = heads("Q", Q), heads("K", K)
    if queries.shape[-1] != keys.shape[-1]:
        d_k = queries.shape[-1]
        raise InputError(f"each key should have d_k = {d_k} numbers, as each query has; yours has {keys.shape[-1]}.")
    if len(queries) != len(keys):
        raise InputError(f"Q has {len(queries)} heads and K has {len(keys)}: both need as many.")
    return queries @ keys.swapaxes(-1, -2) / np.sqrt(queries.shape[-1])


def check_compute(compute, V, k_len):
    """compute is a function, and there is a V for it with one row for each key."""
    if not callable(compute):
        raise InputError(f"compute should be a function of Q, K and V, yours is {str(compute)[:60]!r}.")
    if V is None:
        raise InputError("compute needs V as well: give Q, K and V.")
    numbers("V", V, ..., k_len, None)


def own(M):
    """A copy, for the learner's function may change it, of the same kind; a list becomes a tensor or an array."""
    if hasattr(M, "detach"):
        return M.detach().clone()
    return M.copy() if isinstance(M, np.ndarray) else as_given(np.asarray(M, dtype=float), M)


def words(tokens, key_tokens, q_len, k_len):
    """Tokens of the queries and of the keys; the keys' are the queries' unless others are given."""
    if tokens is not None and key_tokens is None and q_len != k_len:
        raise InputError(f"there are {q_len} queries and {k_len} keys: give key_tokens as well as tokens.")
    return {
        "tokens": token_list(tokens, q_len),
        "key_tokens": token_list(tokens if key_tokens is None else key_tokens, k_len, "key_tokens"),
    }
