"""What people get wrong in greedy_decode: the choice, the question, when to stop, what is given back."""

import torch

from ...model.decoding import greedy_decode
from ..engine import Mistake


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


def never_written(forbidden):
    """The right loop, but the symbols forbidden(symbols so far, end) are never chosen."""

    def wrong(next_scores, start, end, max_length):
        def with_holes(symbols):
            scores = next_scores(symbols).clone()
            scores[forbidden(symbols, end)] = -torch.inf
            return scores

        return greedy_decode(with_holes, start, end, max_length)

    return wrong


def with_end_at_the_end(written, end):
    return written if written[-1] == end else [*written, end]


def start_kept_unless_ended(written, start, end):
    return written if written[-1] == end else [start, *written]


START_KEPT = "Start is still in front. It is read first, not written: give back what comes after it."
ONE_ROW = "next_scores gives one row, (vocab,), one score for each symbol. There is no batch and no row to pick: take its argmax as it is."

MISTAKES = (
    Mistake("start kept", writing(give=lambda symbols, end: symbols), START_KEPT),
    Mistake("start kept, end dropped", writing(give=lambda symbols, end: symbols[:1] + without_end(symbols, end)),
            "Start is still in front, and end is missing. Give back what was written: all after start, end included."),
    Mistake("start kept, last dropped", writing(give=lambda symbols, end: symbols[:-1]),
            "You cut off the wrong side: start is still in front, and the last symbol is missing. `symbols[1:]`."),
    Mistake("start kept where max_length came first", lambda next_scores, start, end, max_length: start_kept_unless_ended(greedy_decode(next_scores, start, end, max_length), start, end),
            "Where max_length comes first, start is still in front: does the last `return` give back the whole list? Cut start off in both places."),
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
    Mistake("turned round", writing(give=lambda symbols, end: symbols[:0:-1]), "The order is reversed: give the symbols back in the order in which they were written."),
    Mistake("read backwards", writing(read=lambda symbols: symbols[::-1]), "You hand the symbols over backwards. They begin with start, and the newest one comes last."),
    Mistake("the last symbol", writing(give=lambda symbols, end: symbols[-1]), "You give back one symbol. Give back the whole list, without start."),
    Mistake("the last symbol, in a list", writing(give=lambda symbols, end: symbols[-1:]), "You give back one symbol. Give back the whole list, without start."),
    Mistake("return in the loop", writing(stop=lambda symbols, start, end: True), "Only one symbol is written: is `return` or `break` inside the loop, whatever was written?"),
    Mistake("all starts thrown out", lambda next_scores, start, end, max_length: [symbol for symbol in greedy_decode(next_scores, start, end, max_length) if symbol != start],
            "You throw out every start symbol. Only the one in front was not written: `symbols[1:]`."),
    Mistake("the scores, at the end", best_scores, "Your list holds scores. Which symbol has the best one? That is its index in the row: argmax."),
    Mistake("the score", writing(choose=lambda scores: scores.max().item()), "You go on with the score itself. Which symbol has the best one? That is its index: argmax."),
    Mistake("largest and its place", writing(choose=lambda scores: scores.max(-1)), "torch's max over an axis gives two things, the values and their indices. You need the index: argmax."),
    Mistake("the third best", writing(choose=lambda scores: int(scores.argsort()[-3])), "You take the third best symbol. The best is the last one when you sort upwards, argsort()[-1]."),
    Mistake("never start", never_written(lambda symbols, end: symbols[:1]), "You never write start. It is a symbol like the others: if its score is best, it is written."),
    Mistake("never end", never_written(lambda symbols, end: [end]), "You never write end. If its score is best, it is written, and the loop stops."),
    Mistake("no symbol twice", never_written(lambda symbols, end: symbols[1:]), "You never write a symbol twice. A word may well hold one twice: take the best score, whatever was written."),
    Mistake("stops when a symbol repeats", writing(stop=lambda symbols, start, end: symbols[-1] in (end, symbols[-2])), "You stop when a symbol comes twice in a row. Only end ends the output."),
    Mistake("stops when a symbol came before", writing(stop=lambda symbols, start, end: symbols[-1] == end or symbols[-1] in symbols[:-1]), "You stop when a symbol comes again. Only end ends the output."),
    Mistake("end at the end, always", lambda next_scores, start, end, max_length: with_end_at_the_end(greedy_decode(next_scores, start, end, max_length), end),
            "You put end behind an output that was cut off. Its last symbol is end only if the model wrote it."),
    Mistake("end in the last place", lambda next_scores, start, end, max_length: [*greedy_decode(next_scores, start, end, max_length)[:-1], end],
            "The last symbol is end in yours, also where max_length came first. Give back what was written."),
    Mistake("filled up with 0", lambda *args: (greedy_decode(*args) + [0] * args[3])[: args[3]], "You fill up to max_length with 0. Give back only what was written."),
    Mistake("filled up with end, start kept", lambda *args: [args[1], *filled_up(*args)], "You fill up to max_length with end, and start is still in front. Give back only what was written."),
    Mistake("nothing", lambda *args: [], "The list is empty: is what was chosen appended, and is the loop entered? `while len(symbols) <= max_length:`"),
    Mistake("how many", lambda *args: len(greedy_decode(*args)), "You give back how many symbols were written. Give back the symbols, a list."),
    Mistake("end not among them, last dropped where it is cut off", lambda *args: [symbol for symbol in greedy_decode(*args) if symbol != args[2]],
            "End is missing. It is a symbol that the model writes, and it tells a finished output from one that was cut off: append it, then stop."),
    Mistake("one long output", lambda *args: [greedy_decode(*args)] * 2, "You give back a list of lists. Give back one list of symbols."),
    Mistake("symbols and scores", lambda *args: (greedy_decode(*args), best_scores(*args)), "You give back two things. Give back the list of symbols alone."),
    Mistake("next_scores of nothing", lambda next_scores, start, end, max_length: next_scores(), "next_scores takes the list of all symbols so far: next_scores(symbols)."),
    Mistake("a batch of one", writing(read=lambda symbols: torch.tensor([symbols])), "You hand over a batch. next_scores takes one list of whole numbers: next_scores(symbols)."),
    Mistake("the symbol alone", writing(read=lambda symbols: symbols[-1]), "You hand over one number. next_scores takes the list of all symbols so far."),
    Mistake("a row picked from a row", writing(choose=lambda scores: int(scores[-1].argmax())), ONE_ROW),
    Mistake("a row picked from a batch", writing(choose=lambda scores: int(scores[0, -1].argmax())), ONE_ROW),
)  # fmt: skip
