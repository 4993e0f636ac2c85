"""Lesson 05: nobody looks at what comes later."""

import numpy as np
import torch

from ..model.masks import causal_mask
from .engine import Case, Exercise, Mistake

FAR_BELOW = -1e4  # added to a score, this or less leaves no weight at all


YES_OR_NO = (
    lambda mask: np.isin(mask, (0, 1)).all(),
    "A mask says yes or no, True or False; yours has other numbers in it.",
)


def may_look(array):
    """1 = may look, 0 = may not, also from a mask to be added to the scores: 0 = may look, far below 0 = may not.

    A lone 0 is read as the added kind, since one token always sees itself. A number a little below 0 becomes -1: it
    hides nothing, whichever number it is. Axes of size 1 in front are dropped.
    """
    while array.ndim > 2 and len(array) == 1:
        array = array[0]
    added = (array == 0) | (array <= FAR_BELOW)
    if added.all() and (array.size == 1 or (array < 0).any()):
        return (array == 0).astype(np.float64)
    return np.where((array < 0) & (array > FAR_BELOW), -1, array)


def cases(seed):
    return [Case(f"length {length}", (length,)) for length in (3, 1, 4, 7, 5 + seed % 7)]


def lower(length, diagonal=0):
    return torch.ones(length, length).tril(diagonal).bool()


def averages(length):
    return lower(length) / lower(length).sum(-1, keepdim=True)


PLUS = "A large positive number makes a forbidden key the best of all. Give back True and False; or, to add to the scores, minus infinity."
FIXED = "The size is fixed; it should follow the argument: length rows, length columns."

MISTAKES = (
    Mistake("sees only what comes later", lambda length: ~lower(length, -1),
            "Upside down: each word sees itself and the words after it. Row = who looks, column = who is looked at: keep the lower triangle."),
    Mistake("no diagonal", lambda length: lower(length, -1),
            "A word may look at itself: keep the diagonal. Without it the first row sees nothing, and softmax gives NaN."),
    Mistake("sees the next word", lambda length: lower(length, 1),
            "Off by one: each word also sees the next one, and that is the word it has to predict."),
    Mistake("True means forbidden", lambda length: ~lower(length),
            "Your mask is the wrong way round: it is True where looking is forbidden, as in torch.nn.MultiheadAttention, or -inf where it is allowed. "
            "Here True means \"may look\"; invert it with ~."),
    Mistake("everyone sees everything", lambda length: torch.ones(length, length).bool(),
            "Every word may see every word, so nothing is masked. Keep only the lower triangle, torch.tril."),
    Mistake("only itself", lambda length: torch.eye(length).bool(),
            "Only the diagonal is allowed: a word sees itself and all the words before it."),
    Mistake("nobody sees anything", lambda length: torch.zeros(length, length).bool(), "Your mask is 0 everywhere, so no row allows anything. Is nothing written into it, or is the number as good as 0, 1e-9 in place of -1e9? Give back True and False."),
    Mistake("sees two words ahead", lambda length: lower(length, 2), "Off by two: each word also sees the next two. It sees itself and the words before it."),
    Mistake("neither itself nor the one before", lambda length: lower(length, -2), "A word may look at itself and at the one before it: keep the diagonal, tril() as it is."),
    Mistake("itself and both neighbours", lambda length: lower(length, 1) & ~lower(length, -2), "You allow the neighbours on both sides. A word sees itself and all the words before it, none after."),
    Mistake("only the one before", lambda length: lower(length, -1) & ~lower(length, -2), "Only the word just before is allowed. A word sees itself and all the words before it."),
    Mistake("only the first", lambda length: torch.ones(length, length).cumsum(1) == 1, "Everyone sees the first word alone. Row i may see columns 0 to i."),
    Mistake("all but itself", lambda length: ~torch.eye(length).bool(), "Everything but the diagonal is allowed. A word sees itself and the words before it, none after."),
    Mistake("itself and one back", lambda length: lower(length) & ~lower(length, -2),
            "Only one step back is allowed: a word sees all the words before it, however far."),
    Mistake("zero times infinity", lambda length: (1 - lower(length).float()) * -torch.inf,
            "0 times infinity is NaN, not 0. Give back True and False; masked_fill puts the -inf in later."),
    Mistake("not far enough below zero", lambda length: (1 - lower(length).float()) * -10,
            "The numbers in the forbidden cells are not negative enough, so these keys still get some weight. Give back True and False."),
    Mistake("plus infinity", lambda length: torch.full((length, length), torch.inf).triu(1),
            PLUS),
    Mistake("plus 1e9", lambda length: torch.full((length, length), 1e9).triu(1), PLUS),
    Mistake("weights", averages, "These are weights: your rows sum to 1. A mask only says yes or no, True or False."),
    Mistake("the corner on the wrong side", lambda length: lower(length).flip(-1),
            "The triangle leans the wrong way: the first word sees the last one. Row i may see columns 0 to i."),
    Mistake("the last row is on top", lambda length: lower(length).flip(0),
            "The rows are in the wrong order: row 0 belongs to the first word, which sees only itself."),
    Mistake("softmax of the triangle", lambda length: lower(length).float().softmax(-1), "You take a softmax of the mask. A mask only says yes or no, True or False."),
    Mistake("numbers in the triangle", lambda length: lower(length) * (1.0 + torch.arange(length)), "There are numbers in your mask. It only says yes or no: True and False, or 1 and 0."),
    *(Mistake(f"always {size} by {size}", lambda length, size=size: lower(size), FIXED) for size in (3, 4, 5, 6, 8, 10, 512)),
    Mistake("one too large", lambda length: lower(length + 1), "There is one row and one column too many: length rows, length columns."),
    Mistake("one too small", lambda length: lower(length - 1), "There is one row and one column too few: length rows, length columns."),
    Mistake("first row only", lambda length: lower(length)[:1], "That is the first row alone. Each word needs its own row: (q_len, k_len) = (length, length)."),
    Mistake("triangle of a row", lambda length: torch.ones(length).tril(), "tril needs a table: torch.ones(length, length), length rows and length columns."),
    Mistake("one row", lambda length: torch.ones(length).bool(),
            "That is one row for everyone. Each word needs its own row: (q_len, k_len) = (length, length)."),
    Mistake("numbers of the columns", lambda length: torch.tril_indices(length, length),
            "These are the row and column numbers of the triangle, not the mask. Give back a (length, length) tensor with True at these cells."),
)  # fmt: skip

EXERCISE = Exercise(
    name="causal_mask",
    lesson="05_masking",
    reference=causal_mask,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Row i is the word that looks, column j the word that is looked at. When is j allowed for i? Draw length 3 on paper.",
        "A triangle of ones: `torch.ones(length, length).tril()`, then `.bool()`. Or compare `torch.arange(length)` with itself as a column.",
    ),
    points=1,
    minutes=4,
    returns={"mask": "q_len k_len"},
    canonical=may_look,
    rules=(YES_OR_NO,),
)
