"""How a decoder reads and writes, symbol by symbol, as lesson 08 builds it."""

import torch


def shift_right(targets, start):
    """What a decoder reads while it learns: the right answers, each one place later, so that it never sees its own.

    targets: (..., length), the symbols to be written, integers.  start: the number of the start symbol.
    Returns inputs: the same shape. First comes start, then all targets but the last.
    Source: Vaswani et al. 2017, "Attention Is All You Need", figure 1 ("shifted right").
    """
    first = torch.full_like(targets[..., :1], start)  # (..., 1)
    return torch.cat((first, targets[..., :-1]), dim=-1)


class Cache:
    """A Transformer that writes: keeps keys and values of what is read and written, so that each step makes only its own.

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
            new = block.self_attention.keys_values(block.norm_1(Y))
            old = self.past[layer]
            self.past[layer] = new if old is None else tuple(torch.cat(pair, dim=-2) for pair in zip(old, new))
            Y, weights = block.with_keys(Y, self.past[layer], self.memory[layer], memory_mask=self.memory_mask)
            self.weights.append(weights[:, :, 0])
        return self.model.read_out(Y)[:, 0]


@torch.no_grad()
def write_greedily(model, source, source_mask, start, end, max_length):
    """For each row of source the symbols that the model writes, always taking the best: (batch, at most max_length).

    source, source_mask: as for Cache.  After the first `end` of a row its symbols mean nothing.
    """
    cache = Cache(model, source, source_mask)
    symbols = torch.full_like(source[:, 0], start)  # (batch,)
    ended, written = torch.zeros_like(symbols, dtype=torch.bool), []
    while len(written) < max_length and not ended.all():
        symbols = cache.next_scores(symbols).argmax(dim=-1)  # (batch,)
        ended |= symbols == end
        written.append(symbols)
    return torch.stack(written, dim=1)
