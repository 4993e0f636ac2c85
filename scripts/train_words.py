"""Trains the language model of letters that ships with the course, and stores it.

python scripts/train_words.py                                         the shipped one, as lesson 10 trains it
python scripts/train_words.py --steps 15000 --out mine.safetensors    one of your own, trained longer

Only training words are used. The score on the validation words is printed as it goes.
"""

import argparse
import time
from pathlib import Path

import torch

from course_utils.data.pronunciations import split
from course_utils.training import Training
from course_utils.words.batches import PackedWords
from course_utils.words.checkpoint import CHECKPOINT, save
from course_utils.words.task import bits_per_letter, loss_of, make_model, rate_at


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--steps", type=int, default=2600)
    parser.add_argument("--rate", type=float, default=0.01, help="the highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=CHECKPOINT)
    return parser.parse_args()


def main():
    chosen = options()
    torch.set_num_threads(1)
    sizes = {"d_model": 64, "n_heads": 4, "n_layers": 2}
    model, began = make_model(**sizes, seed=chosen.seed), time.process_time()

    def report(step):
        if step % 1000 == 0 or step == chosen.steps:
            bits = bits_per_letter(model, split()["validation"])
            print(f"step {step:6}  {bits:.3f} bits per letter  {time.process_time() - began:.0f} CPU s", flush=True)

    Training(model, PackedWords(split()["train"], rows=45, seed=chosen.seed), loss_of, chosen.steps,
             lr=lambda step: rate_at(step, chosen.steps, chosen.rate), seed=chosen.seed, progress=False,
             after_step=report).run()  # fmt: skip
    save(model, sizes, chosen.out)


if __name__ == "__main__":
    main()
