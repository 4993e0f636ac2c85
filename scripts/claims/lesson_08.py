"""Lesson 08: what the model that spells backwards has learned, with its memory, without, and without the shift."""

from functools import cache

import torch

from claims import Found, claim, lesson

RATES = (0.002, 0.004)
RATE = RATES[-1:]  # the lesson's own, where one is enough to show that something is possible


@cache
def run(seed, rate, **options):
    """A model trained as in the lesson, and its mean loss over the last 20 steps."""
    model, losses = lesson("08").trained("", seed, highest=rate, progress=False, **options)
    return model.eval(), sum(losses[-20:]) / 20


def honest(seed):
    """The model of the rate whose loss is lowest."""
    return min((run(seed, rate) for rate in RATES), key=lambda one: one[1])[0]


def not_shifted(seed):
    return run(seed, RATE[0], shift=given_as_it_stands)


def given_as_it_stands(targets, start):
    return targets


@cache
def shares(seed, length):
    return lesson("08").share_right(honest(seed), length)


@claim("Cross-attention is the only way from the input to the output.", RATES)
def only_the_memory(seeds):
    wiped = min(run(seed, rate, wiped=True)[1] for seed in seeds for rate in RATES)
    whole = max(min(run(seed, rate)[1] for rate in RATES) for seed in seeds)
    return Found(wiped > 2.9 and whole < 0.3, f"loss {whole:.2f} at most with the memory, {wiped:.2f} at least without")


@claim("8 letters go well, at 9 most strings are wrong, at 10 all.", RATES)
def no_longer_than_trained(seeds):
    eight, nine, ten = ([shares(seed, length) for seed in seeds] for length in (8, 9, 10))
    seen = f"right: 8 letters {min(eight):.2f} or more, 9 {max(nine):.2f} or less, 10 {max(ten):.2f} or less"
    return Found(min(eight) > 0.8 and max(nine) < 0.5 and max(ten) < 0.05, seen)


@claim("Nearly always at the very first letter", RATES)
def wrong_at_the_first_letter(seeds):
    own, found = lesson("08"), []
    for seed in seeds:
        words = own.strings(torch.Generator().manual_seed(seed), 10, 10, 50)
        found.append(sum(own.backwards(honest(seed), word)[:1] != word[-1] for word in words) / 50)
    return Found(min(found) > 0.8, f"of strings of 10 letters {min(found):.2f} or more")


@claim("the first draft is nearly always the greedy one.", RATES)
def beam_is_greedy(seeds):
    own, found = lesson("08"), []
    for seed in seeds:
        model = honest(seed)
        for word in own.strings(torch.Generator().manual_seed(seed), size=20):
            next_scores = own.next_scores_of(model, torch.tensor(own.LETTERS.encode(word)))
            with torch.no_grad():
                draft = own.beam_search(next_scores, own.START, own.END, 16, 3)[0][0]
                found.append(list(draft) == own.greedy_decode(next_scores, own.START, own.END, 16))
    return Found(sum(found) >= 0.95 * len(found), f"in {sum(found)} of {len(found)} strings")


@claim("The loss is better than that of the honest models, and nothing that it writes is right.", RATE)
def it_has_learned_to_copy(seeds):
    worst = max(not_shifted(seed)[1] for seed in seeds)
    right = max(lesson("08").share_right(not_shifted(seed)[0], 5) for seed in seeds)
    least = min(run(seed, rate)[1] for seed in seeds for rate in RATES)
    return Found(worst < least and right == 0, f"loss {worst:.5f} at most, honest {least:.3f}; right {right:.2f}")
