"""Trains the stacks of lesson 07 at several rates, starts, depths and sizes of the table, and stores the losses.

Writes course_utils/data/taken_away.json, and keeps what is there of the groups that are not run. About a quarter of
an hour on one core:

    python scripts/take_parts_away.py parts depth table
"""

import argparse
import itertools
import json
import sys
import time

import torch
from claims import lesson

from course_utils.data.taken_away import STORED
from course_utils.training import train

SEEDS = {"parts": range(3), "depth": range(2), "table": (21,)}  # more where it is quick
RATES = {"parts": (0.001, 0.003, 0.01), "depth": (0.001, 0.003), "table": (0.003, 0.01)}
PRE, POST, NO_NORM = WHOLE = ("whole block, pre-LN", "whole block, post-LN", "no norm")
MISSING = ("no feed-forward", "no attention", "no residual")
WARMUP = 100  # steps


def settings(group):
    """The runs of a group, without rate and seed; steps: after which the loss is measured."""
    if group == "parts":
        small = {"numbers": 16, "blocks": 4, "steps": (250, 1000)}
        starts = [(name, "plain") for name in (*WHOLE, *MISSING)] + [(name, "gentle") for name in WHOLE]
        return [{**small, "variant": name, "start": start} for name, start in starts]
    if group == "depth":
        deep = {"numbers": 16, "blocks": 12, "steps": (250,)}
        starts = [*itertools.product(WHOLE, ("plain", "gentle")), (POST, "plain, warm-up")]
        return [{**deep, "variant": name, "start": start} for name, start in starts]
    large = {"numbers": 64, "steps": (1000, 2000)}
    stacks = (PRE, 4, "plain"), (MISSING[0], 4, "plain"), (MISSING[0], 12, "gentle")
    return [{**large, "variant": name, "blocks": blocks, "start": start} for name, blocks, start in stacks]


def losses(setting, rate, seed):
    """steps -> loss on 500 new examples, of one run with the lesson's own code."""
    own, found = lesson("07"), {}
    torch.manual_seed(seed)
    stack = own.Stack(setting["blocks"], *own.VARIANTS[setting["variant"]], n_numbers=setting["numbers"])
    if setting["start"] == "gentle":
        own.gently(stack)
    generator = torch.Generator().manual_seed(seed)
    new = own.new_batch(torch.Generator().manual_seed(1000 + seed), 500, setting["numbers"])

    def measure(step):
        if step in setting["steps"]:
            with torch.no_grad():
                found[step] = round(own.loss_of(stack, new).item(), 3)

    warm = setting["start"].endswith("warm-up")
    train(stack, lambda step: own.new_batch(generator, n_numbers=setting["numbers"]), own.loss_of,
          max(setting["steps"]), lr=lambda step: rate * min(1, step / WARMUP) if warm else rate, seed=seed,
          progress=False, after_step=measure)  # fmt: skip
    return found


def run(group):
    """All runs of a group, as entries of the stored list."""
    for setting, rate, seed in itertools.product(settings(group), RATES[group], SEEDS[group]):
        began = time.process_time()
        found = losses(setting, rate, seed)
        print(setting, rate, seed, found, f"{time.process_time() - began:.0f} s", flush=True)
        for steps, loss in found.items():
            yield {"group": group, **setting, "rate": rate, "seed": seed, "steps": steps, "loss": loss}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("groups", nargs="+", choices=("parts", "depth", "table"))
    torch.set_num_threads(1)
    for group in parser.parse_args().groups:
        made = list(run(group))
        kept = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else []
        kept = [one for one in kept if one["group"] != group] + made
        STORED.write_text("[\n" + ",\n".join(map(json.dumps, kept)) + "\n]\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
