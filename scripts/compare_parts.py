"""Trains lesson 10's model with one newer part at a time, three seeds each, and stores bits, parameters and cache.

Writes course_utils/data/newer_parts.json after every run; the same command does the runs that are missing. About
three minutes on one core.
"""

import json
import time

import torch
from claims import lesson

from course_utils.data.newer_parts import STORED, stored_newer_parts
from course_utils.data.pronunciations import split
from course_utils.model.newer_parts import SWAPS, cache_bytes
from course_utils.training import train
from course_utils.words.batches import PackedWords
from course_utils.words.task import bits_per_letter, rate_at

SEEDS, STEPS, RATE = range(3), 300, 0.01


def run(swap, seed):
    """The model after training, with the lesson's own code."""
    own = lesson("10")
    model = own.new_model(seed)
    torch.manual_seed(seed)
    swap(model)
    train(model, PackedWords(split()["train"], rows=45, seed=seed), own.loss_of, STEPS, seed=seed, progress=False,
          lr=lambda step: rate_at(step, STEPS, RATE))  # fmt: skip
    return model


def main():
    torch.set_num_threads(1)
    found = stored_newer_parts() if STORED.exists() else {}
    for seed in SEEDS:
        for name, swap in SWAPS.items():
            if len(found.get(name, {"bits": ()})["bits"]) > seed:
                continue
            began = time.process_time()
            model = run(swap, seed)
            one = found.setdefault(name, {"bits": [], "steps": STEPS, "cache_bytes": cache_bytes(model)})
            one["parameters"] = sum(numbers.numel() for numbers in model.parameters() if numbers.requires_grad)
            one["bits"].append(round(bits_per_letter(model, split()["validation"]), 4))
            print(name, one, f"{time.process_time() - began:.0f} CPU s", flush=True)
            lines = ",\n".join(f"{json.dumps(part)}: {json.dumps(entry)}" for part, entry in found.items())
            STORED.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
