"""Lesson 05: nobody looks at the filling behind a short sentence."""

import torch

from ..model.masks import padding_mask
from .causal_mask import YES_OR_NO, may_look
from .engine import Case, Exercise, Mistake


def cases(seed):
    generator = torch.Generator().manual_seed(seed)
    return [
        Case("one sentence: 2 words, filled up to 3", (torch.tensor([2]), 3)),
        Case("2 sentences, one of them full", (torch.tensor([4, 1]), 4)),
        Case("3 sentences of at most 3 words", (torch.tensor([1, 3, 2]), 3)),
        Case("4 sentences, none of them full", (torch.tensor([3, 2, 5, 1]), 6)),
        Case("lengths in a strided view", (torch.tensor([2, 9, 4, 9, 3, 9])[::2], 5)),
        Case("5 sentences", (torch.randint(1, 8, (5,), generator=generator), 7)),
    ]


def positions(max_length):
    return torch.arange(max_length)


def for_each_query(lengths, max_length):
    return padding_mask(lengths, max_length)[:, None, :].expand(-1, max_length, -1)


def rows_and_columns(lengths, max_length):
    keys = padding_mask(lengths, max_length)
    return keys[:, None, :] & keys[:, :, None]


PLUS = "A large positive number makes the padding the best of all. Give back True and False; or, to add to the scores, minus infinity."
MISTAKES = (
    Mistake("True means padding", lambda lengths, max_length: positions(max_length) >= lengths[:, None],
            "Your mask is True at the padding. Here True means \"may look\": a word, not padding."),
    Mistake("True means padding, but for the first", lambda lengths, max_length: positions(max_length) > lengths[:, None],
            "Your mask is True at the padding. Here True means \"may look\": position < length."),
    Mistake("one too many", lambda lengths, max_length: positions(max_length) <= lengths[:, None],
            "Off by one: one padding position counts as a word. With 2 words the positions 0 and 1 are allowed: position < length."),
    Mistake("one too few", lambda lengths, max_length: positions(max_length) < lengths[:, None] - 1,
            "Off by one: the last word of each sentence is hidden too. Positions are counted from 0: position < length."),
    Mistake("the first word is hidden", lambda lengths, max_length: (positions(max_length) < lengths[:, None]) & (positions(max_length) > 0),
            "The first word of each sentence is hidden. Position 0 holds a word like the others."),
    Mistake("padding in front", lambda lengths, max_length: positions(max_length) >= max_length - lengths[:, None],
            "Your mask has the padding in front. Here the words come first and the padding after them."),
    Mistake("on its side", lambda lengths, max_length: positions(max_length)[:, None] < lengths,
            "The axes are exchanged: one row for each sentence, (batch, max_length)."),
    Mistake("only the last word", lambda lengths, max_length: positions(max_length) == lengths[:, None] - 1,
            "Only the last word of each sentence is allowed: all of them are."),
    Mistake("only the first padding", lambda lengths, max_length: positions(max_length) == lengths[:, None],
            "You mark one position for each sentence, the first after its words. Every position before that is True: < instead of ==."),
    Mistake("longest for all", lambda lengths, max_length: (positions(max_length) < lengths.max()).expand(len(lengths), -1),
            "Every sentence gets the length of the longest one. Each has its own: compare with lengths[:, None]."),
    Mistake("shortest for all", lambda lengths, max_length: (positions(max_length) < lengths.min()).expand(len(lengths), -1),
            "Every sentence gets the length of the shortest one. Each has its own: compare with lengths[:, None]."),
    Mistake("first for all", lambda lengths, max_length: (positions(max_length) < lengths[0]).expand(len(lengths), -1),
            "Every sentence gets the length of the first one. Each has its own: compare with lengths[:, None]."),
    Mistake("no new axis", lambda lengths, max_length: positions(max_length) < lengths,
            "(max_length,) against (batch,): broadcasting lines up the last axes, so position i meets sentence i. Make lengths a column: lengths[:, None]."),
    Mistake("max_length not used", lambda lengths, max_length: padding_mask(lengths, int(lengths.max())),
            "The mask is as wide as the longest sentence here. Make it max_length wide: it must fit the scores."),
    Mistake("everything allowed", lambda lengths, max_length: torch.ones(len(lengths), max_length).bool(),
            "Every position is allowed, the padding too. Compare each position with the length of its sentence."),
    Mistake("a row for each query", for_each_query,
            "Right, but with a row for each query too. Give back (batch, max_length); a new axis is put in where it is used."),
    Mistake("rows and columns", rows_and_columns,
            "You hide padding as query and as key; then some rows see nothing, and softmax gives NaN. Say only which positions hold words: (batch, max_length)."),
    Mistake("on the queries", lambda lengths, max_length: padding_mask(lengths, max_length)[:, :, None],
            "There is an axis to spare, and it lays the words along the queries. Give back (batch, max_length): who may be looked at."),
    Mistake("on the queries, a column for each key", lambda lengths, max_length: for_each_query(lengths, max_length).transpose(1, 2),
            "You hide whole rows: a pad that looks. What must be hidden is a pad that is looked at. Give back (batch, max_length)."),
    Mistake("an axis too many", lambda lengths, max_length: padding_mask(lengths, max_length)[:, None],
            "Right, but with an axis to spare. Give back (batch, max_length); a new axis is put in where it is used."),
    Mistake("two axes too many", lambda lengths, max_length: padding_mask(lengths, max_length)[:, None, None],
            "Right, but with two axes to spare. Give back (batch, max_length); new axes are put in where they are used."),
    Mistake("causal", lambda lengths, max_length: torch.ones(len(lengths), max_length).tril().bool(),
            "That is a causal mask. This one depends on how long each sentence is, not on who looks."),
    Mistake("as wide as the batch", lambda lengths, max_length: padding_mask(lengths, len(lengths)), "Your rows are as long as there are sentences. Each has max_length positions: range(max_length)."),
    Mistake("rows as long as the words", lambda lengths, max_length: [[True] * int(length) for length in lengths],
            "Your rows are as long as the sentences. Each needs max_length positions, with False at the padding."),
    Mistake("as many words as padding", lambda lengths, max_length: positions(max_length) < max_length - lengths[:, None],
            "You take max_length - length for the number of words. That is how much is filled up; the words are the first `length` positions."),
    Mistake("all but the first padding", lambda lengths, max_length: positions(max_length) != lengths[:, None],
            "You hide one position for each sentence, the first after its words. Every position from there on is False: < instead of !=."),
    Mistake("plus infinity", lambda lengths, max_length: torch.where(padding_mask(lengths, max_length), 0.0, torch.inf), PLUS),
    Mistake("plus 1e9", lambda lengths, max_length: 1e9 * (~padding_mask(lengths, max_length)).float(), PLUS),
    Mistake("nothing allowed", lambda lengths, max_length: torch.zeros(len(lengths), max_length),
            "Your mask is 0 everywhere, so nothing is allowed. Is nothing written into it, or is the number as good as 0, 1e-9 in place of -1e9? Give back True and False."),
    Mistake("one for each sentence", lambda lengths, max_length: lengths > 0, "One value for each sentence. Each position needs its own: (batch, max_length)."),
    Mistake("first sentence only", lambda lengths, max_length: padding_mask(lengths, max_length)[0], "That is the first sentence alone: is `return` inside the loop? One row for each sentence."),
    Mistake("last sentence only", lambda lengths, max_length: padding_mask(lengths, max_length)[-1], "That is the last sentence alone. Keep a row for each: (batch, max_length)."),
    Mistake("last for all", lambda lengths, max_length: (positions(max_length) < lengths[-1]).expand(len(lengths), -1),
            "Every sentence gets the length of the last one. Each has its own: compare with lengths[:, None]."),
    Mistake("one position too wide", lambda lengths, max_length: padding_mask(lengths, max_length + 1), "Your mask is one position too wide: positions 0 to max_length - 1, torch.arange(max_length)."),
    Mistake("one position too narrow", lambda lengths, max_length: padding_mask(lengths, max_length - 1), "Your mask is one position too narrow: torch.arange(max_length) leaves max_length out already."),
    Mistake("sentences sorted", lambda lengths, max_length: padding_mask(lengths.sort().values, max_length), "The sentences are sorted by their length. Leave them in their order."),
    Mistake("sentences sorted, longest first", lambda lengths, max_length: padding_mask(lengths.sort(descending=True).values, max_length), "The sentences are sorted by their length. Leave them in their order."),
    Mistake("sentences back to front", lambda lengths, max_length: padding_mask(lengths.flip(0), max_length), "The sentences come back to front. Row i belongs to sentence i."),
    Mistake("weights", lambda lengths, max_length: padding_mask(lengths, max_length) / lengths[:, None], "These are weights: your rows sum to 1. A mask only says yes or no, True or False."),
    Mistake("how far along", lambda lengths, max_length: positions(max_length) / lengths[:, None], "You divide position by length. Compare them: position < length."),
    Mistake("how much is left", lambda lengths, max_length: lengths[:, None] - positions(max_length), "You subtract position and length. Compare them: position < length."),
    Mistake("lengths repeated", lambda lengths, max_length: lengths[:, None].expand(-1, max_length), "Your rows hold the lengths themselves. Compare each position with them: position < length."),
    Mistake("position numbers alone", lambda lengths, max_length: positions(max_length).expand(len(lengths), -1), "These are the numbers of the positions. Compare them with the lengths: position < length."),
    Mistake("range of lengths", lambda lengths, max_length: torch.arange(lengths), "torch.arange takes one number, and lengths are many. The positions are torch.arange(max_length); compare them with lengths[:, None]."),
    Mistake("position numbers", lambda lengths, max_length: positions(max_length) * padding_mask(lengths, max_length),
            "These are the numbers of the positions. Give back True and False: the comparison itself."),
    Mistake("not far enough below zero", lambda lengths, max_length: -10 * (~padding_mask(lengths, max_length)).float(),
            "The numbers at the padding are not negative enough, so it still gets some weight. Give back True and False."),
    Mistake("zero times infinity", lambda lengths, max_length: (~padding_mask(lengths, max_length)).float() * -torch.inf,
            "0 times infinity is NaN, not 0. Give back True and False; masked_fill puts the -inf in later."),
)  # fmt: skip

EXERCISE = Exercise(
    name="padding_mask",
    lesson="05_masking",
    reference=padding_mask,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "A position holds a word if its number is smaller than the length of its sentence. Positions count from 0.",
        "Positions lie along a row: `torch.arange(max_length)`. Lengths stand in a column: `lengths[:, None]`. Broadcasting compares each with each.",
    ),
    points=2,
    minutes=6,
    returns={"mask": "batch max_length"},
    canonical=may_look,
    rules=(YES_OR_NO,),
)
