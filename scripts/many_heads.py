"""Trains lesson 03's heads in every setting, with three seeds, and stores what came out.

Writes course_utils/data/many_heads.json. About 6 minutes on one core.
"""

import itertools
import json
import time

import torch

from course_utils.data.who_holds_what import STORED, who_holds_what
from course_utils.model.multi_head import MultiHead
from course_utils.training import train

HEADS = (1, 2, 4, 8, 16, 32, 64)
SIZES = (1_000, 20_000)
SEEDS = range(3)
STEPS, BATCH, RATE, D_MODEL, D_K = 500, 64, 0.01, 64, 8
TASK = {"people": 8, "things": 16, "asked": 4, "d_model": D_MODEL}


def answers(model, X):
    """One score for each question and thing: (batch, asked, things), read from the last row of out."""
    out, _ = model(X)
    return out[:, -1].unflatten(-1, (TASK["asked"], TASK["things"]))


def loss_of(model, batch):
    X, wanted = batch
    return torch.nn.functional.cross_entropy(answers(model, X).transpose(1, 2), wanted)


def run(fixed, examples, n_heads, seed):
    """Train once. Returns the run as stored_heads describes it."""
    torch.manual_seed(seed)
    model = MultiHead(D_MODEL, n_heads, d_k=D_K if fixed == "d_k" else None)
    generator = torch.Generator().manual_seed(seed)
    X, wanted = who_holds_what(generator, examples, **TASK)
    unseen = who_holds_what(generator, 1_000, **TASK)

    def batch(step):
        chosen = torch.randint(examples, (BATCH,), generator=generator)
        return X[chosen], wanted[chosen]

    started = time.process_time()
    train(model, batch, loss_of, STEPS, lr=RATE, seed=seed, progress=False)
    seconds = time.process_time() - started
    with torch.no_grad():
        right = (answers(model, unseen[0]).argmax(-1) == unseen[1]).float().mean().item()
        losses = [loss_of(model, data).item() for data in ((X[:1_000], wanted[:1_000]), unseen)]
    measured = dict(zip(("training", "validation", "right", "seconds"), (*losses, right, seconds), strict=True))
    return {
        "fixed": fixed, "examples": examples, "n_heads": n_heads, "seed": seed,
        "parameters": sum(matrix.numel() for matrix in model.parameters()),
        **{name: float(f"{value:.3g}") for name, value in measured.items()},
    }  # fmt: skip


def main():
    torch.set_num_threads(1)
    runs = []
    for setting in itertools.product(("n_heads * d_k", "d_k"), SIZES, HEADS, SEEDS):
        runs.append(run(*setting))
        print(runs[-1], flush=True)
    lines = ",\n".join(json.dumps(one) for one in runs)
    STORED.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
