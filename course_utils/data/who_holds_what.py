"""Who holds what: a question about several people at once, the task of lesson 03; and a sentence with two wishes."""

import json
from pathlib import Path

import torch

from course_utils.data.word_vectors import SENTENCE, embed

PEOPLE = ("Ann", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana")
STORED = Path(__file__).with_name("many_heads.json")

# For each word of the sentence: which word it wants in the first half of its features, and which in the second.
WISHES = {
    "cat": ("sat", "the"),
    "sat": ("cat", "bank"),
    "on": ("sat", "bank"),
    "bank": ("sat", "river"),
    "of": ("bank", "river"),
    "river": ("of", "bank"),
}
SHARPNESS = 4.5  # size of a wish and of what answers it: two heads then give the wanted word nearly everything


def who_holds_what(generator, size, people=4, things=8, asked=2, d_model=None):
    """Rows of people with a thing each, no thing twice, in any order; the last row asks about some of them.

    A row is one-hot in blocks of features: who (people), what (things), and for each question whom it asks about
    (people). d_model: how many features; what is left over stays 0.
    Returns X: (size, people + 1, d_model) and answers: (size, asked), the number of the thing each of them holds.
    """
    who = torch.rand(size, people, generator=generator).argsort(dim=-1)  # (size, people)
    what = torch.rand(size, things, generator=generator).argsort(dim=-1)[:, :people]  # (size, people)
    whom = torch.rand(size, people, generator=generator).argsort(dim=-1)[:, :asked]  # (size, asked)
    used = people + things + asked * people
    X = torch.zeros(size, people + 1, d_model or used)  # (size, people + 1, d_model)
    X[:, :-1, :people] = torch.eye(people)[who]
    X[:, :-1, people : people + things] = torch.eye(things)[what]
    X[:, -1, people + things : used] = torch.eye(people)[whom].flatten(1)
    holds = torch.zeros_like(what).scatter_(1, who, what)  # (size, people)
    return X, holds.gather(1, whom)


def in_words(X, people=4, things=8):
    """The rows of one example (people + 1, d_model) as text: "Ben has 3", and last "Dan? Ann?"."""
    has = [f"{PEOPLE[row[:people].argmax()]} has {int(row[people : people + things].argmax())}" for row in X[:-1]]
    asks = X[-1, people + things :].unflatten(-1, (-1, people))  # (asked, people)
    return [*has, " ".join(f"{PEOPLE[row.argmax()]}?" for row in asks if row.any())]


def two_wishes():
    """The sentence of the course, with matrices by which each word asks for two words: one in each half of its query.

    Returns tokens, X: (9, 16), and W_Q, W_K, W_V, W_O: (16, 16). Not trained: Q and K are chosen first, and then
    the matrices that make them out of X are worked out. W_V and W_O are random turns.
    """
    tokens, X = embed(SENTENCE)
    words = list(dict.fromkeys(tokens))
    generator = torch.Generator().manual_seed(3)
    codes = [dict(zip(words, SHARPNESS * _turn(8, generator), strict=False)) for _ in range(2)]
    nothing = torch.zeros(8)
    wishes = [WISHES.get(word, ("nobody", "nobody")) for word in words]
    Q = [torch.cat([code.get(wish, nothing) for code, wish in zip(codes, pair, strict=True)]) for pair in wishes]
    K = [torch.cat([code[word] for code in codes]) for word in words]
    back = torch.linalg.pinv(X[[tokens.index(word) for word in words]])  # (16, words)
    return tokens, X, back @ torch.stack(Q), back @ torch.stack(K), _turn(16, generator), _turn(16, generator)


def _turn(size, generator):
    """A random rotation: rows at right angles, each of length 1."""
    return torch.linalg.qr(torch.randn(size, size, generator=generator)).Q


def stored_heads():
    """What scripts/many_heads.py measured, as a list of runs.

    Each run is a dict: fixed ("n_heads * d_k", "d_k = 8" or "d_k = 1"), examples, n_heads, seed, training and
    validation (loss), right (share of new questions answered right), seconds (of one core), parameters.
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


def by_heads(runs, what, fixed, examples):
    """The numbers of heads that were tried, and a table (seeds, heads) of what was measured with them."""
    chosen = [run for run in runs if (run["fixed"], run["examples"]) == (fixed, examples)]
    n_heads = sorted({run["n_heads"] for run in chosen})
    seeds = sorted({run["seed"] for run in chosen})
    found = {(run["seed"], run["n_heads"]): run[what] for run in chosen}
    return n_heads, [[found[seed, heads] for heads in n_heads] for seed in seeds]
