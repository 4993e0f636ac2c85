"""Lesson 08: write symbol after symbol, always the best one."""

import torch

from ..model.decoding import greedy_decode
from .engine import Case, Exercise, Mistake

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
    a, b, c, d, e = (torch.randperm(5, generator=generator) + 3).tolist()  # 0 to 2 are start and end
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
        Case("max_length of 12 comes first", (scores_for([a, b, c, d, e] * 3, 2), 2, 1, 12)),
    ]


def best_of(scores):
    return int(torch.argmax(scores))


def without_start(symbols, end):
    return symbols[1:]


def at_end(symbols, start, end):
    return symbols[-1] == end


def writing(choose=best_of, read=list, give=without_start, extra=0, stop=at_end):
    """The right loop with another choice from the scores, question, result, length, or way to stop."""

    def wrong(next_scores, start, end, max_length):
        symbols = [start]
        while len(symbols) <= max_length + extra:
            symbols.append(choose(next_scores(read(symbols))))
            if stop(symbols, start, end):
                break
        return give(symbols, end)

    return wrong


def never(symbols, start, end):
    return False


def without_end(symbols, end):
    return symbols[1:-1] if symbols[-1] == end else symbols[1:]


def filled_up(next_scores, start, end, max_length):
    written = greedy_decode(next_scores, start, end, max_length)
    return written + [end] * (max_length - len(written))


def new_ones_in_front(next_scores, start, end, max_length):
    symbols = [start]
    while len(symbols) <= max_length:
        symbols.insert(0, best_of(next_scores(symbols)))
        if symbols[0] == end:
            break
    return symbols[:-1]


def asks_once(next_scores, start, end, max_length):
    order = next_scores([start]).argsort(descending=True, stable=True).tolist()[:max_length]
    return order[: order.index(end) + 1] if end in order else order


def best_scores(next_scores, start, end, max_length):
    written = greedy_decode(next_scores, start, end, max_length)
    return [next_scores([start, *written[:i]]).max() for i in range(len(written))]


def best_from_zero(scores):
    best, best_score = 0, 0
    for symbol, score in enumerate(scores):
        if score > best_score:
            best, best_score = symbol, score
    return best


def last_of_equals(scores):
    return len(scores) - 1 - best_of(scores.flip(0))


START_KEPT = "Start is still in front. It is read first, not written: give back what comes after it."
ONE_ROW = "next_scores gives one row, (vocab,), one score for each symbol. There is no batch and no place to pick: take its argmax as it is."

MISTAKES = (
    Mistake("start kept", writing(give=lambda symbols, end: symbols), START_KEPT),
    Mistake("start kept, end dropped", writing(give=lambda symbols, end: symbols[:1] + without_end(symbols, end)),
            "Start is still in front, and end is missing. Give back what was written: all after start, end included."),
    Mistake("start kept, last dropped", writing(give=lambda symbols, end: symbols[:-1]),
            "You cut off the wrong side: start is still in front, and the last symbol is missing. `symbols[1:]`."),
    Mistake("end dropped", writing(give=without_end),
            "End is missing. It is a symbol that the model writes, and it tells a finished output from one that was cut off: append it, then stop."),
    Mistake("last dropped", writing(give=lambda symbols, end: symbols[1:-1]), "The last symbol is always missing, whichever it is. Give back all that was written, end included."),
    Mistake("end not looked at", writing(stop=never), "It goes on after end. Stop as soon as end is written: `break`."),
    Mistake("one symbol after end", writing(stop=lambda symbols, start, end: end in symbols[1:-1]),
            "One symbol is written after end. Look at the symbol that you have just appended, not at the one before."),
    Mistake("filled up with end", filled_up, "You fill up to max_length with end. Give back only what was written: end stands there once."),
    Mistake("stops at start", writing(stop=lambda symbols, start, end: symbols[-1] == start), "You stop when start is written. It is end that ends the output."),
    Mistake("one too many", writing(extra=1), "One symbol too many when end does not come: max_length counts the written symbols, and start is none of them."),
    Mistake("one too few", writing(extra=-1), "One symbol too few when end does not come: start stands in your list but is not written, so it does not count for max_length."),
    Mistake("one too many, start kept", writing(extra=1, give=lambda symbols, end: symbols), f"{START_KEPT} And there is one symbol too many: max_length counts without start."),
    Mistake("one too few, start kept", writing(extra=-1, give=lambda symbols, end: symbols), f"{START_KEPT} And it does not count for max_length."),
    Mistake("max_length not looked at", lambda next_scores, start, end, max_length: writing()(next_scores, start, end, 10**6),
            "max_length is not looked at: a model that never writes end goes on for ever."),
    Mistake("the worst", writing(choose=lambda scores: best_of(-scores)), "You take the symbol with the lowest score; take the best, argmax."),
    Mistake("the second best", writing(choose=lambda scores: int(scores.argsort()[-2])), "You take the second best symbol. The best is the last one when you sort upwards, argsort()[-1]."),
    Mistake("last of equals", writing(choose=last_of_equals), "Of equal scores yours takes the last; the first one wins, as with argmax. In a loop: `>`, not `>=`."),
    Mistake("best begins at 0", writing(choose=best_from_zero), "Your search for the best begins with a score of 0. Scores may all be below that: begin with minus infinity, or use argmax."),
    Mistake("furthest from 0", writing(choose=lambda scores: best_of(abs(scores))), "You take the score furthest from 0. Scores may be negative: the largest one is the best."),
    Mistake("counted from 1", writing(choose=lambda scores: (best_of(scores) + 1) % len(scores)), "Symbols are numbered from 0, as argmax counts. Do not add 1."),
    Mistake("first symbol left out", writing(choose=lambda scores: best_of(scores[1:])), "You leave the first score out before you count, so every number is one too small."),
    Mistake("last symbol only", writing(read=lambda symbols: symbols[-1:]),
            "You show next_scores only the symbol written last. It needs all symbols so far, start first: the next one depends on them all."),
    Mistake("start and last symbol", writing(read=lambda symbols: [symbols[0], symbols[-1]] if symbols[1:] else symbols),
            "You show next_scores start and the symbol written last. It needs all symbols so far."),
    Mistake("start only", writing(read=lambda symbols: symbols[:1]), "You ask next_scores about start at every step, so the answer is always the same. Hand over all symbols so far."),
    Mistake("without start", writing(read=lambda symbols: symbols[1:]), "You ask next_scores without start. The symbols so far begin with it."),
    Mistake("start twice", writing(read=lambda symbols: symbols[:1] + symbols), "You hand over start twice. The list begins as [start]; append only what is written."),
    Mistake("asks once", asks_once, "You ask next_scores once and take its best symbols in order. Ask again after every symbol: what was written changes what comes next."),
    Mistake("one step old", writing(read=lambda symbols: symbols[:-1] or symbols), "You ask next_scores before the newest symbol has joined the list. It needs all symbols so far."),
    Mistake("new ones in front", new_ones_in_front, "You put each new symbol in front of the others. The output grows at its end: append."),
    Mistake("turned round", writing(give=lambda symbols, end: symbols[:0:-1]), "The order is turned round: give the symbols back in the order in which they were written."),
    Mistake("read backwards", writing(read=lambda symbols: symbols[::-1]), "You hand the symbols over backwards. They begin with start, and the newest one comes last."),
    Mistake("the last symbol", writing(give=lambda symbols, end: symbols[-1]), "You give back one symbol. Give back the whole list, without start."),
    Mistake("the last symbol, in a list", writing(give=lambda symbols, end: symbols[-1:]), "You give back one symbol. Give back the whole list, without start."),
    Mistake("return in the loop", writing(stop=lambda symbols, start, end: True), "Only one symbol is written: is `return` or `break` inside the loop, whatever was written?"),
    Mistake("all starts thrown out", lambda next_scores, start, end, max_length: [symbol for symbol in greedy_decode(next_scores, start, end, max_length) if symbol != start],
            "You throw out every start symbol. Only the one in front was not written: `symbols[1:]`."),
    Mistake("the scores, at the end", best_scores, "Your list holds scores. Which symbol has the best one? That is its place in the row: argmax."),
    Mistake("the score", writing(choose=lambda scores: scores.max().item()), "You go on with the score itself. Which symbol has the best one? That is its place: argmax."),
    Mistake("a batch of one", writing(read=lambda symbols: torch.tensor([symbols])), "You hand over a batch. next_scores takes one list of whole numbers: next_scores(symbols)."),
    Mistake("the symbol alone", writing(read=lambda symbols: symbols[-1]), "You hand over one number. next_scores takes the list of all symbols so far."),
    Mistake("a row picked from a row", writing(choose=lambda scores: int(scores[-1].argmax())), ONE_ROW),
    Mistake("a row picked from a batch", writing(choose=lambda scores: int(scores[0, -1].argmax())), ONE_ROW),
)  # fmt: skip

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
