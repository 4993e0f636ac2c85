"""Lesson 07: what a stack learns with a part taken away, and what the start of the parts has to do with it."""

import torch
from take_parts_away import losses

from claims import Found, claim, lesson

SMALL = {"numbers": 16, "blocks": 4, "start": "plain", "steps": (250,)}
RATES = (0.003,)
SMALLER, LARGER = (0.001, 0.003), (0.003, 0.01)
WHOLE = ("whole block, pre-LN", "whole block, post-LN", "no norm")


def best(seed, rates, **setting):
    """The lowest loss of the rates, after the last of the steps."""
    setting = {**SMALL, **setting}
    return min(losses(setting, rate, seed)[setting["steps"][-1]] for rate in rates)


@claim("where attention replaces, all words are the same after two layers.")
def replaced(seeds):
    own = lesson("07")
    found = []
    for seed in seeds:
        torch.manual_seed(seed)
        _, X = own.embed(own.SENTENCE)
        for _ in range(2):
            X, _ = own.attention(*own.project(X, *torch.randn(3, 16, 16) / 4))
        found.append(own.alike(X))
    return Found(min(found) > 0.95, f"cosine at least {min(found):.3f}")


@claim("From the gentle start all three tell the people apart after 24 blocks.")
def alike_after_24_blocks(seeds):
    own = lesson("07")
    wirings = [own.WIRINGS[name] for name in ("pre-LN", "post-LN", "no norm")]
    found = [own.alike_by_block(wiring, seed, own.gently)[24] for wiring in wirings for seed in seeds]
    return Found(max(found) < 0.6, f"cosine {max(found):.2f} at most")


@claim("one block without residuals learns the whole table in 1,000 steps.", RATES)
def one_block_without_residual(seeds):
    found = [best(seed, RATES, variant="no residual", blocks=1, steps=(1000,)) for seed in seeds]
    return Found(max(found) < 0.1, f"loss {max(found):.3f} at most")


@claim("After 1,000 steps, at the best of three rates, post-LN, no norm and no feed-forward are below 0.1 too.", LARGER)
def slower_not_unable(seeds):
    variants = (*WHOLE[1:], "no feed-forward")
    found = [best(seed, LARGER, variant=name, steps=(1000,)) for name in variants for seed in seeds]
    return Found(max(found) < 0.1, f"loss {max(found):.3f} at most")


@claim("With 4 blocks and the gentle start all three are below 0.3 after 250 steps.", RATES)
def gentle_start(seeds):
    found = [best(seed, RATES, variant=name, start="gentle") for name in WHOLE for seed in seeds]
    return Found(max(found) < 0.3, f"loss {max(found):.3f} at most")


@claim("With 12 blocks post-LN from the plain start stays at the blind guess, with a warm-up too; "
       "from the gentle start it learns.", SMALLER)  # fmt: skip
def twelve_blocks(seeds):
    deep = {"variant": WHOLE[1], "blocks": 12}
    stuck = [best(seed, SMALLER, start=start, **deep) for start in ("plain", "plain, warm-up") for seed in seeds]
    learned = [best(seed, SMALLER, start="gentle", **deep) for seed in seeds]
    seen = f"plain {min(stuck):.2f} at least, gentle {max(learned):.2f} at most"
    return Found(min(stuck) > 2.5 and max(learned) < 1, seen)
