"""What became of lesson 07's stacks with parts taken away, at several learning rates, starts and depths."""

import json
import statistics
from functools import cache
from pathlib import Path

STORED = Path(__file__).with_name("taken_away.json")


@cache
def stored_taken_away():
    """What scripts/take_parts_away.py measured: a list with a dict for each loss.

    Each has group, variant (its name in the lesson), start ("plain", "gentle" or "plain, warm-up"), blocks, numbers
    (the table is numbers by numbers), rate, seed, steps, and loss (on new examples).
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


def losses_at_best_rate(**which):
    """The losses of the seeds, at the learning rate whose median is lowest.

    which: what the runs have in common (variant, start, blocks, numbers, steps).
    """
    by_rate = {}
    for run in stored_taken_away():
        if which.items() <= run.items():
            by_rate.setdefault(run["rate"], []).append(run["loss"])
    return min(by_rate.values(), key=statistics.median)
