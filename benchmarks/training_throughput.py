"""How fast the course's Transformer trains, against the same model built from torch.nn.Transformer.

python benchmarks/training_throughput.py [--batch 64] [--rounds 100]

Both take turns, batch by batch, in one process on one thread: letters to phones, forward, backward, clipping and Adam.
The ratio is of their median CPU times per batch: above 1, ours is the faster one.
"""

import argparse
import math
import statistics
import time
import warnings

import torch

from course_utils.data.batches import Bucketed
from course_utils.data.pronunciations import pairs
from course_utils.g2p.task import loss_of, make_model
from course_utils.model.masks import causal_mask
from course_utils.training import Training

SIZES = ((64, 3), (128, 2), (160, 3))  # d_model and n_layers: trained live in lesson 09; a rival's; the shipped one
WARM_UP = 5  # rounds that do not count


class Library(torch.nn.Module):
    """The same model, its blocks from torch.nn.Transformer: pre-LN, the same masks, tied output, no dropout."""

    def __init__(self, d_model, n_layers):
        super().__init__()
        ours = make_model(d_model, n_layers=n_layers)
        self.source_embedding, self.target_embedding = ours.source_embedding, ours.target_embedding
        self.register_buffer("positions", ours.positions)
        self.blocks = torch.nn.Transformer(
            d_model, 4, n_layers, n_layers, 4 * d_model, dropout=0.0, batch_first=True, norm_first=True
        )

    def forward(self, source, target, source_mask):
        hidden = ~source_mask  # here True = may not look
        out = self.blocks(
            self.embed(self.source_embedding, source),
            self.embed(self.target_embedding, target),
            tgt_mask=~causal_mask(target.shape[1]),
            src_key_padding_mask=hidden,
            memory_key_padding_mask=hidden,
            tgt_is_causal=True,
        )
        return out @ self.target_embedding.weight.T

    def embed(self, table, symbols):
        return table(symbols) * math.sqrt(self.positions.shape[1]) + self.positions[: symbols.shape[1]]


def seconds_per_batch(models, batches, rounds):
    """CPU seconds of each batch that counts, for each model; they take turns on the same batches."""
    trainings = [Training(model, batches, loss_of, steps=0, progress=False) for model in models]
    seconds = [[] for _ in models]
    for _ in range(WARM_UP + rounds):
        for training, taken in zip(trainings, seconds):
            started = time.process_time()
            training.steps += 1
            training.run()
            taken.append(time.process_time() - started)
    return [taken[WARM_UP:] for taken in seconds]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--batch", type=int, default=64, help="words in a batch")
    parser.add_argument("--rounds", type=int, default=100, help="batches that count")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", "enable_nested_tensor")  # torch remarks that pre-LN has no nested tensors
    batches = Bucketed(pairs("validation"), chosen.batch)
    for d_model, n_layers in SIZES:
        models = make_model(d_model, n_layers=n_layers), Library(d_model, n_layers)
        ours, theirs = map(statistics.median, seconds_per_batch(models, batches, chosen.rounds))
        print(
            f"d_model {d_model}, {n_layers}+{n_layers} layers, {chosen.batch} words: ours {1000 * ours:.1f} ms, "
            f"torch.nn.Transformer {1000 * theirs:.1f} ms: {theirs / ours:.2f} times as fast",
            flush=True,
        )


if __name__ == "__main__":
    main()
