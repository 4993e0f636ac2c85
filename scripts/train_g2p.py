"""Trains the letters-to-phones model that ships with the course, and stores it with its log.

python scripts/train_g2p.py --bfloat16                 the shipped one, course_utils/data/g2p.safetensors and g2p.log
python scripts/train_g2p.py --epochs 5 --out build/mine.safetensors --state build/mine.pt          one of your own

Can be stopped at any time: the same command goes on from the last epoch, which it keeps in --state. Test words,
validation words and newer words are never trained on.
"""

import argparse
import functools
import shlex
import sys
import time
from pathlib import Path

import torch

from course_utils.data.batches import Bucketed, collate
from course_utils.data.pronunciations import pairs, split
from course_utils.g2p.checkpoint import CHECKPOINT, save
from course_utils.g2p.task import evaluate, loss_of, make_model
from course_utils.training import Training

STATE = Path("build/g2p_state.pt")
WARMUP_STEPS = 1_000
EPOCHS_BETWEEN_SCORES = 5  # decoding the validation words takes longer than their loss


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--epochs", type=int, default=55)
    parser.add_argument("--d-model", type=int, default=160)
    parser.add_argument("--batch", type=int, default=128, help="words in a batch")
    parser.add_argument("--rate", type=float, default=2e-3, help="the highest learning rate")
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--label-smoothing", type=float, default=0.1)
    parser.add_argument("--bfloat16", action="store_true", help="products in 16 bits, twice as fast if the CPU can")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=CHECKPOINT, help="where the model goes; its log goes beside it")
    parser.add_argument("--state", type=Path, default=STATE, help="where an unfinished run is kept")
    chosen = parser.parse_args()
    if chosen.state.exists() and torch.load(chosen.state).get("settings") != settings(chosen):
        parser.error(f"{chosen.state} holds a run with other settings: give another --state, or remove it")
    return chosen


def settings(chosen):
    """What a run must have in common with the one that it goes on with."""
    return {name: value for name, value in vars(chosen).items() if name not in ("out", "state")}


def rate_at(step, steps, highest):
    """Rises in a straight line for the first steps, then falls in one, to 0 at the end."""
    rises = min(WARMUP_STEPS, steps // 10 + 1)
    return highest * min(step / rises, (steps - step) / (steps - rises))


def loss_in_16_bits(model, batch, label_smoothing):
    with torch.autocast("cpu", torch.bfloat16):
        return loss_of(model, batch, label_smoothing)


class Log:
    """A line for each epoch, on the screen and in the log; knows how long earlier, stopped runs took."""

    def __init__(self, file, before):
        self.file, self.before, self.started = file, before, time.process_time()

    def seconds(self):
        """CPU seconds of training and scoring, over all runs."""
        return self.before + time.process_time() - self.started

    def say(self, text):
        print(text, flush=True)
        with self.file.open("a", encoding="utf-8") as log:
            log.write(text + "\n")


def at_the_end_of_an_epoch(training, log, chosen, epoch):
    """Keeps the state, and logs what this epoch came to."""
    words = split()["validation"]
    recent = training.history[-training.batch_at.per_epoch :]
    training.model.eval()
    with torch.no_grad():
        loss = loss_of(training.model, collate(pairs("validation"))).item()
    said = f"epoch {epoch:3}  training loss {sum(recent) / len(recent):.4f}  validation loss {loss:.4f}"
    if epoch % EPOCHS_BETWEEN_SCORES == 0 or epoch == chosen.epochs:
        per, wer = evaluate(training.model, words)
        said += f"  validation PER {per:.2%}  WER {wer:.2%}"
    training.model.train()
    log.say(f"{said}  {log.seconds():.0f} CPU s")
    kept = {"settings": settings(chosen), "training": training.state_dict(), "seconds": log.seconds()}
    torch.save(kept, chosen.state)


def training_of(chosen, sizes):
    """The training at its beginning."""
    model = make_model(**sizes, dropout=chosen.dropout, seed=chosen.seed)
    batches = Bucketed(pairs("train"), chosen.batch, chosen.seed)
    steps = chosen.epochs * batches.per_epoch
    loss = functools.partial(loss_in_16_bits if chosen.bfloat16 else loss_of, label_smoothing=chosen.label_smoothing)
    rate = functools.partial(rate_at, steps=steps, highest=chosen.rate)
    return Training(model, batches, loss, steps, lr=rate, seed=chosen.seed)


def main():
    chosen = options()
    for file in (chosen.state, chosen.out):
        file.parent.mkdir(parents=True, exist_ok=True)
    before = torch.load(chosen.state) if chosen.state.exists() else None
    sizes = {"d_model": chosen.d_model, "n_heads": 4, "n_layers": 3}
    training = training_of(chosen, sizes)
    log = Log(chosen.out.with_suffix(".log"), before["seconds"] if before else 0.0)

    def after_step(step):
        if step % training.batch_at.per_epoch == 0:
            at_the_end_of_an_epoch(training, log, chosen, step // training.batch_at.per_epoch)

    training.after_step = after_step
    if before:
        training.load_state_dict(before["training"])
    else:
        log.file.write_text(f"{shlex.join(['python', 'scripts/train_g2p.py', *sys.argv[1:]])}\n", encoding="utf-8")
    if len(training.run()) == training.steps:
        save(training.model, sizes, chosen.out)


if __name__ == "__main__":
    main()
