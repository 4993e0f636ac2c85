"""Recall over distance, the task of lesson 06: say the first token again, after many others have gone by."""

import json
from pathlib import Path
from statistics import mean, median

import torch

N_NAMES = 8  # tokens 0 to 7 are names: one of them comes first
N_NOISE = 8  # tokens 8 to 15 are noise: they follow, and mean nothing
N_TOKENS = N_NAMES + N_NOISE
STORED = Path(__file__).parent / "recall.json"


def recall_batch(generator, distance, size=32):
    """Sentences of one name and then `distance` noise tokens; the answer is the name.

    Returns tokens: (size, 1 + distance) and names: (size,), integers. Guessing is right in 1 of 8.
    """
    names = torch.randint(N_NAMES, (size,), generator=generator)  # (size,)
    noise = N_NAMES + torch.randint(N_NOISE, (size, distance), generator=generator)  # (size, distance)
    return torch.cat((names[:, None], noise), dim=1), names


def stored_recall():
    """What scripts/recall_over_distance.py measured: one dict for each net, distance and number of steps.

    steps, distance, net; shares: {learning rate: [share of names said right, one for each seed]}.
    """
    return json.loads(STORED.read_text(encoding="utf-8"))


def at_best_rate(rows, steps, distance):
    """{net: (rate, shares)}: each net's shares at the learning rate whose median is the highest."""
    found = {}
    for row in rows:
        if (row["steps"], row["distance"]) == (steps, distance):
            rate = max(row["shares"], key=lambda rate: (median(row["shares"][rate]), mean(row["shares"][rate])))
            found[row["net"]] = float(rate), row["shares"][rate]
    return found
