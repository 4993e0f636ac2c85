"""Lesson 11: heads of MiniLM on sentences that the lesson does not show. Needs the model: course_utils.get_model.

Nothing is trained here, so a seed draws sentences: 16 of 32 others, or new ones made of words.
"""

import random
from functools import cache

import torch

from claims import Found, claim, lesson
from course_utils.data.sentences import other_sentences
from course_utils.minilm import minilm, stored_order

HE = "man boy king father uncle son brother husband prince grandfather".split()
SHE = "woman girl queen mother aunt daughter sister wife princess grandmother".split()
DID = "thanked called praised visited warned followed invited remembered".split()
WHY = ("was late", "had helped", "was ill", "came home", "had won", "was alone", "was honest")
SENSE = (  # sentence with {}, what decides, what "it" then means, the other
    ("The statue fell from the shelf because it was {}.", ("heavy", "statue", "shelf"), ("weak", "shelf", "statue")),
    ("The cat ran from the noise because it was {}.", ("scared", "cat", "noise"), ("loud", "noise", "cat")),
    ("The boat could not pass the river because it was too {}.", ("big", "boat", "river"), ("narrow", "river", "boat")),
    ("The horse left the stable because it was {}.", ("hungry", "horse", "stable"), ("burning", "stable", "horse")),
    ("The coat stayed in the shop because it was {}.", ("ugly", "coat", "shop"), ("closed", "shop", "coat")),
    ("The bird built a nest in the tree because it was {}.", ("clever", "bird", "tree"), ("tall", "tree", "bird")),
)


@cache
def some(seed):
    return tuple(random.Random(seed).sample(other_sentences(), 16))


def kept(attend, seeds):
    """The lesson's mean cosine, for the sentences of each seed."""
    return [lesson("11").kept(attend, some(seed)) for seed in seeds]


def right_in_pairs(pairs):
    """How often each of the 72 heads is right in both sentences of a pair: (sentence, pronoun, means, rival) twice."""
    return sum(torch.stack([_prefers(*one) for one in pair]).all(0).long() for pair in pairs)


def _prefers(sentence, pronoun, means, rival):
    tokens, weights = minilm().tokens(sentence), minilm().weights(sentence).flatten(0, 1)
    looks = weights[:, len(tokens) - 1 - tokens[::-1].index(pronoun)]
    return looks[:, tokens.index(means)] > looks[:, tokens.index(rival)]


def he_and_she(seed, count=20):
    """Pairs of sentences with a man and a woman; in one the pronoun is he, in the other she."""
    chooser = random.Random(seed)
    for _ in range(count):
        he, she = chooser.choice(HE), chooser.choice(SHE)
        first, second = chooser.sample((he, she), 2)
        start, why = f"The {first} {chooser.choice(DID)} the {second} because", chooser.choice(WHY)
        yield (f"{start} he {why}.", "he", he, she), (f"{start} she {why}.", "she", she, he)


@claim("Replaced by the table, nothing changes: the cosine is 1.0000.")
def the_table_does_the_same(seeds):
    found = kept(lesson("11").instead(0, 2, lesson("11").before), seeds)
    return Found(min(found) > 0.9999, f"cosine at least {min(found):.5f}")


@claim("Of 72 heads no single one is needed: the worst loss is less than 5 hundredths.")
def no_single_head_is_needed(seeds):
    found = [min(kept(lesson("11").without([number]), seeds)) for number in range(72)]
    return Found(min(found) > 0.95, f"worst cosine {min(found):.3f}; layer 2, head 9: {found[33]:.4f}")


@claim("Layer 3, head 1 finds the noun over up to three adjectives")
def the_noun_is_found(seeds):
    found = [lesson("11").noun_share(count, seed)[37].item() for count in range(4) for seed in seeds]
    return Found(min(found) > 0.89, f"share at least {min(found):.2f}")


@claim("Layer 2, head 9 looks for its own word elsewhere")
def the_same_word_is_found(seeds):
    found = [lesson("11").twin_weights(seed) for seed in seeds]
    twins, others = [twin[33] for twin, _ in found], [other[33] for _, other in found]
    holds = all(twin.argmax() == 33 for twin, _ in found) and min(twins) > 0.35 and max(others) < 0.02
    return Found(holds, f"twin at least {min(twins):.2f}, others at most {max(others):.3f}")


@claim("Half of all attention lies on [CLS]")
def half_on_cls(seeds):
    shares = [[minilm().weights(text)[..., 0].mean().item() for text in some(seed)] for seed in seeds]
    found = [sum(row) / len(row) for row in shares]
    return Found(0.45 < min(found) and max(found) < 0.55, f"{min(found):.2f} to {max(found):.2f}")


@claim("Without its value nearly nothing changes (0.995). Without looking at it nearly everything does (0.622).")
def the_value_can_go_the_look_cannot(seeds):
    value, look = kept(lesson("11").zeroed(0), seeds), kept(lesson("11").forbidden(0), seeds)
    return Found(min(value) > 0.99 and max(look) < 0.7, f"at least {min(value):.3f}, at most {max(look):.3f}")


@claim("So this head looks for a noun of the right gender.")
def gender_is_found(seeds):
    found = [right_in_pairs(he_and_she(seed))[15].item() for seed in seeds]
    return Found(min(found) >= 15, f"at least {min(found)} of 20 pairs")


@claim("Where only the sense tells: no.")
def sense_is_not_found(seeds):
    """The same six other pairs whatever the seed: they were written by hand."""
    pairs = [[(text.format(word), "it", means, rival) for word, means, rival in two] for text, *two in SENSE]
    found = right_in_pairs(pairs)
    return Found(found.max() <= 4, f"best of 72 heads {found.max()} of 6 other pairs; best of 72 coins: 4 or more")


@claim("Half of the heads can go at a cosine of about 0.95")
def half_can_go(seeds):
    found = kept(lesson("11").without(stored_order()[:36]), seeds)
    return Found(min(found) > 0.945, f"at least {min(found):.3f}")
