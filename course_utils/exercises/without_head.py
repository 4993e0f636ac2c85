"""Lesson 11: one head switched off."""

import torch

from ..model.looking_inside import without_head
from .engine import Case, Exercise, Mistake
from .engine.inputs import random_inputs
from .slips import of_results

RETURNS = {"found": "batch n_heads length d_k"}


def cases(seed):
    fixed, normal = random_inputs(1), random_inputs(seed)
    return [
        Case("batch 2, 3 heads, 4 tokens, d_k 5; head 1", (fixed(2, 3, 4, 5), 1)),
        Case("head 0", (fixed(2, 3, 5, 4), 0)),
        Case("the last head", (fixed(3, 4, 5, 2), 3)),
        Case("one sentence, one token", (fixed(1, 3, 1, 2), 1)),
        Case("one head", (fixed(2, 1, 3, 4), 0)),
        Case("everything of size 4", (fixed(4, 4, 4, 4), 2)),
        Case("found as split_heads makes it", (fixed(2, 5, 3, 4).transpose(1, 2), 2)),
        Case("batch 3, 6 heads; head 4", (normal(3, 6, 4, 2), 4)),
    ]


def put(value, *places):
    """Another value, or another place: `head` in places stands for the number of the head."""

    def wrong(found, head):
        found = found.clone()
        found[tuple(head if place == "head" else place for place in places)] = value
        return found

    return wrong


def other_head(change):
    return lambda found, head: without_head(found, change(head))


def scaled(by):
    def wrong(found, head):
        found = found.clone()
        found[:, head] *= by
        return found

    return wrong


def averaged(axis):
    def wrong(found, head):
        found = found.clone()
        found[:, head] = found.mean(axis, keepdim=True)[:, 0 if axis == 1 else head]
        return found

    return wrong


ALL = slice(None)
MISTAKES = (
    Mistake("a sentence for a head", put(0, "head"),
            "You set a sentence of the batch to 0. The axes are (batch, n_heads, length, d_k): `found[:, head]`."),
    Mistake("a token for a head", put(0, ALL, ALL, "head"),
            "You set a token to 0, in every head. The heads are axis 1: `found[:, head]`."),
    Mistake("a feature for a head", put(0, ..., "head"),
            "You set one feature of every head to 0. The heads are axis 1: `found[:, head]`."),
    Mistake("the first sentence only", put(0, 0, "head"), "Only the first sentence loses the head. All of the batch shall: `found[:, head]`."),
    Mistake("the first token only", put(0, ALL, "head", 0), "Only the first token loses the head. All tokens shall: `found[:, head]`."),
    Mistake("only this head", lambda found, head: found - without_head(found, head),
            "You keep this head and switch off all others. It is the other way round."),
    Mistake("taken out", lambda found, head: torch.cat([found[:, :head], found[:, head + 1 :]], 1),
            "You take the head out, and those behind it move up. W_O then meets the wrong heads: keep the shape, with zeros in this head's place."),
    Mistake("this head alone comes back", lambda found, head: found[:, head], "That is this head's output. Give back all heads, with zeros in this one."),
    Mistake("zeros for this head alone", lambda found, head: torch.zeros_like(found[:, head]), "Give back all heads, not only the one that is now 0."),
    Mistake("counted from 1", other_head(lambda head: head - 1), "The head before it is switched off. Heads are counted from 0: `found[:, head]`."),
    Mistake("counted from the end", other_head(lambda head: -head), "A head counted from the end is switched off, `-head`. Heads are counted from 0, from the front: `found[:, head]`."),
    Mistake("the one after", other_head(lambda head: head + 1), "The head after it is switched off. Heads are counted from 0: `found[:, head]`."),
    Mistake("moved up, zeros last", lambda found, head: torch.cat([found[:, :head], found[:, head + 1 :], 0 * found[:, :1]], 1),
            "The heads behind it have moved up, and the zeros stand in the last place. Leave each head where it is, with zeros in this one's place."),
    Mistake("moved down, zeros first", lambda found, head: torch.cat([0 * found[:, :1], found[:, :head], found[:, head + 1 :]], 1),
            "The heads before it have moved, and the zeros stand in the first place. Leave each head where it is, with zeros in this one's place."),
    Mistake("a sentence for a head, if there is one", lambda found, head: torch.stack([0 * one if i == head else one for i, one in enumerate(found)]),
            "You set a sentence of the batch to 0. The axes are (batch, n_heads, length, d_k): `found[:, head]`."),
    Mistake("all heads up to it", lambda found, head: torch.cat([found[:, : head + 1] * 0, found[:, head + 1 :]], 1),
            "All heads up to this one are switched off. `found[:, head]` is one head; a slice is several."),
    Mistake("all heads before it", lambda found, head: torch.cat([found[:, :head] * 0, found[:, head:]], 1),
            "The heads before it are switched off, and it stays. `found[:, head]` is the head itself; `[:, :head]` is what comes before."),
    Mistake("all heads from it on", lambda found, head: torch.cat([found[:, :head], found[:, head:] * 0], 1),
            "All heads from this one on are switched off. `found[:, head]` is one head; a slice is several."),
    Mistake("the mean of the heads", averaged(1), "You put the mean of all heads in its place. Off means 0 here."),
    Mistake("the mean of the tokens", averaged(2), "You put the head's mean over the tokens in its place: that is flat attention, not off. Off means 0 here."),
    Mistake("minus infinity", put(-torch.inf, ALL, "head"), "-inf belongs into scores, before the softmax. What a head found is added up: off means 0."),
    Mistake("ones", put(1, ALL, "head"), "You set the head to 1. Off means 0: then it adds nothing."),
    Mistake("sign turned", scaled(-1), "The head is subtracted from what it was twice, so its sign is turned. Set it to 0."),
    Mistake("halved", scaled(0.5), "The head is halved. Off means 0."),
    Mistake("nothing is off", lambda found, head: found.clone(), "All heads are still on: is the copy changed, and is it the copy that comes back?"),
    Mistake("others made larger", lambda found, head: without_head(found, head) * found.shape[1] / max(found.shape[1] - 1, 1),
            "You make the other heads larger, as dropout does. Leave them as they are."),
    *of_results(without_head, RETURNS),
)  # fmt: skip

EXERCISE = Exercise(
    name="without_head",
    lesson="11_inside_a_real_model",
    reference=without_head,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Work on a copy. Which of the four axes counts the heads?",
        "`found = found.clone()`, then `found[:, head] = 0`.",
    ),
    points=1,
    minutes=3,
    returns=RETURNS,
)
