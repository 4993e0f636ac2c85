"""Promise: what lesson 06 says of speed, gradients and recall is so, by a margin that no machine takes away."""

import time

import pytest
import torch

from course_utils.data.recall import N_NAMES, N_TOKENS, recall_batch, stored_recall
from course_utils.model.attention import attention, project
from course_utils.model.recurrent import AttentionReader, RecurrentReader, remember_at_first, rnn_step, run_rnn
from course_utils.training import train

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


# ---------- recall, with the lesson's short training ----------

READERS = {
    "RNN": lambda: RecurrentReader(torch.nn.RNN, N_TOKENS, N_NAMES, d_in=16, d_h=50),
    "LSTM": lambda: RecurrentReader(torch.nn.LSTM, N_TOKENS, N_NAMES, d_in=16, d_h=22),
    "attention": lambda: AttentionReader(N_TOKENS, N_NAMES, d_model=32),
}


def share_right(name, distance):
    torch.manual_seed(0)
    reader, generator = READERS[name](), torch.Generator().manual_seed(0)

    def loss_of(reader, batch):
        return torch.nn.functional.cross_entropy(reader(batch[0]), batch[1])

    train(reader, lambda step: recall_batch(generator, distance), loss_of, 250, progress=False)
    tokens, names = recall_batch(generator, distance, size=512)
    return (reader(tokens).argmax(-1) == names).float().mean().item()


@pytest.mark.parametrize("name", READERS)
def test_near_names_are_recalled_by_all_and_far_ones_by_attention(name):
    assert share_right(name, 5) > 0.8
    far = share_right(name, 40)
    assert far > 0.8 if name == "attention" else far < 0.4


def test_stored_results_say_what_the_lesson_says():
    stored = stored_recall()
    rows = [row for by_distance in stored.values() for row in by_distance.values()]
    assert all(len(shares) == 5 for row in rows for shares in row.values())
    at_20, at_40 = stored["2000"]["20"], stored["2000"]["40"]
    assert min(at_20["GRU"]) > 0.9 and max(at_20["LSTM"]) < 0.4 and min(at_20["LSTM, forget bias 1"]) > 0.8
    assert sum(share > 0.9 for share in at_20["RNN"]) == 3
    assert [name for name, shares in at_40.items() if min(shares) > 0.9] == ["attention"]


# ---------- the task ----------


def test_a_sentence_is_one_name_and_noise():
    tokens, names = recall_batch(torch.Generator().manual_seed(0), distance=6, size=200)
    assert tokens.shape == (200, 7) and torch.equal(tokens[:, 0], names)
    assert set(names.tolist()) == set(range(N_NAMES))
    assert set(tokens[:, 1:].flatten().tolist()) == set(range(N_NAMES, N_TOKENS))
