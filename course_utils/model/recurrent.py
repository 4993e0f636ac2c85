"""Lesson 06: one step of a recurrent net, the loop that carries the state, and two nets to compare."""

import torch

from .attention import attention


def rnn_step(x, h, W_xh, W_hh, b):
    """One step of a recurrent net: the new state, made of the token and the old state.

    x: (d_in,), one token.  h: (d_h,), the old state.  W_xh: (d_in, d_h).  W_hh: (d_h, d_h).  b: (d_h,).
    x and h may both have a batch axis in front.  The new state is the tanh of a sum of three.
    Returns the new h: the same shape as h.
    """
    return torch.tanh(x @ W_xh + h @ W_hh + b)


def run_rnn(X, h, W_xh, W_hh, b):
    """Reads a sentence from left to right and keeps the state after each token.

    X: (length, d_in), one token per row.  h: (d_h,), the state before the first token.
    W_xh: (d_in, d_h).  W_hh: (d_h, d_h).  b: (d_h,).
    Returns states: (length, d_h). Row 0 is the state after the first token; the h that came in is not a row.
    Source: Elman 1990, "Finding Structure in Time".
    """
    states = []
    for x in X.unbind(-2):  # the second axis from the end, so that a batch of sentences works too
        h = rnn_step(x, h, W_xh, W_hh, b)
        states.append(h)
    return torch.stack(states, dim=-2)


class RecurrentNet(torch.nn.Module):
    """Reads tokens one after another and answers from the last state, which is all it then has.

    layer: torch.nn.RNN, LSTM or GRU.  start: a function that is handed the new layer, to give it another start.
    Called with tokens: (batch, length), integers below n_tokens. Returns scores: (batch, n_answers).
    """

    def __init__(self, layer, n_tokens, n_answers, d_in, d_h, start=None):
        super().__init__()
        self.embedding = torch.nn.Embedding(n_tokens, d_in)
        self.recurrent = layer(d_in, d_h, batch_first=True)
        self.answer = torch.nn.Linear(d_h, n_answers)
        if start:
            start(self.recurrent)

    def forward(self, tokens):
        states, _ = self.recurrent(self.embedding(tokens))
        return self.answer(states[:, -1])


class AttentionNet(torch.nn.Module):
    """Looks once from the last token at all tokens, with the attention of lesson 02, and answers from what it sees.

    Called with tokens: (batch, length), integers below n_tokens.
    Returns scores: (batch, n_answers).
    """

    def __init__(self, n_tokens, n_answers, d_model):
        super().__init__()
        self.embedding = torch.nn.Embedding(n_tokens, d_model)
        self.W_Q, self.W_K, self.W_V = (torch.nn.Linear(d_model, d_model, bias=False) for _ in range(3))
        self.answer = torch.nn.Linear(d_model, n_answers)

    def forward(self, tokens):
        X = self.embedding(tokens)
        out, _ = attention(self.W_Q(X[:, -1:]), self.W_K(X), self.W_V(X))
        return self.answer(out[:, 0])


def remember_at_first(lstm, bias=1.0):
    """Sets the forget gate's bias of an nn.LSTM, so that it begins by keeping most of its memory. Returns it.

    Source: Jozefowicz et al. 2015, "An Empirical Exploration of Recurrent Network Architectures".
    """
    d_h = lstm.hidden_size
    with torch.no_grad():  # torch has two biases, each holding input, forget, cell and output gate in this order
        lstm.bias_ih_l0[d_h : 2 * d_h] = bias
        lstm.bias_hh_l0[d_h : 2 * d_h] = 0
    return lstm


def turn_at_first(rnn):
    """Makes W_hh of an nn.RNN orthogonal, so that it begins by turning its state and shrinks nothing. Returns it.

    Source: Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks".
    """
    torch.nn.init.orthogonal_(rnn.weight_hh_l0)
    return rnn
