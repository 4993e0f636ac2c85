"""Promise: what lesson 06 says of speed, gradients and recall is so, by a margin that no machine takes away."""

import time
from statistics import median

import pytest
import torch

from course_utils.data.recall import N_NAMES, N_TOKENS, at_best_rate, recall_batch, stored_recall
from course_utils.model.attention import attention, project
from course_utils.model.recurrent import remember_at_first, rnn_step, run_rnn, turn_at_first

D = 64


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


# ---------- speed, in CPU seconds of one thread ----------


def cpu_seconds(way, T):
    X = torch.randn(8, T, D)
    times = []
    for _ in range(4):
        begun = time.process_time()
        way(X).sum().backward()
        times.append(time.process_time() - begun)
    return min(times)


@pytest.fixture(scope="module")
def ways():
    torch.manual_seed(0)
    fused, cell = torch.nn.LSTM(D, D, batch_first=True), torch.nn.LSTMCell(D, D)
    W = (torch.randn(4, D, D) / 8).requires_grad_()

    def loop(X):
        state, states = None, []
        for x in X.unbind(1):
            state = cell(x, state)
            states.append(state[0])
        return torch.stack(states, 1)

    def sdpa(X):
        Q, K, V = (M[:, None] for M in project(X, *W[:3]))
        return torch.nn.functional.scaled_dot_product_attention(Q, K, V)[:, 0] @ W[3]

    return {"loop": loop, "fused": lambda X: fused(X)[0], "sdpa": sdpa}


def test_attention_beats_the_loop_on_short_sentences(ways):
    assert cpu_seconds(ways["loop"], 64) > 1.5 * cpu_seconds(ways["sdpa"], 64)


def test_the_fused_lstm_beats_attention_on_long_sentences(ways):
    assert cpu_seconds(ways["sdpa"], 1024) > 1.5 * cpu_seconds(ways["fused"], 1024)


def test_looking_back_grows_and_a_step_does_not():
    token, W = torch.randn(1, D), torch.randn(D, D) / 8
    keys, values = torch.randn(2, 100_000, D)
    begun = time.process_time()
    for _ in range(5):
        attention(token, keys, values)
    looking = time.process_time() - begun
    begun = time.process_time()
    for _ in range(5):
        rnn_step(token, token, W, W, token[0])
    assert looking > 5 * (time.process_time() - begun)


# ---------- gradients ----------


def gradient_at(layer, seed, length=60):
    torch.manual_seed(seed)
    made, X = layer(), torch.randn(length, D, dtype=torch.float64, requires_grad=True)
    made(X)[0][-1].sum().backward()
    return X.grad.norm(dim=-1).flip(0)


def looking_layer():
    W = torch.randn(3, D, D, dtype=torch.float64) / 8
    return lambda X: attention(*project(X, *W))


LAYERS = {
    "RNN": lambda: torch.nn.RNN(D, D).double(),
    "LSTM": lambda: torch.nn.LSTM(D, D).double(),
    "LSTM, bias 1": lambda: remember_at_first(torch.nn.LSTM(D, D)).double(),
    "GRU": lambda: torch.nn.GRU(D, D).double(),
    "attention": looking_layer,
}


@pytest.mark.parametrize("seed", range(3))
def test_recurrent_gradients_vanish_and_attentions_does_not(seed):
    far = {name: gradient_at(layer, seed)[50] for name, layer in LAYERS.items()}
    assert far["RNN"] < 1e-3 * far["LSTM"] and far["LSTM"] < 1e-3 * far["LSTM, bias 1"]
    assert max(far["RNN"], far["LSTM"], far["GRU"]) < 1e-7
    level = gradient_at(LAYERS["attention"], seed)
    assert level[1:].max() < 100 * level[1:].min() and level[1:].min() > 1e-3


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("radius, low, high", [(0.5, 0, 1e-10), (3.0, 10, float("inf"))])
def test_the_spectral_radius_decides(radius, low, high, seed):
    torch.manual_seed(seed)
    noise = torch.randn(50, 16, dtype=torch.float64, requires_grad=True)
    W_in, W_hh, zero = torch.randn(16, 32).double() / 10, torch.randn(32, 32).double(), torch.zeros(32).double()
    W_hh = W_hh * radius / torch.linalg.eigvals(W_hh).abs().max()
    run_rnn(noise, zero, W_in, W_hh, zero)[-1].sum().backward()
    sizes = noise.grad.norm(dim=-1).flip(0)
    assert low < sizes[40] / sizes[0] < high


# ---------- recall, as stored ----------


def best(net, distance, steps=250):
    """The median at the best of the four rates."""
    return median(at_best_rate(stored_recall(), steps, distance)[net][1])


def test_each_net_was_tried_at_four_rates_on_five_seeds():
    rows = stored_recall()
    for row in rows:
        assert len(row["shares"]) == 4 and {len(shares) for shares in row["shares"].values()} == {5}
    assert len({(row["steps"], row["distance"], row["net"]) for row in rows}) == len(rows) == 5 * 8 + 4


def test_attention_and_the_gru_reach_farthest():
    for distance in (10, 20, 40, 80, 160):
        assert best("attention", distance) > 0.9 and best("GRU", distance) > 0.9
    assert best("RNN", 20) > 0.9 > best("RNN", 40) and best("RNN, orthogonal", 20) > 0.9 > best("RNN, orthogonal", 40)


def test_the_lstm_reaches_the_farther_the_more_open_its_gates():
    assert best("LSTM", 20) < 0.2 and best("LSTM", 20, steps=1000) > 0.9, "needed it is not"
    assert best("LSTM, bias 1", 10) > 0.9 > best("LSTM, bias 1", 20)
    assert best("LSTM, bias 3", 20) > 0.9 and best("LSTM, bias 5", 40) > 0.9 > best("LSTM, bias 3", 80)


def test_the_best_rate_is_the_one_with_the_highest_median():
    rows = [{"steps": 1, "distance": 2, "net": "a", "shares": {"0.1": [0.2, 0.9, 0.9], "0.3": [1.0, 0.3, 0.8]}}]
    assert at_best_rate(rows, 1, 2) == {"a": (0.1, [0.2, 0.9, 0.9])} and at_best_rate(rows, 9, 2) == {}


# ---------- how a net begins ----------


def test_starts_are_what_they_say():
    lstm = remember_at_first(torch.nn.LSTM(3, 4), 5)
    assert (lstm.bias_ih_l0 + lstm.bias_hh_l0)[4:8].tolist() == [5.0] * 4
    W_hh = turn_at_first(torch.nn.RNN(3, 4)).weight_hh_l0
    torch.testing.assert_close(W_hh @ W_hh.T, torch.eye(4))


# ---------- the task ----------


def test_a_sentence_is_one_name_and_noise():
    tokens, names = recall_batch(torch.Generator().manual_seed(0), distance=6, size=200)
    assert tokens.shape == (200, 7) and torch.equal(tokens[:, 0], names)
    assert set(names.tolist()) == set(range(N_NAMES))
    assert set(tokens[:, 1:].flatten().tolist()) == set(range(N_NAMES, N_TOKENS))
