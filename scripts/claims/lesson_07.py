"""Lesson 07: what a stack learns with a part taken away, and what the start of the parts has to do with it."""

import torch
from take_parts_away import losses

from claims import Found, claim, lesson

SMALL = {"numbers": 16, "blocks": 4, "start": "plain", "steps": (250,)}
RATES = (0.003,)


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
