"""Lesson 08: write symbol after symbol, always the best one."""

import torch

from ..model.decoding import greedy_decode
from .engine import Case, Exercise
from .mistakes.greedy_decode import MISTAKES

TOO_MANY = 40  # symbols so far, in no case reached by a loop that looks at max_length


def scores_for(story, start, vocab=8, lift=0.0, ties=()):
    """A next_scores that leads whoever asks rightly through `story`; any other question gets other scores.

    Each row of scores, (vocab,), depends on all symbols so far.  lift is added to all scores.
    ties: symbols that get the best score too. ValueError says what is wrong with a question that no model could answer.
    """

    def next_scores(symbols):
        so_far = as_list(symbols)
        place = sum((symbol + 1) * 11**i for i, symbol in enumerate(so_far)) % 2**40
        scores = torch.rand(vocab, generator=torch.Generator().manual_seed(place))
        if so_far == [start, *story[: len(so_far) - 1]] and len(so_far) <= len(story):
            scores[[story[len(so_far) - 1], *ties]] = 2.5
        return scores + lift

    return next_scores


def as_list(symbols):
    """The symbols so far, from a list, a tuple, a tensor or an array, as integers."""
    numbers = torch.as_tensor(symbols)
    if numbers.ndim != 1:
        raise ValueError(f"next_scores takes a list of the symbols so far; yours has {numbers.ndim} axes")
    if numbers.is_floating_point() and len(numbers):
        raise ValueError(f"next_scores takes whole numbers, symbols; yours is {numbers.tolist()}")
    if len(numbers) > TOO_MANY:
        raise ValueError(f"next_scores was given {len(numbers)} symbols, many more than max_length")
    return numbers.long().tolist()


def cases(seed):
    generator = torch.Generator().manual_seed(seed)
    f, g, h = (torch.randperm(5, generator=generator)[:3] + 3).tolist()  # 0 to 2 are start and end
    a, b, c, d, e = 5, 3, 7, 4, 6
    return [
        Case("ends after 3 symbols", (scores_for([a, b, 1], 0), 0, 1, 8)),
        Case("ends at once", (scores_for([1], 0), 0, 1, 6)),
        Case("max_length comes first", (scores_for([c, a, d, b, e, 1], 0), 0, 1, 5)),
        Case("max_length is 1", (scores_for([d, c, 2], 1), 1, 2, 1)),
        Case("end is the last that is allowed", (scores_for([b, d, c, 2], 1), 1, 2, 4)),
        Case("the same symbol again and again", (scores_for([a, a, a, c, a, a, 2], 1), 1, 2, 9)),
        Case("start is 2, end is 0", (scores_for([e, b, d, 0], 2), 2, 0, 7)),
        Case("all scores are below zero", (scores_for([c, e, 1], 2, lift=-9.0), 2, 1, 6)),
        Case("equal scores: the first wins", (scores_for([3, 4, 3, 1], 0, ties=(5, 7)), 0, 1, 6)),
        Case("start is written, too", (scores_for([b, 0, a, 1], 0), 0, 1, 6)),
        Case("symbols drawn by chance", (scores_for([f, g, f, h, 1], 0), 0, 1, 9)),
        Case("max_length of 12 comes first", (scores_for([a, b, c, d, e] * 3, 2), 2, 1, 12)),
    ]


EXERCISE = Exercise(
    name="greedy_decode",
    lesson="08_encoder_decoder",
    reference=greedy_decode,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Keep one list that begins with start. In a loop: ask next_scores about the whole list, append the best symbol, stop if it is end. "
        "How long may the list become, with start in it?",
        "`symbols = [start]`, then `while len(symbols) <= max_length:`. In the loop `torch.argmax(next_scores(symbols))` says which symbol; "
        "int(...) makes a plain number of it. At the end start goes: `symbols[1:]`.",
    ),
    points=3,
    minutes=8,
    returns={"written": "n_written"},
)
