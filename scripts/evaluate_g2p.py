"""Scores a letters-to-phones model on the 6,000 test words: greedy, without stress, nearest listed pronunciation.

python scripts/evaluate_g2p.py               the model that ships with the course; under a minute
python scripts/evaluate_g2p.py FILE          another one, as scripts/train_g2p.py stores it
"""

import argparse
from pathlib import Path

import torch

from course_utils.data.pronunciations import split
from course_utils.errors import InputError
from course_utils.g2p.checkpoint import CHECKPOINT, load
from course_utils.g2p.task import evaluate


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=CHECKPOINT)
    torch.set_num_threads(1)  # as fast for a model of this size, far faster on a busy machine
    try:
        model, words = load(parser.parse_args().file), split()["test"]
    except InputError as problem:
        parser.error(problem)
    per, wer = evaluate(model, words)
    print(f"{len(words):,} test words: WER {wer:.2%}, PER {per:.2%}")


if __name__ == "__main__":
    main()
