"""Lesson 05, design: the mask that makes a given heat map, of several sentences in one row."""

import numpy as np
import torch

from .causal_mask import may_look
from .engine import Case, Exercise, Mistake


def packed_mask(sentence):
    """The mask of several sentences packed in one row: each is written from left to right, and knows only itself.

    sentence: (length,), integers. Words of one sentence have the same number and stand side by side.
    With equal scores it makes the heat map above: a word shares its weight among the words of its own sentence up to
    itself.
    Returns mask: (q_len, k_len) = (length, length), boolean, True = may look.
    """
    position = torch.arange(len(sentence))
    same = sentence[:, None] == sentence  # (q_len, k_len)
    return same & (position <= position[:, None])


def heat_map(sentence, mask):
    """The weights that the mask makes of equal scores; a row that sees nothing is NaN, as softmax makes it."""
    allowed = may_look(mask)
    if allowed.shape != 2 * sentence.shape:
        raise ValueError(f"mask: expected (q_len, k_len) = {tuple(2 * sentence.shape)}, yours is {allowed.shape}")
    if not np.isin(allowed, (0, 1)).all():
        raise ValueError("a mask says yes or no, True or False; yours has other numbers in it")
    with np.errstate(invalid="ignore"):
        return (allowed / allowed.sum(axis=1, keepdims=True),)


def cases(seed):
    rows = {
        "3 and 2 words": [0, 0, 0, 1, 1],
        "2, 1 and 4 words": [0, 0, 1, 2, 2, 2, 2],
        "one sentence": [0, 0, 0, 0],
        "one word": [3],
        "sentences with any numbers": [7, 7, 7, 2, 2, 9, 9, 9],
        "each word a sentence": [0, 1, 2],
    }
    return [Case(label, (torch.tensor(row),)) for label, row in rows.items()]


def causal(sentence, diagonal=0):
    return torch.ones(len(sentence), len(sentence)).tril(diagonal).bool()


def same(sentence):
    return sentence[:, None] == sentence


def first_of_each(sentence):
    """True for the first word of each sentence: (length,)."""
    return torch.cat((torch.tensor([True]), sentence[1:] != sentence[:-1]))


def averages(sentence):
    allowed = (same(sentence) & causal(sentence)).float()
    return allowed / allowed.sum(-1, keepdim=True)


MISTAKES = (
    Mistake("looks ahead", same,
            "Each word sees its whole sentence, the words after it too. In the picture there is nothing above the diagonal."),
    Mistake("sees the sentences before", causal,
            "Each word sees the sentences before its own. In the picture the weights stop where a sentence begins: compare the numbers in `sentence`."),
    Mistake("or instead of and", lambda sentence: same(sentence) | causal(sentence),
            "You let a word look where one of two things is true. Both must be: & instead of |."),
    Mistake("no diagonal", lambda sentence: same(sentence) & causal(sentence, -1),
            "A word may look at itself: keep the diagonal. Without it the first word of each sentence sees nothing, and its row is NaN."),
    Mistake("sees what comes later", lambda sentence: same(sentence) & ~causal(sentence, -1),
            "Upside down: each word sees itself and what comes after it. Row = who looks, column = who is looked at."),
    Mistake("True means forbidden", lambda sentence: ~(same(sentence) & causal(sentence)),
            "Your mask is True where looking is forbidden. Here True means \"may look\"; invert it with ~."),
    Mistake("other sentences only", lambda sentence: ~same(sentence) & causal(sentence) | torch.eye(len(sentence)).bool(),
            "A word sees the other sentences, and not its own: == instead of !=."),
    Mistake("other sentences before it", lambda sentence: ~same(sentence) & causal(sentence),
            "A word sees the other sentences, and not its own: == instead of !=."),
    Mistake("sees the next word", lambda sentence: same(sentence) & causal(sentence, 1),
            "Off by one: each word also sees the next word of its sentence."),
    Mistake("sentence numbers in order", lambda sentence: (sentence <= sentence[:, None]) & causal(sentence),
            "You compare sentence numbers with <=. Then a word sees every sentence with a smaller number: they must be equal, ==."),
    Mistake("sentence numbers in order, later words too", lambda sentence: sentence <= sentence[:, None],
            "You compare sentence numbers with <=, and forget who comes first. Both are asked: the numbers are equal, and the position is not later."),
    Mistake("later sentence numbers", lambda sentence: (sentence >= sentence[:, None]) & causal(sentence),
            "You compare sentence numbers with >=. Then a word sees every sentence with a larger number: they must be equal, ==."),
    Mistake("either, not both", lambda sentence: same(sentence) ^ causal(sentence), "You let a word look where just one of two things is true. Both must be: & instead of ^."),
    Mistake("first word alone", lambda sentence: same(sentence) & causal(sentence) & first_of_each(sentence),
            "A word sees only the first word of its sentence. In the picture it sees all the words up to itself."),
    Mistake("sentences 0, 1 and 2", lambda sentence: same(sentence) & causal(sentence) & (sentence < 3),
            "You look for sentences with certain numbers, such as 0, 1, 2. They may have any numbers: compare each word's with each word's."),
    Mistake("nobody sees anything", lambda sentence: torch.zeros(len(sentence), len(sentence)).bool(),
            "Nothing is True. Is something written into the mask, and are the numbers compared with ==? (`is` asks if two are one object, and no two tensors are.)"),
    Mistake("only the first word", lambda sentence: same(sentence) & causal(sentence) & first_of_each(sentence) | torch.eye(len(sentence)).bool(),
            "A word sees itself and the first word of its sentence. In the picture it sees all the words between them, too."),
    Mistake("itself and one back", lambda sentence: same(sentence) & causal(sentence) & ~causal(sentence, -2),
            "A word sees only itself and one word back. In the picture it looks back to the beginning of its sentence."),
    Mistake("only itself", lambda sentence: torch.eye(len(sentence)).bool(),
            "Only the diagonal is allowed. In the picture a word also sees the earlier words of its sentence."),
    Mistake("weights", averages, "These are the weights of the picture. Give back the mask that makes them: True where there is weight."),
    Mistake("everyone sees everything", lambda sentence: torch.ones(len(sentence), len(sentence)).bool(), "Nothing is masked: every word sees every word."),
    Mistake("always the same size", lambda sentence: (same(sentence) & causal(sentence))[:5, :5], "The size is fixed; it should follow the argument: len(sentence) rows and columns."),
    Mistake("one row", lambda sentence: sentence == sentence[0], "That is one row for everyone. Each word needs a row of its own: (q_len, k_len)."),
)  # fmt: skip

EXERCISE = Exercise(
    name="packed_mask",
    lesson="05_masking",
    reference=packed_mask,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Two things must be true at once: the two words have the same number, and the one looked at is not later. Write each as a table.",
        "`sentence[:, None] == sentence` is the first table, the causal mask the second; `&` joins them.",
    ),
    points=2,
    minutes=6,
    returns={"mask": "q_len k_len"},
    behaviour=heat_map,
    rules=(
        (lambda heat: not np.isnan(heat).any(), "A word of yours sees nothing, not even itself, and its row is NaN. Each word sees itself."),
        (lambda heat: (np.diag(heat) > 0).all(), "A word of yours does not see itself. Each does: keep the diagonal."),
        (lambda heat: (np.triu(heat, 1) == 0).all(), "A word of yours sees one that comes after it. Nothing is allowed above the diagonal."),
    ),
    behaves={"heat map": "q_len k_len"},
)
