"""Lesson 09: the shipped model on words that the lesson does not score, and the loop with a fault."""

import math
import random
from functools import cache

import torch

from claims import Found, claim, lesson
from course_utils.data.pronunciations import pairs, pronunciations, split
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import write_all
from course_utils.model.decoding import watch
from course_utils.model.scoring import error_rates

SIZE = 800  # words drawn for a seed


@cache
def shipped():
    return load()


def drawn(seed, size=SIZE):
    """Validation words, which the lesson scores with another model only."""
    return random.Random(seed).sample(split()["validation"], size)


@claim("The error rate is far higher among words without a relative")
def relatives(seeds):
    seen, ratios = set(split()["train"]), []
    endings = ("s", "ed", "ing", "er", "ly")
    for seed in seeds:
        groups = {True: [], False: []}
        for word in drawn(seed):
            near = [word + ending for ending in endings]
            near += [word.removesuffix(ending) for ending in endings if word.endswith(ending)]
            groups[not seen.isdisjoint(near)].append(word)
        with_one, without = (
            error_rates(write_all(shipped(), words), [pronunciations()[word] for word in words])[1]
            for words in (groups[True], groups[False])
        )
        ratios.append(without / with_one)
    return Found(min(ratios) > 1.3, f"WER {min(ratios):.1f} to {max(ratios):.1f} times as high")


@claim("the greedy way is nearly always the most probable one")
def beam(seeds):
    own, changed = lesson("09"), []
    for seed in seeds:
        words = [torch.tensor(own.LETTERS.encode(word)) for word in drawn(seed, 20)]
        greedy, beam_of_4 = (
            [watch(shipped(), word, own.START, own.END, 32, width)[0].written for word in words] for width in (1, 4)
        )
        changed.append(sum(one != other for one, other in zip(greedy, beam_of_4)))
    return Found(max(changed) <= 2, f"of 20 words {min(changed)} to {max(changed)} are written in another way")


def new_model(seed):
    own = lesson("09")
    torch.manual_seed(seed)
    return own.Transformer(len(own.LETTERS), len(own.PHONES), d_model=64, n_heads=4, d_ff=256, n_layers=3)


@claim("It starts *above* that: its random scores prefer some phones for no reason")
def loss_at_the_start(seeds):
    own, batch = lesson("09"), lesson("09").collate(pairs("validation")[:64])
    with torch.no_grad():
        losses = [own.loss_of(new_model(seed), batch).item() for seed in seeds]
    return Found(min(losses) > math.log(42), f"{min(losses):.2f} to {max(losses):.2f}, ln 42 is {math.log(42):.2f}")
