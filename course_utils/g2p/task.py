"""The task as a model sees it: its size, its loss, its score."""

import torch

from ..data.alphabet import END, LETTERS, PAD, PHONES, START
from ..data.batches import collate
from ..data.pronunciations import MOST_LETTERS, pronunciations
from ..errors import InputError
from ..model.decoding import Cache, shift_right, write_greedily
from ..model.scoring import error_rates
from ..model.transformer import Transformer

MOST_WRITTEN = 32  # phones, END counted too; the longest pronunciation has 22
AT_ONCE = 500  # words that are decoded together


def make_model(d_model=64, n_heads=4, n_layers=3, dropout=0.0, seed=0):
    """A Transformer from letters to phones, with d_ff = 4 d_model, at its seeded beginning."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return Transformer(len(LETTERS), len(PHONES), d_model, n_heads, 4 * d_model, n_layers, dropout)


def loss_of(model, batch, label_smoothing=0.0):
    """Mean cross-entropy of the next phone, in nats; padding does not count.

    label_smoothing: share of the certainty that is spread evenly over all phones (Szegedy et al. 2016, section 7).
    """
    scores = model(batch.letters, shift_right(batch.phones, START), batch.mask)  # (batch, q_len, n_target)
    return torch.nn.functional.cross_entropy(
        scores.flatten(0, 1).float(), batch.phones.flatten(), ignore_index=PAD, label_smoothing=label_smoothing
    )


def readable(word):
    """The word in small letters. InputError says in one sentence why a model that learned from the dictionary cannot.

    Longer words than it was trained on are refused: it loses its place in them.
    """
    letters, shown = word.strip(), repr(word[:MOST_LETTERS] + "…" * (len(word) > MOST_LETTERS))
    if not letters:
        raise InputError("An empty word has no sound: give at least one letter.")
    unknown = next((letter for letter in letters if letter.lower() not in LETTERS.symbols[END + 1 :]), None)
    if unknown:
        raise InputError(f"{shown} has {unknown!r} in it, and the model knows only the letters a to z.")
    if len(letters) > MOST_LETTERS:
        raise InputError(f"{shown} has {len(letters)} letters, and the model has never seen more than {MOST_LETTERS}.")
    return letters.lower()


def write_all(model, words, cache_of=Cache):
    """The phones that the model writes for each word, a list of lists of text, in the order of the words.

    cache_of: what makes the model write step by step; Cache for a Transformer.
    """
    order = sorted(range(len(words)), key=lambda i: len(words[i]))  # words of one length together: little padding
    written = [None] * len(words)
    for first in range(0, len(words), AT_ONCE):
        chosen = order[first : first + AT_ONCE]
        batch = collate([(words[i], ()) for i in chosen])
        symbols = write_greedily(model, batch.letters, batch.mask, START, END, MOST_WRITTEN, cache_of)
        for i, row in zip(chosen, symbols.tolist()):
            written[i] = PHONES.decode(row)
    return written


@torch.no_grad()
def how_sure(model, words):
    """For each word the mean log-probability of the phones that the model writes for it, END counted: (words,).

    Words that follow the habits of English spelling are read more surely than others.
    """
    batch = collate([(word, ()) for word in words])
    written = write_greedily(model, batch.letters, batch.mask, START, END, MOST_WRITTEN)  # (batch, length)
    after_end = (written == END).cumsum(dim=-1) - (written == END).int() > 0  # (batch, length)
    scores = model(batch.letters, shift_right(written, START), batch.mask)  # (batch, length, n_target)
    logs = scores.log_softmax(dim=-1).gather(-1, written[..., None])[..., 0]  # (batch, length)
    return logs.masked_fill(after_end, 0).sum(dim=-1) / (~after_end).sum(dim=-1)


def evaluate(model, words):
    """PER and WER (0 to 1) of the model on words of the dictionary, greedy, against the nearest pronunciation."""
    return error_rates(write_all(model, words), [pronunciations()[word] for word in words])
