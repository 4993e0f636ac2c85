"""From scores to the next symbol, as lesson 10 chooses it: how bold, and out of how many."""

import torch

from .attention import softmax


def next_probabilities(scores, temperature, top_k):
    """How probable each next symbol is: the scores are divided by the temperature, only the top_k best may come.

    scores: (vocab,), one for each symbol.  temperature: a number above 0; below 1 is bolder, above 1 more adventurous.
    top_k: how many symbols may come, an integer from 1 to vocab; None lets all of them. Symbols whose score equals the
    top_k-th best one stay too.
    Returns probabilities: (vocab,), 0 outside the top_k; they sum to 1.
    Source: Fan et al. 2018, "Hierarchical Neural Story Generation", section 5.1 (top-k).
    """
    if top_k is not None:
        worst_kept = torch.topk(scores, top_k).values[-1]
        scores = scores.masked_fill(scores < worst_kept, -torch.inf)  # (vocab,)
    return softmax(scores / temperature)


def nucleus(probabilities, top_p):
    """Only the most probable symbols that together reach top_p, brought to the sum 1 again.

    probabilities: (vocab,), with the sum 1.  top_p: above 0, at most 1.
    Returns probabilities: (vocab,), 0 outside the nucleus. The symbol that crosses top_p is still in.
    Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
    """
    ordered, places = probabilities.sort(descending=True, stable=True)  # (vocab,), (vocab,)
    before = ordered.cumsum(dim=-1) - ordered  # (vocab,)
    kept = torch.zeros_like(probabilities)  # (vocab,)
    kept[places] = ordered.masked_fill(before >= top_p, 0)
    return kept / kept.sum()


@torch.no_grad()
def write_many(model, choose, count, start, end, max_length, seed=0):
    """Sequences that a language model writes, symbol by symbol, each next one drawn at random.

    model: from symbols (batch, length) to scores (batch, length, vocab).
    choose: from the scores of the next symbol, (vocab,), to probabilities, (vocab,).
    Returns a list of `count` lists of integers, without start; each ends with end, unless max_length came first.
    """
    chance = torch.Generator().manual_seed(seed)
    written = torch.full((count, 1), start)
    ended = torch.zeros(count, dtype=torch.bool)  # (count,)
    while written.shape[1] <= max_length and not ended.all():
        scores = model(written)[:, -1]  # (count, vocab)
        # What a row that has ended goes on with is cut off below.
        probabilities = torch.ones_like(scores)  # (count, vocab)
        probabilities[~ended] = torch.stack([choose(row) for row in scores[~ended]])
        drawn = torch.multinomial(probabilities, 1, generator=chance)  # (count, 1)
        written = torch.cat((written, drawn), dim=1)
        ended |= drawn[:, 0] == end
    rows = written[:, 1:].tolist()
    return [row[: row.index(end) + 1] if end in row else row for row in rows]
