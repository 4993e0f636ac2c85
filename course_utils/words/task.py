"""The task as a model sees it: its size, its loss, its score, and the words it invents."""

import math

import torch

from ..data.alphabet import END, LETTERS, PAD, START
from ..data.pronunciations import MOST_LETTERS
from ..model.language_model import LanguageModel
from ..model.sampling import write_many
from .batches import one_a_row


def make_model(d_model=64, n_heads=4, n_layers=2, seed=0):
    """A language model of letters, with d_ff = 4 d_model, at its seeded beginning."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return LanguageModel(len(LETTERS), d_model, n_heads, 4 * d_model, n_layers)


def loss_of(model, batch):
    """Mean cross-entropy of the next symbol of a Packed batch, in nats; padding does not count."""
    scores = model(batch.inputs, batch.mask, batch.places)  # (batch, length, n_symbols)
    return torch.nn.functional.cross_entropy(scores.flatten(0, 1), batch.targets.flatten(), ignore_index=PAD)


def rate_at(step, steps, highest, warmup_steps=100):
    """The learning rate: rises in a straight line for warmup_steps, then falls in one, to 0 after the last step."""
    return highest * min(step / warmup_steps, 1 - (step - 1) / steps)


@torch.no_grad()
def bits_per_letter(model, words):
    """How many bits a letter of these words costs the model on average, END counted as a letter."""
    return loss_of(model, one_a_row(words)).item() / math.log(2)


def invent(model, choose, count, seed=0):
    """Words that the model writes by chance: a list of text. choose: from scores (vocab,) to probabilities (vocab,)."""
    written = write_many(model, choose, count, START, END, MOST_LETTERS + 1, seed)
    return ["".join(LETTERS.decode(symbols)) for symbols in written]
