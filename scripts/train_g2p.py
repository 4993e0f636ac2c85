"""Trains the letters-to-phones model that ships with the course, and stores it with its log.

Writes course_utils/data/g2p.safetensors and g2p.log. Can be stopped at any time: the same command goes on from the
last epoch, which it keeps in --state. Test words, validation words and newer words are never trained on.
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

LOG = CHECKPOINT.with_suffix(".log")
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
    parser.add_argument("--state", type=Path, default=STATE, help="where an unfinished run is kept")
    return parser.parse_args()


def rate_at(step, steps, highest):
    """Rises in a straight line for the first steps, then falls in one, to 0 at the end."""
    return highest * min(step / WARMUP_STEPS, (steps - step) / (steps - WARMUP_STEPS))


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
    torch.save({"training": training.state_dict(), "seconds": log.seconds()}, chosen.state)


def main():
    chosen = options()
    chosen.state.parent.mkdir(parents=True, exist_ok=True)
    before = torch.load(chosen.state) if chosen.state.exists() else None
    sizes = {"d_model": chosen.d_model, "n_heads": 4, "n_layers": 3}
    model = make_model(**sizes, dropout=chosen.dropout, seed=chosen.seed)
    batches = Bucketed(pairs("train"), chosen.batch, chosen.seed)
    steps = chosen.epochs * batches.per_epoch
    log = Log(LOG, before["seconds"] if before else 0.0)

    def after_step(step):
        if step % batches.per_epoch == 0:
            at_the_end_of_an_epoch(training, log, chosen, step // batches.per_epoch)

    training = Training(
        model,
        batches,
        functools.partial(loss_in_16_bits if chosen.bfloat16 else loss_of, label_smoothing=chosen.label_smoothing),
        steps,
        lr=functools.partial(rate_at, steps=steps, highest=chosen.rate),
        seed=chosen.seed,
        after_step=after_step,
    )
    if before:
        training.load_state_dict(before["training"])
    else:
        LOG.write_text(f"{shlex.join(['python', 'scripts/train_g2p.py', *sys.argv[1:]])}\n", encoding="utf-8")
    if len(training.run()) == steps:
        save(model, sizes)


if __name__ == "__main__":
    main()
