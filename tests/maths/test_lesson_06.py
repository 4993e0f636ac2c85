"""Promise: the recurrent net of lesson 06 is torch's own nn.RNN."""

import math

import torch

from course_utils.model.recurrent import rnn_step, run_rnn

torch.manual_seed(0)
D_IN, D_H, LENGTH = 3, 5, 7
W_xh, W_hh, b = (torch.randn(*shape, dtype=torch.float64) for shape in ((D_IN, D_H), (D_H, D_H), (D_H,)))
X, h = torch.randn(LENGTH, D_IN, dtype=torch.float64), torch.randn(D_H, dtype=torch.float64)


def torchs_own():
    rnn = torch.nn.RNN(D_IN, D_H, batch_first=True, dtype=torch.float64)
    rnn.weight_ih_l0.data, rnn.weight_hh_l0.data = W_xh.T, W_hh.T
    rnn.bias_ih_l0.data, rnn.bias_hh_l0.data = b, torch.zeros(D_H, dtype=torch.float64)
    return rnn


def close(ours, theirs):
    return torch.allclose(ours, theirs, rtol=0, atol=1e-6)


def test_step_with_loops():
    new = rnn_step(X[0], h, W_xh, W_hh, b)
    for j in range(D_H):
        total = b[j] + sum(X[0, i] * W_xh[i, j] for i in range(D_IN)) + sum(h[i] * W_hh[i, j] for i in range(D_H))
        assert abs(new[j] - math.tanh(total)) < 1e-6


def test_run_is_nn_rnn():
    states, last = torchs_own()(X, h[None])
    assert close(run_rnn(X, h, W_xh, W_hh, b), states)
    assert close(run_rnn(X, h, W_xh, W_hh, b)[-1], last[0])


def test_a_batch_of_sentences_is_each_of_them():
    batch, starts = torch.stack((X, X.flip(0))), torch.stack((h, 2 * h))
    states, _ = torchs_own()(batch, starts[None])
    assert close(run_rnn(batch, starts, W_xh, W_hh, b), states)
    assert close(rnn_step(batch[:, 0], starts, W_xh, W_hh, b), states[:, 0])


def test_gradient_through_the_loop_is_torchs():
    ours, theirs = X.clone().requires_grad_(), X.clone().requires_grad_()
    run_rnn(ours, h, W_xh, W_hh, b)[-1].sum().backward()
    torchs_own()(theirs, h[None])[0][-1].sum().backward()
    assert close(ours.grad, theirs.grad)
