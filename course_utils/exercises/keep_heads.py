"""Lesson 11: which heads may go. Any method; what is compared is how much is left."""

import random
from itertools import pairwise

import numpy as np
import torch

from .engine import Case, Exercise, Mistake

ENOUGH = 0.95  # more is as good


def keep_heads(cosine_of, n_heads, n_left):
    """Which n_left of n_heads heads to keep, so that the cosine with the whole model is 0.95 or more. By any method.

    cosine_of: a function. Given a list of the heads that stay, numbers from 0, it says which cosine they reach.
    n_heads: how many there are.  n_left: how many shall stay, 1 or more.
    Returns kept: (n_left,), a list or tensor with the numbers of the heads that stay, each once, in any order.
    """
    kept = list(range(n_heads))
    while len(kept) > n_left:
        without_one = [[head for head in kept if head != out] for out in kept]
        kept = max(without_one, key=cosine_of)  # measured again after every step: heads stand in for each other
    return torch.tensor(kept)


def toy(seed, n_heads, teams, alone, together):
    """A cosine_of in which some heads stand in for each other: a team of two or three is missed only if all are off.

    teams: sizes.  alone: what each head of a team costs by itself; all others cost 12 to 18 times that.
    together: what it costs if a whole team is off.
    """
    chooser = random.Random(seed)
    order = chooser.sample(range(n_heads), n_heads)
    ends = [0, *np.cumsum(teams).tolist()]
    teams = [set(order[a:b]) for a, b in pairwise(ends)]
    in_team = set().union(*teams)
    cost = {head: alone * (chooser.uniform(0.8, 1) if head in in_team else chooser.uniform(12, 18)) for head in order}

    def cosine_of(kept):
        kept = set(heads_in(kept, n_heads))
        off = set(range(n_heads)) - kept
        return 1 - sum(cost[head] for head in off) - together * sum(team <= off for team in teams)

    return cosine_of


def heads_in(kept, n_heads):
    """The numbers of heads in a list, a tensor or the like; ValueError says what is wrong with them."""
    if isinstance(kept, (set, frozenset)):
        kept = sorted(kept)
    numbers = np.asarray(kept.tolist() if isinstance(kept, torch.Tensor) else kept)
    if numbers.ndim != 1 or (numbers.size and numbers.dtype.kind not in "iuf") or (numbers != numbers.round()).any():
        raise ValueError("kept is a list of the numbers of heads, such as [0, 3, 7]")
    if numbers.size and not (numbers.min() >= 0 and numbers.max() < n_heads):
        raise ValueError(f"with {n_heads} heads their numbers go from 0 to {n_heads - 1}; there is {numbers.max():g} and {numbers.min():g} among yours")
    if len(numbers) == n_heads and set(numbers.tolist()) <= {0, 1} and n_heads > 2:
        raise ValueError("that is a mask, with 0 and 1 for every head; kept is a list of their numbers, such as [0, 3, 7]")
    if len(set(numbers.tolist())) < len(numbers):
        raise ValueError("a head is named twice among those that stay; each stands there once")
    return numbers.astype(int).tolist()


def what_is_left(cosine_of, n_heads, n_left, kept):
    """How many heads stay, and the cosine they reach, of which 0.95 is enough."""
    heads = heads_in(kept, n_heads)
    return np.array(float(len(heads))), np.array(min(cosine_of(heads), ENOUGH))


def cases(seed):
    return [
        Case("6 of 12 heads, four pairs stand in for each other", (toy(1, 12, (2, 2, 2, 2), 0.001, 0.06), 12, 6)),
        Case("8 of 16 heads, teams of two and three", (toy(2, 16, (2, 3, 2, 3), 0.001, 0.06), 16, 8)),
        Case("one head goes", (toy(3, 5, (2,), 0.005, 0.2), 5, 4)),
        Case("all may stay", (toy(4, 6, (2, 2), 0.001, 0.1), 6, 6)),
        Case("10 of 24 heads, eight pairs", (toy(5, 24, (2,) * 8, 0.0004, 0.05), 24, 10)),
        Case("other heads, 7 of 14", (toy(100 + seed, 14, (2, 2, 3, 2), 0.001, 0.06), 14, 7)),
    ]


def without(cosine_of, n_heads, head):
    return cosine_of([other for other in range(n_heads) if other != head])


def by_one_look(cosine_of, n_heads, n_left, sign=1):
    """Each head rated once, as the only one that is off; the strongest stay (sign -1: the weakest)."""
    rated = sorted(range(n_heads), key=lambda head: sign * without(cosine_of, n_heads, head))
    return rated[:n_left]


def by_itself(cosine_of, n_heads, n_left):
    return sorted(range(n_heads), key=lambda head: cosine_of([head]), reverse=True)[:n_left]


def worst_first(cosine_of, n_heads, n_left):
    kept = list(range(n_heads))
    while len(kept) > n_left:
        kept = min(([head for head in kept if head != out] for out in kept), key=cosine_of)
    return kept


def until(cosine_of, n_heads, enough):
    """Heads go as long as the cosine stays high."""
    kept = list(range(n_heads))
    while len(kept) > 1:
        fewer = max(([head for head in kept if head != out] for out in kept), key=cosine_of)
        if cosine_of(fewer) < enough:
            break
        kept = fewer
    return kept


def changed(change):
    return lambda cosine_of, n_heads, n_left: change(keep_heads(cosine_of, n_heads, n_left).tolist(), n_heads)


ONE_LOOK = (
    "You rate each head once, with all others on, and then switch off many. Heads stand in for each other: two that are each missed little may be missed much together. "
    "Switch one off, then rate the rest again."
)
MISTAKES = (
    Mistake("rated once", by_one_look, ONE_LOOK),
    Mistake("rated once, the weakest stay", lambda *args: by_one_look(*args, sign=-1),
            "You keep the heads that are missed least. Keep those that are missed most, and rate again after each step."),
    Mistake("rated all alone", by_itself,
            "You rate each head by itself, with all others off. Begin with all heads on, and take away one at a time."),
    Mistake("the worst goes first", worst_first, "At each step you switch off the head that is missed most. Take the one without which the cosine stays highest: max, not min."),
    Mistake("the first ones", lambda cosine_of, n_heads, n_left: list(range(n_left)), "The first heads stay, whatever they do. Ask cosine_of."),
    Mistake("the last ones", lambda cosine_of, n_heads, n_left: list(range(n_heads - n_left, n_heads)), "The last heads stay, whatever they do. Ask cosine_of."),
    Mistake("those that go", changed(lambda kept, n_heads: [head for head in range(n_heads) if head not in kept]),
            "You give back the heads that go. Give back those that stay."),
    Mistake("one too many", lambda cosine_of, n_heads, n_left: keep_heads(cosine_of, n_heads, min(n_left + 1, n_heads)).tolist(),
            "One head too many stays: the loop ends one step too early. `while len(kept) > n_left`."),
    Mistake("one too few", lambda cosine_of, n_heads, n_left: keep_heads(cosine_of, n_heads, n_left - 1).tolist(),
            "One head too few stays: the loop goes one step too far. `while len(kept) > n_left`, not >=."),
    Mistake("all stay", lambda cosine_of, n_heads, n_left: list(range(n_heads)), "All heads stay. Only n_left of them shall."),
    Mistake("counted from 1", changed(lambda kept, n_heads: [head + 1 for head in kept]), "Your numbers begin at 1. Heads are counted from 0."),
    Mistake("the worst of them all", lambda cosine_of, n_heads, n_left: by_itself(cosine_of, n_heads, n_heads)[n_heads - n_left :],
            "You keep the heads that are worth least by themselves. Begin with all heads on, and take away the one that is missed least."),
    *(Mistake(f"as many as reach {enough}", lambda cosine_of, n_heads, n_left, enough=enough: until(cosine_of, n_heads, enough),
              "You stop when the cosine falls. Go on until n_left heads stay, as many as are asked for.") for enough in (0.95, 0.99)),
    Mistake("a mask", changed(lambda kept, n_heads: [float(head in kept) for head in range(n_heads)]),
            "You give back a mask with 0 and 1 for every head. Give back the numbers of the heads that stay."),
    Mistake("one head again and again", lambda cosine_of, n_heads, n_left: [0] * n_left, "One head is named again and again: is the same one chosen in each round?"),
    Mistake("the cosine", lambda cosine_of, n_heads, n_left: cosine_of(keep_heads(cosine_of, n_heads, n_left)), "You give back the cosine. Give back the numbers of the heads that stay."),
)  # fmt: skip

EXERCISE = Exercise(
    name="keep_heads",
    lesson="11_inside_a_real_model",
    reference=keep_heads,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Begin with all heads. Which one can go so that the cosine stays highest? Take it away, and ask again about those that are left.",
        "`kept = list(range(n_heads))`, then `while len(kept) > n_left:`. In the loop make, for each head in kept, the list without it, and take the list with the largest cosine_of.",
    ),
    points=3,
    minutes=10,
    returns={"kept": "n_left"},
    behaviour=what_is_left,
    behaves={"n_kept": "", "cosine": ""},
    rules=(
        (lambda n_kept, cosine: cosine >= ENOUGH - 1e-9,
         "The heads that stay reach a cosine below 0.95. Take away one head at a time, always the one that is missed least now."),
    ),
)  # fmt: skip
