"""Scores of a language model: bits, next probabilities, induction."""

import torch

from ..engine.assembly import Assembly


def bits(picked, logarithm, each, average, after):
    return lambda probabilities, symbols: after(average(each(-logarithm(picked(probabilities, symbols))), probabilities))


def at(rows, columns):
    return lambda probabilities, symbols: probabilities[rows(probabilities, symbols), columns(probabilities, symbols)]


def as_it_is(x):
    return x


def positions(probabilities, symbols):
    return torch.arange(len(symbols))


BITS = Assembly(
    bits,
    {"picked": at(positions, lambda p, symbols: symbols), "logarithm": torch.log2, "each": as_it_is, "average": lambda x, p: x.mean(), "after": as_it_is},
    {
        "picked": {
            "1 - p is taken, the probability of all others.": lambda p, s: 1 - at(positions, lambda p, s: s)(p, s),
            "The most probable symbol is taken, not the one that came.": lambda p, s: p.amax(-1), "The least probable symbol is taken.": lambda p, s: p.amin(-1),
            "All of the table is taken.": lambda p, s: p, "Of every row all these columns are taken.": lambda p, s: p[:, s], "Row and column are exchanged.": at(lambda p, s: s, positions),
            "Only row 0 is read.": lambda p, s: p[0][s], "The symbols are read one place late.": at(positions, lambda p, s: s.roll(1)), "The symbols are read one place early.": at(positions, lambda p, s: s.roll(-1)),
            "p is squared first.": lambda p, s: at(positions, lambda p, s: s)(p, s) ** 2,
        },
        "logarithm": {"That is the natural logarithm: bits need base 2.": torch.log, "That is the logarithm to base 10: bits need base 2.": torch.log10, "There is no logarithm.": lambda p: -p,
                      "The logarithm is of 1 + p.": lambda p: (1 + p).log2()},
        "each": {"The minus is missing.": torch.neg, "Each cost is rounded up.": torch.ceil, "Each cost is rounded.": torch.round, "Each cost is squared.": torch.square},
        "average": {
            "The largest cost is given, not the mean.": lambda x, p: x.max(), "The smallest cost is given, not the mean.": lambda x, p: x.min(), "The median is given, not the mean.": lambda x, p: x.median(), "The sum is given, not the mean.": lambda x, p: x.sum(),
            "Only the first counts: is `return` inside the loop?": lambda x, p: x.flatten()[0], "Only the first is added up, and divided by all.": lambda x, p: x.flatten()[0] / len(x), "Only the last counts.": lambda x, p: x.flatten()[-1],
            "You divide by one less than the number of positions.": lambda x, p: x.sum() / max(len(x) - 1, 1), "You divide by one more than the number of positions.": lambda x, p: x.sum() / (len(x) + 1), "You divide by the number of symbols in the alphabet.": lambda x, p: x.sum() / p.shape[-1],
            "You divide by the size of the whole table.": lambda x, p: x.sum() / p.numel(), "No average is taken.": lambda x, p: x,
        },
        "after": {"Then 2 is raised to that power: the perplexity.": torch.exp2, "The result is rounded.": torch.round, "The result is rounded to two decimals.": lambda x: x.round(decimals=2)},
    },
)  # fmt: skip


def next_probabilities(heat, k, chosen, weights):
    def answer(scores, temperature, top_k):
        warm = heat(scores, temperature, top_k)
        return weights(chosen(warm, scores, k(top_k, len(scores))), warm)

    return answer


def forbidding(allowed, fill=-torch.inf):
    """chosen: the scores, with `fill` in place of those that are not allowed; None allows all."""
    return lambda warm, scores, k: warm if k is None else torch.where(allowed(warm, scores, k), warm, fill)


def kth(scores, k):
    return torch.topk(scores, min(max(int(k), 1), len(scores))).values[-1]


def best(warm, scores, k):
    return scores >= kth(scores, k)


NEXT = Assembly(
    next_probabilities,
    {"heat": lambda s, t, k: s / t, "k": lambda k, n: k, "chosen": forbidding(best), "weights": lambda s, warm: torch.softmax(s, -1)},
    {
        "heat": {"The temperature is not used.": lambda s, t, k: s, "You multiply by the temperature.": lambda s, t, k: s * t, "You divide by the root of the temperature.": lambda s, t, k: s / t**0.5,
                 "The temperature is used only where top_k is given.": lambda s, t, k: s if k is None else s / t, "The temperature is used only where top_k is None.": lambda s, t, k: s / t if k is None else s,
                 "You divide by 1 + temperature.": lambda s, t, k: s / (1 + t), "The temperature comes in twice.": lambda s, t, k: s / t**2},
        "k": {"top_k is not used.": lambda k, n: None, "One symbol too many may come.": lambda k, n: k and min(k + 1, n), "One symbol too few may come.": lambda k, n: k and max(k - 1, 1), "None lets only the best come.": lambda k, n: k or 1},
        "chosen": {
            "Ties for the last place are dropped.": forbidding(lambda warm, s, k: s > kth(s, k)), "The worst are kept, not the best.": forbidding(lambda warm, s, k: s <= -kth(-s, k)), "The best are forbidden.": forbidding(lambda warm, s, k: s < kth(s, k)),
            "You compare places in the order with top_k: argsort says which symbol stands at each place, not at which place each stands.": forbidding(lambda warm, s, k: s.argsort(descending=True) < k),
            "The first of the row are kept.": forbidding(lambda warm, s, k: torch.arange(len(s)) < k), "Scores below the mean are forbidden.": forbidding(lambda warm, s, k: s >= s.mean()), "Negative scores are forbidden.": forbidding(lambda warm, s, k: s >= 0),
            "You choose by a share of the probability, top-p, where a number is asked for.": forbidding(lambda warm, s, k: top_p(warm, 0.9)), "You choose by a share of the probability, top-p, of 0.95.": forbidding(lambda warm, s, k: top_p(warm, 0.95)),
            "Forbidden scores are 0, and exp(0) is 1.": forbidding(best, 0.0), "Forbidden scores are not far enough below 0.": forbidding(best, -5.0),
        },
        "weights": {"There is no softmax: scores are divided by their sum.": lambda s, warm: s.nan_to_num(neginf=0) / s.nan_to_num(neginf=0).sum(), "Softmax runs twice.": lambda s, warm: s.softmax(-1).softmax(-1), "You divide by the sum over all symbols, forbidden ones too.": lambda s, warm: s.exp() / warm.exp().sum(),
                    "All that may come get the same.": lambda s, warm: (s > -torch.inf) / (s > -torch.inf).sum(), "The exponentials are not divided by their sum.": lambda s, warm: s.exp(), "That is the logarithm of it.": lambda s, warm: s.log_softmax(-1)},
    },
)  # fmt: skip


def top_p(scores, share):
    probabilities, order = scores.softmax(-1).sort(descending=True)
    return torch.zeros(len(scores), dtype=torch.bool).scatter(0, order, probabilities.cumsum(0) <= share)


def induction(earlier, row, column, counted, average):
    def answer(weights, tokens):
        tokens, found = tokens.tolist(), []
        for i in range(len(tokens)):
            places = [j for j in range(i) if tokens[j] == tokens[i]]
            if counted(tokens, i, places):
                j = earlier(places, i)
                found.append(weights[row(i, j), column(j, i)])
        return average(torch.stack(found), tokens)

    return answer


INDUCTION = Assembly(
    induction,
    {"earlier": lambda places, i: places[-1], "row": lambda i, j: i, "column": lambda j, i: j + 1, "counted": lambda tokens, i, places: places, "average": lambda x, tokens: x.mean()},
    {
        "earlier": {"The first earlier place is taken, not the last.": lambda places, i: places[0]},
        "row": {"The row is that of the earlier token, j.": lambda i, j: j, "The row is j + 1, where i looks: row and column are exchanged.": lambda i, j: j + 1, "The row is i - 1.": lambda i, j: i - 1, "The row is i + 1.": lambda i, j: i + 1},
        "column": {"The column is j, the same token: one further, j + 1.": lambda j, i: j, "The column is j - 1: it is j + 1.": lambda j, i: j - 1, "The column is j + 2: it is j + 1.": lambda j, i: j + 2, "The column is i.": lambda j, i: i, "The column is i - 1.": lambda j, i: i - 1},
        "counted": {
            "A position counts only if the token before it was the same, too.": lambda tokens, i, places: places and i and places[-1] and tokens[i - 1] == tokens[places[-1] - 1],
            "The last position is left out.": lambda tokens, i, places: places and i < len(tokens) - 1, "A token counts only the first time that it comes again.": lambda tokens, i, places: len(places) == 1,
            "Only the last position counts.": lambda tokens, i, places: places and i == len(tokens) - 1,
        },
        "average": {"The sum is given, not the mean.": lambda x, tokens: x.sum(), "The largest is given, not the mean.": lambda x, tokens: x.max(), "The smallest is given, not the mean.": lambda x, tokens: x.min(), "The median is given, not the mean.": lambda x, tokens: x.median(),
                    "You divide by one more than the number of positions that count.": lambda x, tokens: x.sum() / (len(x) + 1), "You divide by all positions.": lambda x, tokens: x.sum() / len(tokens), "You divide by the number of different tokens.": lambda x, tokens: x.sum() / len(set(tokens)),
                    "Only the first that counts comes back.": lambda x, tokens: x[0], "Only the last that counts comes back.": lambda x, tokens: x[-1], "The product is given, not the mean.": lambda x, tokens: x.prod()},
    },
)  # fmt: skip
