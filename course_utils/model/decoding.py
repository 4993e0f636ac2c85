"""How a decoder reads and writes, symbol by symbol, as lesson 08 builds it."""

import torch


def shift_right(targets, start):
    """What a decoder reads while it learns: the right answers, one position late, so that none sees what it must write.

    targets: (..., length), the symbols to be written, integers.  start: the number of the start symbol.
    Returns inputs: the same shape. First comes start, then all targets but the last.
    Source: Vaswani et al. 2017, "Attention Is All You Need", figure 1 ("shifted right").
    """
    first = torch.full_like(targets[..., :1], start)  # (..., 1)
    return torch.cat((first, targets[..., :-1]), dim=-1)


def greedy_decode(next_scores, start, end, max_length):
    """Write symbol after symbol, always the one with the best score, until end is written or max_length is reached.

    next_scores: a function from the symbols so far, a list of integers that begins with start, to a row of scores,
    (vocab,), one for each symbol that may come next.
    start, end: the numbers of these two symbols.  max_length: how many symbols are written at most, end counted.
    Returns written: a list of integers, without start. Its last is end, unless max_length came first. Of equal scores
    the first wins.
    """
    symbols = [start]
    while len(symbols) <= max_length:
        symbols.append(int(torch.argmax(next_scores(symbols))))
        if symbols[-1] == end:
            break
    return symbols[1:]


def beam_search(next_scores, start, end, max_length, width):
    """Write with `width` drafts side by side, and keep those that are most probable as a whole.

    next_scores, start, end, max_length: as for greedy_decode, which this is for width 1.
    A draft that has ended stays in the race as it is. There is no correction for length: each further symbol makes a
    draft less probable, so of two that are equally sure at each step the shorter one wins.
    Returns drafts: up to `width` pairs (written, log_probability), the best first; written as from greedy_decode.
    """
    drafts = [([start], 0.0)]
    for _ in range(max_length):
        longer = [draft for draft in drafts if _has_ended(draft[0], end)]
        for symbols, total in drafts:
            if not _has_ended(symbols, end):
                logs = torch.as_tensor(next_scores(symbols)).double().log_softmax(dim=-1)  # (vocab,)
                best = logs.argsort(descending=True, stable=True)[:width].tolist()
                longer += [([*symbols, symbol], total + logs[symbol].item()) for symbol in best]
        drafts = sorted(longer, key=lambda draft: -draft[1])[:width]
    return [(symbols[1:], total) for symbols, total in drafts]


def _has_ended(symbols, end):
    return len(symbols) > 1 and symbols[-1] == end


class Cache:
    """A Transformer that writes. It keeps keys and values of what is read and written; each step makes only its own.

    source: (batch, k_len), integers.  source_mask: (batch, k_len), True where there is a symbol.
    """

    def __init__(self, model, source, source_mask=None):
        self.model, self.length = model, 0
        self.memory_mask = None if source_mask is None else source_mask[:, None, None, :]
        memory, _ = model.encode(source, source_mask)
        self.memory = [block.cross_attention.keys_values(memory) for block in model.decoder]
        self.past = [None for _ in model.decoder]

    def next_scores(self, symbols):
        """scores: (batch, n_target) of what comes after these symbols (batch,), which follow those given before.

        `weights` then holds this step's cross-attention: for each layer (batch, n_heads, k_len).
        """
        Y = self.model.embed(self.model.target_embedding, symbols[:, None], first=self.length)  # (batch, 1, d_model)
        self.length += 1
        self.weights = []
        for layer, block in enumerate(self.model.decoder):
            joined = lambda new, layer=layer: self._joined(layer, new)  # noqa: E731
            Y, weights = block.with_keys(Y, self.memory[layer], memory_mask=self.memory_mask, joined=joined)
            self.weights.append(weights[:, :, 0])
        return self.model.read_out(Y)[:, 0]

    def _joined(self, layer, new):
        """Keys and values of all that was written so far; new: those of the newest symbol."""
        old = self.past[layer]
        self.past[layer] = new if old is None else tuple(torch.cat(pair, dim=-2) for pair in zip(old, new))
        return self.past[layer]


@torch.no_grad()
def write_greedily(model, source, source_mask, start, end, max_length, cache_of=Cache):
    """For each row of source the symbols that the model writes, always taking the best: (batch, at most max_length).

    source, source_mask: as for Cache.  After the first `end` of a row its symbols mean nothing.
    cache_of: what makes the model write step by step; Cache for a Transformer.
    """
    cache = cache_of(model, source, source_mask)
    symbols = torch.full_like(source[:, 0], start)  # (batch,)
    ended, written = torch.zeros_like(symbols, dtype=torch.bool), []
    while len(written) < max_length and not ended.all():
        symbols = cache.next_scores(symbols).argmax(dim=-1)  # (batch,)
        ended |= symbols == end
        written.append(symbols)
    return torch.stack(written, dim=1)


def next_scores_of(model, source):
    """What greedy_decode and beam_search ask of a Transformer that reads one input: the plain way, with no cache.

    source: (k_len,), integers.  Returns the function from the symbols so far to the scores of the next one.
    """
    memory, _ = model.encode(source[None])

    def next_scores(symbols):
        scores, _ = model.decode(torch.as_tensor(symbols)[None], memory)
        return scores[0, -1]  # (n_target,)

    return next_scores


class Trace:
    """What a Transformer saw while it wrote `written` for one input. One teacher-forced pass shows every step again.

    source: (k_len,), integers.  written: integers, without start.
    probabilities: (q_len, n_target), of every symbol at each step.  log_probability: of all of written, a number.
    weights: (n_layers, n_heads, q_len, k_len), the cross-attention.
    """

    def __init__(self, model, source, written, start):
        self.source = source.tolist()
        self.written = torch.as_tensor(written).flatten().tolist()
        targets = torch.tensor([self.written])
        memory, _ = model.encode(source[None])
        scores, weights = model.decode(shift_right(targets, start), memory)
        logs = scores[0].log_softmax(dim=-1)  # (q_len, n_target)
        self.probabilities, self.weights = logs.exp(), torch.stack(weights)[:, 0]
        self.log_probability = logs.gather(-1, targets.T).sum().item()


@torch.no_grad()
def watch(model, source, start, end, max_length, width=1, greedy=greedy_decode):
    """Write for one input, source: (k_len,), and look on: a list with a Trace of each draft, the best first.

    width: 1 writes with the function `greedy`, which gives one draft; more write by beam_search.
    """
    next_scores = next_scores_of(model, source)
    if width == 1:
        drafts = [greedy(next_scores, start, end, max_length)]
    else:
        drafts = [written for written, _ in beam_search(next_scores, start, end, max_length, width)]
    return [Trace(model, source, written, start) for written in drafts]
