"""What keys and values that are kept save in writing, with the shipped letters-to-phones model.

python benchmarks/decoding_cache.py [--rounds 15]

Three ways write the same phones, taking turns in one process on one thread: one keeps keys and values (Cache), one
keeps the encoder's memory only, one keeps nothing and reads letters and phones again at each step. All go on beyond the
end of the word, to the length asked for. The ratios are of median CPU times: above 1, the cache is the faster way.
"""

import argparse
import statistics
import time

import torch

from course_utils.data.alphabet import START
from course_utils.data.batches import collate
from course_utils.data.pronunciations import pairs
from course_utils.g2p.checkpoint import load
from course_utils.model.decoding import Cache

LENGTHS = (5, 10, 20, 40)  # phones
WORDS = (1, 16, 64)  # that are written side by side
LETTERS_IN_WORD = 14  # such words have up to 20 phones


def keeping_all(model, batch):
    """next_scores: (batch, length) symbols so far -> (batch, n_target) scores of what comes next."""
    cache = Cache(model, batch.letters, batch.mask)
    return lambda symbols: cache.next_scores(symbols[:, -1])


def keeping_memory(model, batch):
    """The same; all symbols so far go through the decoder again."""
    memory, _ = model.encode(batch.letters, batch.mask)
    return lambda symbols: model.decode(symbols, memory, batch.mask)[0][:, -1]


def keeping_nothing(model, batch):
    """The same; the letters go through the encoder again as well."""
    return lambda symbols: model(batch.letters, symbols, batch.mask)[:, -1]


@torch.no_grad()
def write(way, model, batch, length):
    """The phones, (batch, length), and the CPU seconds they took."""
    started = time.process_time()
    next_scores = way(model, batch)
    symbols = torch.full((len(batch.letters), 1), START)  # (batch, 1)
    for _ in range(length):
        best = next_scores(symbols).argmax(dim=-1, keepdim=True)  # (batch, 1)
        symbols = torch.cat((symbols, best), dim=1)
    return symbols[:, 1:], time.process_time() - started


def compare(model, batch, length, rounds):
    """Median seconds of each way; says so if they do not write the same."""
    ways = (keeping_all, keeping_memory, keeping_nothing)
    seconds = {way: [] for way in ways}
    for _ in range(rounds):
        written = []
        for way in ways:
            phones, taken = write(way, model, batch, length)
            written.append(phones)
            seconds[way].append(taken)
        alike = min((phones == written[0]).float().mean().item() for phones in written)
    if alike < 1:
        print(f"  the same phones in only {alike:.2%} of the places")
    return [statistics.median(seconds[way]) for way in ways]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="times that each way writes each length")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    model = load()
    long_words = [pair for pair in pairs("validation") if len(pair[0]) == LETTERS_IN_WORD]
    compare(model, collate(long_words[:1]), LENGTHS[-1], 3)  # warm up
    for count in WORDS:
        batch = collate(long_words[:count])
        for length in LENGTHS:
            kept, memory, nothing = compare(model, batch, length, rounds)
            print(
                f"words at once {count:2}, phones {length:2}: with the cache {1000 * kept:5.1f} ms, times as fast "
                f"as with nothing kept: {nothing / kept:.1f}, as with the memory alone: {memory / kept:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
