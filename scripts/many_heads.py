"""Trains lesson 03's heads in every setting, with three seeds, and stores what came out.

Writes course_utils/data/many_heads.json after every run; the same command does the runs that are missing. About
8 minutes on one core.
"""

import itertools
import json
import time

import torch
from claims import lesson

from course_utils.data.who_holds_what import STORED, stored_heads

HEADS = (1, 2, 4, 8, 16, 32, 64)
SIZES = (1_000, 20_000)
SEEDS = range(3)
SETTING = ("fixed", "examples", "n_heads", "seed")


def run(held, examples, n_heads, seed):
    """Train once, as the lesson does. Returns the run as stored_heads describes it."""
    made = lesson("03")
    started = time.process_time()
    measured = dict(zip(("training", "validation", "right"), made.one_run(held, examples, n_heads, seed)))
    measured["seconds"] = time.process_time() - started
    model = made.MultiHead(64, n_heads, d_k=made.HEAD_SIZES[held])
    return {
        **dict(zip(SETTING, (held, examples, n_heads, seed))),
        "parameters": sum(matrix.numel() for matrix in model.parameters()),
        **{name: float(f"{value:.3g}") for name, value in measured.items()},
    }


def main():
    torch.set_num_threads(1)
    runs = stored_heads() if STORED.exists() else []
    done = {tuple(one[name] for name in SETTING) for one in runs}
    for setting in itertools.product(lesson("03").HEAD_SIZES, SIZES, HEADS, SEEDS):
        if setting not in done:
            runs.append(run(*setting))
            print(runs[-1], flush=True)
            lines = ",\n".join(json.dumps(one) for one in runs)
            STORED.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
