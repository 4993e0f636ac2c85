"""Lesson 05: the model that cheats."""

from functools import cache

import torch

from claims import Found, claim, lesson

RATES = (0.003, 0.01, 0.03)
CHANCE = 1 / 26


@cache
def runs(name, seed):
    """(loss at the end, model) of each rate."""
    made = (lesson("05").trained(name, seed, lr=rate, progress=False) for rate in RATES)
    return [(sum(losses[-20:]) / 20, model) for model, losses in made]


@cache
def shares(seed):
    """The shares of right letters that the best of the cheats writes."""
    _, model = min(runs("no mask", seed), key=lambda run: run[0])
    return lesson("05").shares_right(model, lesson("05").MASKS["no mask"]).tolist()


@claim("without a mask the model knows random letters before they come.", RATES)
def the_cheat_knows_what_comes(seeds):
    cheat = max(min(loss for loss, _ in runs("no mask", seed)) for seed in seeds)
    honest = min(loss for seed in seeds for loss, _ in runs("causal mask", seed))
    seen = f"loss without a mask at most {cheat:.2f}, with one at least {honest:.2f}"
    return Found(cheat < 0.2 and honest > 1.39, seen)


@claim("When the model writes, there is no neighbour, and the letters it writes are mostly wrong.", RATES)
def mostly_wrong(seeds):
    best = max(max(shares(seed)[:3]) for seed in seeds)
    return Found(best < 0.55, f"of the first three letters at most {best:.2f} are right")


@claim("The last letter is nearly always right.", RATES)
def the_last_is_right(seeds):
    least = min(shares(seed)[3] for seed in seeds)
    return Found(least > 0.7, f"at least {least:.2f}")


@claim("And the first is right far more often than chance, 1 in 26.", RATES)
def the_first_beats_chance(seeds):
    least = min(shares(seed)[0] for seed in seeds)
    return Found(least > 3 * CHANCE, f"at least {least:.2f}, chance is {CHANCE:.2f}")


@claim("so now the first letter gets the most: 0.9 here, from half to nearly all with other seeds.", RATES)
def the_first_letter_gets_it(seeds):
    test, given = lesson("05").messages(torch.Generator().manual_seed(99), size=500), []
    for seed in seeds:
        _, model = min(runs("no mask", seed), key=lambda run: run[0])
        given.append([lesson("05").looks(model, test[:, :n])[:, 3, 0].mean().item() for n in (7, 4)])
    before, after = max(pair[0] for pair in given), min(pair[1] for pair in given)
    return Found(before < 0.3 and after > 0.4, f"from at most {before:.2f} to at least {after:.2f}")
