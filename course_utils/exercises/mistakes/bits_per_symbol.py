"""What people get wrong in bits_per_symbol."""

import math

import torch

from ...model.bits import bits_per_symbol
from ..engine import Mistake


def came(probabilities, symbols):
    return probabilities[torch.arange(len(symbols)), symbols]


def of_those(cost):
    """Made of the probabilities of the symbols that came."""
    return lambda probabilities, symbols: cost(came(probabilities, symbols))


def of_table(pick):
    """The right cost of other probabilities."""
    return lambda probabilities, symbols: -torch.log2(pick(probabilities, symbols)).mean()


def of_bits(change):
    """The right number, changed."""
    return lambda probabilities, symbols: change(bits_per_symbol(probabilities, symbols))


def entropy(probabilities, symbols):
    return -torch.xlogy(probabilities, probabilities).sum(-1).mean() / math.log(2)


def late(probabilities, symbols):
    return came(probabilities[:-1], symbols[1:]) if len(symbols) > 1 else came(probabilities, symbols)


def early(probabilities, symbols):
    return came(probabilities[1:], symbols[:-1]) if len(symbols) > 1 else came(probabilities, symbols)


def down_the_columns(probabilities, symbols):
    return probabilities[symbols, torch.arange(len(symbols))]


NATURAL = "That is the natural logarithm, so these are nats. A bit is a logarithm to base 2: torch.log2, or divide by ln 2."
MEAN_FIRST = "You average the probabilities first and take the logarithm of that. Take -log2 of each, and the mean of these."
CROSS = "torch's cross_entropy takes *scores* and makes a softmax of them; these are probabilities already, and it counts in nats. Take -log2 yourself."

MISTAKES = (
    Mistake("nats", of_those(lambda p: -p.log().mean()), NATURAL),
    Mistake("base 10", of_those(lambda p: -p.log10().mean()), "That is the logarithm to base 10. A bit is one to base 2: torch.log2."),
    Mistake("nats, sign missing", of_those(lambda p: p.log().mean()), f"There is no minus in front. {NATURAL}"),
    Mistake("sign missing", of_those(lambda p: p.log2().mean()), "There is no minus in front: the logarithm of a probability is 0 or below, and bits count upwards."),
    Mistake("sum", of_those(lambda p: -p.log2().sum()), "That is the sum over all positions. Give back the mean: bits per symbol."),
    Mistake("sum of nats", of_those(lambda p: -p.log().sum()), f"That is the sum over all positions; give back the mean. {NATURAL}"),
    Mistake("logarithm of the mean", of_those(lambda p: -p.mean().log2()), MEAN_FIRST),
    Mistake("logarithm of the product", of_those(lambda p: -p.prod().log2()), "That is -log2 of the product, the cost of the whole. Divide by the number of positions; and a long product underflows, so add up logarithms."),
    Mistake("mean probability", of_those(lambda p: p.mean()), "That is the mean probability of what came. Take -log2 of each first."),
    Mistake("geometric mean", of_those(lambda p: p.log().mean().exp()), "That is a mean probability again: you have undone the logarithm. Give back the bits."),
    Mistake("surprise without logarithm", of_those(lambda p: (1 - p).mean()), "You count 1 - p. The cost in bits is -log2 p."),
    Mistake("one over the probability", of_those(lambda p: (1 / p).mean()), "You average 1 / p. Take its logarithm: log2(1/p) is the same as -log2 p."),
    Mistake("p log p", of_those(lambda p: -(torch.xlogy(p, p) / math.log(2)).mean()), "You weight each logarithm with its probability; that belongs to the entropy. What came has come: count -log2 p, each once."),
    Mistake("perplexity", of_bits(lambda bits: 2**bits), "That is the perplexity, 2 to the power of the bits. Give back the bits."),
    Mistake("the most probable symbol", of_table(lambda p, symbols: p.amax(-1)), "You take the most probable symbol of each row. Take the one that came: symbols says which."),
    Mistake("the least probable symbol", of_table(lambda p, symbols: p.amin(-1)), "You take the least probable symbol of each row. Take the one that came: symbols says which."),
    Mistake("entropy", entropy, "That is the entropy: what the model itself expects to pay. symbols is not used. Take the probability of what really came."),
    Mistake("all of the table", of_table(lambda p, symbols: p), "You average over the whole table. Of each row only the symbol that came counts."),
    Mistake("rows picked, not cells", of_table(lambda p, symbols: p[:, symbols]), "`probabilities[:, symbols]` takes those columns of *every* row. One number from each row: probabilities[torch.arange(len(symbols)), symbols]."),
    Mistake("rows by symbol", lambda p, symbols: -torch.log2(p[symbols]).mean(), "`probabilities[symbols]` picks rows. The row is the position, the column is the symbol."),
    Mistake("row and column exchanged", of_table(down_the_columns), "Row and column are exchanged: the row is the position, the column is the symbol."),
    Mistake("the diagonal", of_table(lambda p, symbols: p.diagonal()), "You take the diagonal: symbol 0 at position 0, and so on. symbols says which symbol came."),
    Mistake("one position late", of_table(late), "You compare each row with the symbol of the *next* position. Here nothing is to be shifted: row i is about symbols[i]."),
    Mistake("one position early", of_table(early), "You compare each row with the symbol of the position *before*. Here nothing is to be shifted: row i is about symbols[i]."),
    Mistake("cross_entropy of probabilities", lambda p, symbols: torch.nn.functional.cross_entropy(p, symbols), CROSS),
    Mistake("cross_entropy of probabilities, in bits", lambda p, symbols: torch.nn.functional.cross_entropy(p, symbols) / math.log(2), CROSS),
    Mistake("only the first", of_those(lambda p: -p[0].log2()), "Only the first position counts in yours: is `return` inside the loop?"),
    Mistake("only the last", of_those(lambda p: -p[-1].log2()), "Only the last position counts in yours: add up in the loop, `+=`, do not write over it."),
    Mistake("the last left out", of_those(lambda p: -(p[:-1].log2().sum() / max(len(p) - 1, 1))), "The last position is left out: `range(n)` and `[:n]` leave n out already."),
    Mistake("divided by the vocabulary", lambda p, symbols: -came(p, symbols).log2().sum() / p.shape[-1], "You divide by the number of symbols in the alphabet. Divide by the number of positions."),
    Mistake("one for each position", of_those(lambda p: -p.log2()), "You give back the bits of each position. Give back their mean, one number."),
    Mistake("probability of the others", of_those(lambda p: -(1 - p).log2().mean()), "You take 1 - p, the probability that something else comes. Take p itself: -log2 p."),
    Mistake("rounded up, each", of_those(lambda p: (-p.log2()).ceil().mean()), "You round the bits of each position up to whole ones. Take -log2 p as it is."),
    Mistake("share of right guesses", lambda p, symbols: (p.argmax(-1) == symbols).float().mean(), "You count how often the most probable symbol came. Take the probability of what came, and -log2 of it."),
    Mistake("share of wrong guesses", lambda p, symbols: (p.argmax(-1) != symbols).float().mean(), "You count how often the most probable symbol did not come. Take the probability of what came, and -log2 of it."),
    Mistake("the first, divided by all", of_those(lambda p: -p[0].log2() / len(p)), "Only the first position is added up: is `return` inside the loop?"),
    Mistake("mean over the whole table", lambda p, symbols: -came(p, symbols).log2().sum() / p.numel(), "You divide by the size of the whole table: a mean over places that are 0 too. Divide by the number of positions."),
    Mistake("squared", of_those(lambda p: (p.log2() ** 2).mean()), "The logarithms are squared. Take their mean as they are, with a minus in front."),
    Mistake("something added against log of 0", of_those(lambda p: -(p + 0.01).log2().mean()), "You add something to each probability. A certain symbol then costs less than 0 bits; take them as they are."),
    Mistake("as a share of a blind guess", lambda p, symbols: bits_per_symbol(p, symbols) / math.log2(p.shape[-1]), "You divide by the bits of a blind guess. Give back the bits themselves."),
    Mistake("taken from a blind guess", lambda p, symbols: math.log2(p.shape[-1]) - bits_per_symbol(p, symbols), "You take the bits from those of a blind guess: what is saved. Give back the bits themselves."),
    Mistake("doubled", of_bits(lambda bits: 2 * bits), "The number is twice as large as it should be: is something counted twice?"),
    Mistake("rounded", of_bits(torch.round), "The bits have lost what stands behind the point: no round, no int."),
)  # fmt: skip
