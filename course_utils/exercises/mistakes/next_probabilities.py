"""What people get wrong in next_probabilities."""

import torch

from ...model.sampling import next_probabilities
from ..engine import Mistake
from ..slips.results import of_results
from ..slips.weights import EXPONENTIALS, NO_EXPONENTIALS

RETURNS = {"probabilities": "vocab"}


def kth(scores, top_k):
    return torch.topk(scores, top_k).values[-1]


def kept(scores, top_k, fill=-torch.inf):
    return scores if top_k is None else scores.masked_fill(scores < kth(scores, top_k), fill)


def softmax(scores):
    return torch.softmax(scores, -1)


def heated(heat):
    """Another use of the temperature, then all as it should be."""
    return lambda scores, temperature, top_k: softmax(heat(kept(scores, top_k), temperature))


def choosing(choose, otherwise=lambda scores: scores):
    """Another choice of what may come where top_k is given; otherwise: what becomes of the scores where it is None."""

    def wrong(scores, temperature, top_k):
        chosen = otherwise(scores) if top_k is None else choose(scores, top_k)
        return softmax(chosen / temperature)

    return wrong


def after_softmax(change):
    """Chosen among the probabilities, when the softmax is over."""

    def wrong(scores, temperature, top_k):
        probabilities = softmax(scores / temperature)
        return probabilities if top_k is None else change(probabilities, top_k)

    return wrong


def exactly(scores, top_k):
    chosen = torch.full_like(scores, -torch.inf)
    best = torch.topk(scores, top_k)
    return chosen.scatter(-1, best.indices, best.values)


def scores_of_two_kinds(scores, temperature, top_k):
    scaled = scores / temperature
    return softmax(scaled if top_k is None else scaled.masked_fill(scaled < kth(scores, top_k), -torch.inf))


def sorted_and_cut(scores, temperature, top_k):
    best_first = scores.sort(descending=True).values
    return softmax(torch.cat((best_first[:top_k], torch.full_like(scores, -torch.inf)))[: len(scores)] / temperature)


def of_scores(mistake):
    """A wrong way from scores to weights, as it looks here."""

    def wrong(scores, temperature, top_k):
        return mistake.wrong(kept(scores, top_k) / temperature)

    return Mistake(mistake.name, wrong, mistake.hint.replace("weight", "probability") if "key" not in mistake.hint else OTHER)


OTHER = "The scores are right, but what you make of them is no softmax: exp of each (after taking off the largest), divided by the sum of all."
NOT_AGAIN = "You take the others away after the softmax, so what is left does not sum to 1. Forbid with -inf before the softmax, or divide by the new sum."
TIES = "Of symbols that tie for the last place you keep only some. All that equal the top_k-th best score stay: compare the scores with it."
ALL = "top_k = None means that all symbols may come."
HEAT = "Divide the scores by the temperature, before the softmax."

WITHOUT = (  # they change nothing in one row, or are told better
    "one maximum for everything", "sum without keepdim", "no softmax", "logarithm of the weights", "hard maximum",
)  # fmt: skip
SOFTMAX_SLIPS = [mistake for mistake in (*EXPONENTIALS, *NO_EXPONENTIALS) if mistake.name not in WITHOUT]

MISTAKES = (
    Mistake("temperature ignored", heated(lambda scores, t: scores), f"The temperature has no effect. {HEAT}"),
    Mistake("times the temperature", heated(lambda scores, t: scores * t), "You multiply by the temperature, so a low one makes it more adventurous. Divide the scores by it."),
    Mistake("root of the temperature", heated(lambda scores, t: scores / t**0.5), "You divide by the root of the temperature; the root belongs to d_k. Divide by the temperature itself."),
    Mistake("temperature squared", heated(lambda scores, t: scores / t**2), "The temperature comes in twice. Divide the scores by it once."),
    Mistake("temperature taken off", heated(lambda scores, t: scores - t), "You subtract the temperature from every score; a softmax does not notice that. Divide by it."),
    Mistake("to the power of the temperature", lambda scores, t, k: (lambda p: p / p.sum())(softmax(kept(scores, k)) ** t),
            "You raise the probabilities to the power of the temperature. It is the power 1 / temperature; or divide the scores by it."),
    Mistake("probabilities divided by it", lambda scores, t, k: softmax(kept(scores, k)) / t, "You divide the probabilities by the temperature, so they do not sum to 1. Divide the scores, before the softmax."),
    Mistake("probabilities divided by it, another softmax", lambda scores, t, k: softmax(softmax(kept(scores, k)) / t),
            "Softmax runs twice: once on the scores and once on probabilities divided by the temperature. Divide the scores, then take one softmax."),
    Mistake("top_k ignored", choosing(lambda scores, k: scores), "top_k has no effect: symbols outside the best top_k should get probability 0."),
    Mistake("scaled scores held against unscaled ones", scores_of_two_kinds, "You compare scores divided by the temperature with the top_k-th best of the scores as they came. Compare like with like: divide all, or none."),
    Mistake("1 / top_k as the least", after_softmax(lambda p, k: p * (p >= 1 / k) / (p * (p >= 1 / k)).sum()),
            "You take top_k for a probability, or for 1 over it. It is a number of symbols: the top_k with the best scores."),
    Mistake("above the mean", choosing(lambda scores, k: scores.masked_fill(scores < scores.mean(), -torch.inf)),
            "You keep the symbols above the mean, however many these are. Keep the top_k best."),
    *(Mistake(f"filled with {fill:g}", choosing(lambda scores, k, fill=fill: kept(scores, k, fill)), "The number that you fill in is not small enough: a forbidden symbol may still come. Fill with -inf.") for fill in (-1, -5, -10)),
    Mistake("sorted, top_k the first", sorted_and_cut, "The probabilities are sorted, so they belong to other symbols now. Leave each in its place."),
    Mistake("softmax always twice", lambda scores, t, k: softmax(softmax(scores / t) if k is None else kept(softmax(scores / t), k)),
            "Softmax runs twice, once before the choice and once after it. Once is enough: after it."),
    Mistake("None not provided for", lambda scores, t, k: softmax(kept(scores, len(scores) + 1 if k is None else k) / t), f"{ALL} torch.topk cannot take None: ask for it first, `if top_k is not None:`."),
    Mistake("ties dropped", choosing(exactly), TIES),
    Mistake("ties with the last dropped", choosing(lambda scores, k: scores.masked_fill(scores <= kth(scores, k), -torch.inf)),
            "You forbid the top_k-th best symbol as well, and all that equal it: `<=` should be `<`."),
    Mistake("one more", choosing(lambda scores, k: kept(scores, min(k + 1, len(scores)))), "One symbol too many may come. Counting begins at 0: the top_k-th best of a sorted row stands at top_k - 1, or at -1 of the top_k best."),
    Mistake("the worst kept", choosing(lambda scores, k: scores.masked_fill(scores > -kth(-scores, k), -torch.inf)),
            "You keep the top_k *worst* symbols: sort with descending=True, or use torch.topk."),
    Mistake("the best forbidden", choosing(lambda scores, k: scores.masked_fill(scores >= kth(scores, k), -torch.inf)),
            "The choice is upside down: you forbid the best symbols and keep the others."),
    Mistake("the first in the row", choosing(lambda scores, k: torch.cat((scores[:k], torch.full_like(scores[k:], -torch.inf)))),
            "You keep the first top_k symbols of the row. The best ones may stand anywhere: compare their scores."),
    Mistake("only k numbers", choosing(lambda scores, k: torch.topk(scores, k).values),
            "You give back only the probabilities of the best. Give one for each symbol, in its own place; the others get 0."),
    Mistake("sorted", choosing(lambda scores, k: kept(scores, k).sort(descending=True).values),
            "The probabilities are sorted, so they belong to other symbols now. Leave each in its place."),
    Mistake("filled with 0", choosing(lambda scores, k: kept(scores, k, 0.0)), "You set the forbidden scores to 0, and exp(0) is 1: they may still come. Fill with -inf."),
    Mistake("filled with a small number", choosing(lambda scores, k: kept(scores, k, 1e-9)), "You fill the forbidden scores with a tiny number, and exp of it is about 1. Fill with -inf."),
    Mistake("multiplied by the choice", choosing(lambda scores, k: scores * (scores >= kth(scores, k))), "You multiply the forbidden scores by 0, and exp(0) is 1: they may still come. Fill with -inf."),
    Mistake("taken away after the softmax", after_softmax(lambda p, k: kept(p, k, 0.0)), NOT_AGAIN),
    Mistake("taken away after the softmax, ties dropped", after_softmax(lambda p, k: exactly(p, k).clamp(min=0)), f"{NOT_AGAIN} {TIES}"),
    Mistake("softmax again", after_softmax(lambda p, k: softmax(kept(p, k))), "Softmax runs twice, once before the choice and once after it. Once is enough: after it."),
    Mistake("equal among the best", after_softmax(lambda p, k: (p >= kth(p, k)) / (p >= kth(p, k)).sum()), "The best top_k symbols all get the same probability. Among them the scores still decide: softmax."),
    Mistake("None means the best", choosing(kept, lambda scores: kept(scores, 1)), f"{ALL} You let only the best one come."),
    Mistake("None means equal", choosing(kept, torch.zeros_like), f"{ALL} You give all the same probability then: their scores still count."),
    Mistake("always the best", lambda scores, t, k: torch.nn.functional.one_hot(scores.argmax(-1), len(scores)).float(),
            "All probability goes to the best symbol: that is greedy. Give each its share, by softmax."),
    Mistake("a symbol drawn", lambda scores, t, k: softmax(kept(scores, k) / t).argmax(), "You give back one symbol. Give back the probabilities of all of them; drawing comes later."),
    Mistake("scores given back", lambda scores, t, k: kept(scores, k) / t, "You give back scores. A softmax makes probabilities of them."),
    Mistake("logarithms", lambda scores, t, k: torch.log_softmax(kept(scores, k) / t, -1), "Those are logarithms of the probabilities, log_softmax. Use softmax."),
    *map(of_scores, SOFTMAX_SLIPS),
    *of_results(next_probabilities, RETURNS, without=("without its sign", "negative ones cut", "divided by its sum", "sorted, largest first")),
)  # fmt: skip
