"""Lesson 10: what a token costs in the cache."""

from .engine import Mistake, Prediction

MODELS = ((24, 16, 64, 2), (32, 24, 128, 8), (12, 12, 64, 3), (40, 48, 96, 4))  # layers, heads, d_k, pairs


def answer(n_layers, n_heads, d_k, n_pairs):
    return 2 * n_layers * n_pairs * d_k * 2


EXERCISE = Prediction(
    name="cache_per_token",
    lesson="10_language_model",
    numbers=lambda seed: dict(zip(("n_layers", "n_heads", "d_k", "n_pairs"), MODELS[seed % 4])),
    question=(
        "A decoder-only model has {n_layers} layers, each with {n_heads} heads of d_k = {d_k}. The heads of a layer share {n_pairs} pairs of keys and values. "
        "A number takes 2 bytes. **How many bytes does each token add to the cache?**"
    ),
    answer=answer,
    tolerance=0.5,
    mistakes=(
        Mistake("one pair for each head", lambda n_layers, n_heads, d_k, n_pairs: 2 * n_layers * n_heads * d_k * 2, "That is with a pair for each head. Here several heads share one: count the pairs."),
        Mistake("keys alone", lambda n_layers, n_heads, d_k, n_pairs: n_layers * n_pairs * d_k * 2, "That is half of it: a pair is a key *and* a value, and a number takes 2 bytes."),
        Mistake("numbers, not bytes, of keys", lambda n_layers, n_heads, d_k, n_pairs: n_layers * n_pairs * d_k, "Those are the numbers of the keys alone. There are as many of the values, and each takes 2 bytes."),
        Mistake("one layer", lambda n_layers, n_heads, d_k, n_pairs: 2 * n_pairs * d_k * 2, "That is one layer. Each layer keeps keys and values of its own."),
        Mistake("4 bytes", lambda n_layers, n_heads, d_k, n_pairs: 2 * n_layers * n_pairs * d_k * 4, "That is with 4 bytes for a number. Here it takes 2."),
        Mistake("queries too", lambda n_layers, n_heads, d_k, n_pairs: 2 * n_layers * (2 * n_pairs + n_heads) * d_k, "You keep the queries as well. Nobody looks at an old query again: only keys and values are kept."),
        Mistake("heads in each group", lambda n_layers, n_heads, d_k, n_pairs: 2 * n_layers * (n_heads // n_pairs) * d_k * 2, "You count the heads in a group. What is kept are the pairs: one for each group."),
    ),
    explanation="Keys and values (2) · {n_layers} layers · {n_pairs} pairs · {d_k} numbers · 2 bytes.",
    hints=("What is kept for a token: a key and a value, in each layer, for each pair.", "How many numbers are that? Then times 2 bytes."),
    points=1,
)  # fmt: skip
