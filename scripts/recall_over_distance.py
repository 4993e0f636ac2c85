"""Trains the readers of lesson 06 longer and over larger distances than the lesson has time for, and stores the result.

Writes course_utils/data/recall.json. About 10 minutes on one core.
"""

import itertools
import json
import time

import torch

from course_utils.data.recall import N_NAMES, N_TOKENS, STORED, recall_batch
from course_utils.model.recurrent import AttentionReader, RecurrentReader, remember_at_first
from course_utils.training import train

SEEDS = range(5)
STEPS_AND_DISTANCES = {250: (5, 10, 20, 40, 80), 2000: (10, 20, 40)}


def remembering_lstm(*sizes, **options):
    """An nn.LSTM whose forget gates begin open."""
    return remember_at_first(torch.nn.LSTM(*sizes, **options))


READERS = {  # about 4,000 parameters each
    "RNN": lambda: RecurrentReader(torch.nn.RNN, N_TOKENS, N_NAMES, d_in=16, d_h=50),
    "LSTM": lambda: RecurrentReader(torch.nn.LSTM, N_TOKENS, N_NAMES, d_in=16, d_h=22),
    "LSTM, forget bias 1": lambda: RecurrentReader(remembering_lstm, N_TOKENS, N_NAMES, d_in=16, d_h=22),
    "GRU": lambda: RecurrentReader(torch.nn.GRU, N_TOKENS, N_NAMES, d_in=16, d_h=27),
    "attention": lambda: AttentionReader(N_TOKENS, N_NAMES, d_model=32),
}


def loss_of(reader, batch):
    tokens, names = batch
    return torch.nn.functional.cross_entropy(reader(tokens), names)


def share_right(make_reader, distance, steps, seed):
    """Train one reader; the share of 512 new sentences whose name it says."""
    torch.manual_seed(seed)
    reader, generator = make_reader(), torch.Generator().manual_seed(seed)
    train(reader, lambda step: recall_batch(generator, distance), loss_of, steps, seed=seed, progress=False)
    tokens, names = recall_batch(generator, distance, size=512)
    with torch.no_grad():
        return (reader(tokens).argmax(-1) == names).float().mean().item()


def main():
    torch.set_num_threads(1)
    results = {}
    for steps, distances in STEPS_AND_DISTANCES.items():
        for distance, (name, make_reader) in itertools.product(distances, READERS.items()):
            started = time.process_time()
            shares = [round(share_right(make_reader, distance, steps, seed), 3) for seed in SEEDS]
            results.setdefault(str(steps), {}).setdefault(str(distance), {})[name] = shares
            print(steps, distance, name, shares, f"{time.process_time() - started:.0f} s", flush=True)
    STORED.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
