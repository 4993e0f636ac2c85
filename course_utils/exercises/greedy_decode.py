"""Lesson 08: always the best next symbol."""

import torch

from ..model.decoding import greedy_decode
from .engine import Case, Exercise, Mistake

VOCAB = 12


def recites(written, seed, shift=0.0):
    """A next_scores that writes these symbols, whatever it is given, and the first of them again and again after that."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.rand(len(written) + 1, VOCAB, generator=generator)

    def next_scores(symbols):
        step = _count(symbols) - 1
        scores = noise[min(step, len(written))].clone()  # (vocab,)
        scores[written[step] if step < len(written) else written[0]] += 1
        return scores + shift

    return next_scores


def remembers(seed):
    """A next_scores to which each symbol so far matters, and its place too."""
    table = torch.randn(40, VOCAB, VOCAB, generator=torch.Generator().manual_seed(seed))

    def next_scores(symbols):
        _count(symbols)
        return sum(table[place, int(symbol)] for place, symbol in enumerate(symbols))  # (vocab,)

    return next_scores


def _count(symbols):
    if len(symbols) == 0:
        raise ValueError("next_scores was given no symbols; the first it is given is [start]")
    return len(symbols)


def cases(seed):
    chooser = torch.Generator().manual_seed(seed)
    a, b, c, d = (3 + torch.randperm(VOCAB - 4, generator=chooser)[:4]).tolist()
    return [
        Case("writes three symbols and end", (recites([a, b, c, 2], seed), 1, 2, 9)),
        Case("never writes end", (recites([a, b, d, c, a, d, b], seed + 1), 1, 2, 5)),
        Case("end comes last, just in time", (recites([c, a, b, 2], seed + 2), 1, 2, 4)),
        Case("end comes at once", (recites([2], seed + 3), 1, 2, 6)),
        Case("room for one symbol", (recites([d, b, 2], seed + 4), 1, 2, 1)),
        Case("all scores are far below 0", (recites([b, b, a, 2], seed + 5, shift=-30.0), 1, 2, 8)),
        Case("other numbers for start and end", (recites([2, a, 1, 11], seed + 6), 0, 11, 8)),
        Case("start is written on the way", (recites([a, 1, b, 2], seed + 7), 1, 2, 8)),
        *(Case("all symbols so far matter", (remembers(10 * seed + i), 1, 2, 7)) for i in range(4)),
    ]


def writing(
    best=torch.argmax,
    seen=list,
    stop=lambda symbol, start, end: symbol == end,
    room=0,
    given=lambda symbols: symbols[1:],
):
    """The reference with another choice, another thing shown to the model, another stop, more room, or more given back."""

    def wrong(next_scores, start, end, max_length):
        symbols = [start]
        while len(symbols) <= max_length + room:
            symbols.append(int(best(next_scores(seen(symbols)))))
            if stop(symbols[-1], start, end):
                break
        return given(symbols)

    return wrong


def without_end(next_scores, start, end, max_length):
    written = greedy_decode(next_scores, start, end, max_length)
    return written[:-1] if written[-1] == end else written


def asks_once(next_scores, start, end, max_length):
    order = next_scores([start]).argsort(descending=True).tolist()[:max_length]
    return order[: order.index(end) + 1] if end in order else order


def best_scores(next_scores, start, end, max_length):
    written = greedy_decode(next_scores, start, end, max_length)
    return [next_scores([start, *written[:i]]).max() for i in range(len(written))]


MISTAKES = (
    Mistake("start given back too", writing(given=list), "Your list begins with start. start is only read; give back what was written: without it."),
    Mistake("end left out", without_end, "end is missing at the end of your list. It was written like every other symbol: append it first, then ask whether to stop."),
    Mistake("does not stop at end", writing(stop=lambda *_: False), "You go on writing after end. Stop as soon as end is written."),
    Mistake("stops at start", writing(stop=lambda symbol, start, end: symbol == start), "You stop when start is written; stop at end."),
    Mistake("one too few", writing(room=-1), "You write one symbol too few: start does not count towards max_length, only what is written."),
    Mistake("one too many", writing(room=1), "You write one symbol too many: max_length counts all that is written, end too."),
    Mistake("the worst", writing(best=torch.argmin), "You take the symbol with the lowest score; take the highest, argmax."),
    Mistake("the second best", writing(best=lambda scores: scores.argsort()[-2]), "You take the second best score. After sorting upwards the best is the last, [-1]; torch.argmax finds it at once."),
    Mistake("shows the last symbol only", writing(seen=lambda symbols: symbols[-1:]),
            "You show the model only the last symbol. The next one depends on all before it: hand over the whole list, from start on."),
    Mistake("shows start only", writing(seen=lambda symbols: symbols[:1]), "You show the model start alone, each time. Hand over all symbols so far, the new ones too."),
    Mistake("shows all but start", writing(seen=lambda symbols: symbols[1:]), "The list that you hand to the model lacks start. It begins with start; only what you give back does not."),
    Mistake("shows start twice", writing(seen=lambda symbols: [symbols[0], *symbols]), "The model is shown start twice. The list begins as [start]; append only what is written."),
    Mistake("shows them backwards", writing(seen=lambda symbols: symbols[::-1]), "The model is shown the symbols in the wrong order: start first, the newest last."),
    Mistake("shows all but the newest", writing(seen=lambda symbols: symbols[: max(1, len(symbols) - 1)]), "The model is not shown the newest symbol. Append it before you ask again."),
    Mistake("asks once", asks_once, "You ask the model once and take its best symbols in order. Ask again after every symbol: what was written changes what comes next."),
    Mistake("scores instead of symbols", best_scores, "Your list holds scores. Take the place of the best score, its number: argmax, not max."),
    Mistake("only the last", writing(given=lambda symbols: symbols[-1:]), "You give back only the last symbol; give back all that were written, as a list."),
    Mistake("backwards", writing(given=lambda symbols: symbols[:0:-1]), "Your list is backwards: the first written comes first."),
)  # fmt: skip

EXERCISE = Exercise(
    name="greedy_decode",
    lesson="08_encoder_decoder",
    reference=greedy_decode,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Keep a list that begins as [start]. In a loop: ask next_scores, append the best symbol's number, stop if it is end. Give back the list without start.",
        "`symbols.append(int(torch.argmax(next_scores(symbols))))`, at most max_length times; `if symbols[-1] == end: break`.",
    ),
    points=2,
    minutes=10,
    returns={"written": "steps"},
)
