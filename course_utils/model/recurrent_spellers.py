"""The rivals of lesson 09: a recurrent net reads a sequence, another writes one, with attention and without."""

import torch


class GRUSpeller(torch.nn.Module):
    """Reads in both directions; what the writer knows of the input is its first state, and nothing else.

    Called as a Transformer is: source: (batch, k_len) and target: (batch, q_len), integers, and source_mask:
    (batch, k_len), True where there is a symbol; gives scores: (batch, q_len, n_target).
    d_in: numbers for each symbol.  d_h: numbers in a state, even: each direction reads with half of them.
    d_seen: numbers that the writer is handed at each step besides the symbol; here none.
    Source: Sutskever et al. 2014, "Sequence to Sequence Learning with Neural Networks"; Cho et al. 2014 (the GRU).
    """

    def __init__(self, n_source, n_target, d_in, d_h, d_seen=0):
        super().__init__()
        self.source_embedding = torch.nn.Embedding(n_source, d_in)
        self.target_embedding = torch.nn.Embedding(n_target, d_in)
        self.reader = torch.nn.GRU(d_in, d_h // 2, batch_first=True, bidirectional=True)
        self.first_state = torch.nn.Linear(d_h, d_h)
        self.writer = torch.nn.GRU(d_in + d_seen, d_h, batch_first=True)
        self.answer = torch.nn.Linear(d_h + d_seen, n_target)

    def forward(self, source, target, source_mask):
        """Teacher forcing: the scores of all next symbols."""
        scores, _ = self.write(target, *self.read(source, source_mask))
        return scores  # (batch, q_len, n_target)

    def read(self, source, source_mask):
        """The writer's first state: (1, batch, d_h), and what it may look back at; here that is nothing."""
        _, state = self.states(source, source_mask)
        return state, None

    def states(self, source, source_mask):
        """The reader's state at each symbol: (batch, k_len, d_h), and the writer's first state: (1, batch, d_h)."""
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            self.source_embedding(source), source_mask.sum(-1), batch_first=True, enforce_sorted=False
        )  # so that padding is not read
        states, last = self.reader(packed)
        states, _ = torch.nn.utils.rnn.pad_packed_sequence(states, batch_first=True, total_length=source.shape[1])
        ends = torch.cat(tuple(last), dim=-1)  # (batch, d_h), of both directions
        return states, torch.tanh(self.first_state(ends))[None]

    def write(self, target, state, memory):
        """Scores of what comes after each symbol of target, and the state after the last of them."""
        states, state = self.writer(self.target_embedding(target), state)
        return self.answer(states), state


class BahdanauSpeller(GRUSpeller):
    """The same, but before each symbol the writer looks back at all states of the reader.

    Its state is the query; a score is a small net of query and key (additive attention), not a dot product. Since each
    look needs the state before it, the steps of the writer wait for each other in training, too.
    Source: Bahdanau et al. 2015, "Neural Machine Translation by Jointly Learning to Align and Translate".
    """

    def __init__(self, n_source, n_target, d_in, d_h, d_k=128):
        super().__init__(n_source, n_target, d_in, d_h, d_seen=d_h)
        self.W_Q, self.W_K = (torch.nn.Linear(d_h, d_k, bias=False) for _ in range(2))
        self.score = torch.nn.Linear(d_k, 1, bias=False)

    def read(self, source, source_mask):
        """The writer's first state, and what it looks back at: keys, values and the mask."""
        states, state = self.states(source, source_mask)
        return state, (self.W_K(states), states, source_mask)

    def write(self, target, state, memory):
        """As above; the scores are read from the new state and from what was seen."""
        written = []
        for symbol in self.target_embedding(target).unbind(1):
            seen = self.look(state[0], *memory)  # (batch, d_h)
            _, state = self.writer(torch.cat((symbol, seen), dim=-1)[:, None], state)
            written.append(torch.cat((state[0], seen), dim=-1))
        return self.answer(torch.stack(written, dim=1)), state

    def look(self, state, K, V, mask):
        """The average of the reader's states V: (batch, k_len, d_h), as this state of the writer weighs them."""
        scores = self.score(torch.tanh(self.W_Q(state)[:, None] + K))[..., 0]  # (batch, k_len)
        weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=-1)  # (batch, k_len)
        return (weights[:, None] @ V)[:, 0]


class Writing:
    """A speller that writes, step by step; the same for it as Cache is for a Transformer.

    source: (batch, k_len), integers.  source_mask: (batch, k_len), True where there is a symbol.
    """

    def __init__(self, model, source, source_mask):
        self.model = model
        self.state, self.memory = model.read(source, source_mask)

    def next_scores(self, symbols):
        """scores: (batch, n_target) of what comes after these symbols (batch,), which follow those given before."""
        scores, self.state = self.model.write(symbols[:, None], self.state, self.memory)
        return scores[:, 0]
