"""Trains the nets of lesson 06 at four learning rates, over larger distances than the lesson has time for, and longer.

Writes course_utils/data/recall.json after every row. Can be stopped at any time: the same command does the rows that
are missing. About 20 minutes on one core.
"""

import itertools
import json
import time

import torch
from claims import lesson

from course_utils.data.recall import STORED, stored_recall

SEEDS = range(5)
DISTANCES = (10, 20, 40, 80, 160)


def measure(net, steps, distance):
    """Train one net at each rate with each seed. Returns a row as stored_recall describes it."""
    made = lesson("06")
    shares = {
        rate: [round(made.share_right(made.NETS[net], distance, seed, rate, steps), 3) for seed in SEEDS]
        for rate in made.RATES
    }
    return {"steps": steps, "distance": distance, "net": net, "shares": shares}


def settings():
    """(steps, distance, net): all nets over all distances; the LSTMs four times as long as well, over 20 tokens."""
    nets = list(lesson("06").NETS)
    yield from ((250, distance, net) for distance, net in itertools.product(DISTANCES, nets))
    yield from ((1000, 20, net) for net in nets if net.startswith("LSTM"))


def main():
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)  # numbers below 1e-38 change no result, and cost ten times the time
    rows = stored_recall() if STORED.exists() else []
    done = {(row["steps"], row["distance"], row["net"]) for row in rows}
    for steps, distance, net in settings():
        if (steps, distance, net) not in done:
            started = time.process_time()
            rows.append(measure(net, steps, distance))
            print(rows[-1], f"{time.process_time() - started:.0f} s", flush=True)
            STORED.write_text(as_text(rows), encoding="utf-8")


def as_text(rows):
    """JSON with one row on a line."""
    lines = ",\n".join(json.dumps(row) for row in rows)
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    main()
