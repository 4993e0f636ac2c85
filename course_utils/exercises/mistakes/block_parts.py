"""The functions that the cases of pre_ln_block and decoder_block wire together, each with numbers of its own.

They take NumPy arrays too, for answers that work with those.
"""

import torch

from ...model.attention import attention, project
from ...model.feed_forward import feed_forward
from ...model.layer_norm import layer_norm


def on_tensors(function):
    """The function of tensors, for arrays as well."""
    return lambda *args: function(*map(torch.as_tensor, args))


def attending(normal, d_model):
    """A self-attention that gives only what was found; another one at each call."""
    look = looking(normal, d_model)

    def attend(X):
        return look(X, X)

    return attend


def looking(normal, d_model):
    """A cross-attention (Y, memory) -> found."""
    W_Q, W_K, W_V = 2 * normal(3, d_model, d_model)

    def look(Y, memory):
        Q, _, _ = project(Y, W_Q.to(Y), W_K.to(Y), W_V.to(Y))
        _, K, V = project(memory, W_Q.to(Y), W_K.to(Y), W_V.to(Y))
        return attention(Q, K, V)[0]

    return on_tensors(look)


def feeding(normal, d_model):
    """A feed-forward part."""
    W_1, W_2 = 2 * normal(d_model, 7), 2 * normal(7, d_model)
    b_1, b_2 = normal(7), normal(d_model)
    return on_tensors(lambda X: feed_forward(X, W_1.to(X), b_1.to(X), W_2.to(X), b_2.to(X)))


def norming(normal, d_model):
    """A layer norm; its gain is not 1 and its bias not 0, so that two of them cannot stand for each other."""
    gain, bias = 1 + normal(d_model), normal(d_model)
    return on_tensors(lambda X: layer_norm(X, gain.to(X), bias.to(X)))


def finds_nothing(X, *_):
    """A part that adds nothing."""
    return torch.zeros_like(torch.as_tensor(X))


def leaves_it(X):
    """A norm that changes nothing: it gives back the very tensor that it got."""
    return X
