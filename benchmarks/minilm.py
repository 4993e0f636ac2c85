"""How long MiniLM takes to load and to read a sentence, on one thread.

python benchmarks/minilm.py [--rounds 50]

Needs the model (python -m course_utils.get_model minilm). CPU and wall time: on a busy machine the second says little.
"""

import argparse
import statistics
import time

import torch

from course_utils.minilm import minilm

SENTENCES = {13: "the cat sat on the bank of the river and slept", 32: "the cat sat on the bank " * 5}


def timed(work):
    """CPU and wall seconds of work()."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50, help="times that each sentence is read")
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    cpu, wall = timed(minilm)
    print(f"load: {cpu:.2f} s CPU, {wall:.2f} s wall")
    for length, sentence in SENTENCES.items():
        assert len(minilm().tokens(sentence)) == length
        runs = [timed(lambda sentence=sentence: minilm().weights(sentence)) for _ in range(rounds)]
        cpu, wall = (statistics.median(column) for column in zip(*runs))
        print(f"{length} tokens: {cpu * 1000:.1f} ms CPU, {wall * 1000:.1f} ms wall (median of {rounds})")


if __name__ == "__main__":
    main()
