"""Lesson 06: gradients before training, and recall over a distance at each of the lesson's rates."""

from functools import cache
from statistics import median

import torch

from claims import Found, claim, lesson
from course_utils.model.recurrent import run_rnn

RATES = lesson("06").RATES


@cache
def share(net, distance, rate, seed):
    """The share of names said right by one of the lesson's nets after its 250 steps."""
    return lesson("06").share_right(lesson("06").NETS[net], distance, seed, rate)


def medians(net, distance, seeds, rates=RATES):
    """The median over the seeds, at each rate."""
    return [median(share(net, distance, rate, seed) for seed in seeds) for rate in rates]


def listed(shares):
    return " ".join(f"{share:.2f}" for share in shares)


def gradient_sizes(layer, seed):
    """The gradient of the last output at the token 0, 1, 2, ... steps back, as a list."""
    return lesson("06").sizes_of(lesson("06").LAYERS[layer], seed).tolist()


@claim("The LSTM as torch makes it is better than the plain RNN, but it vanishes too")
def gates_slow_it_down(seeds):
    far = [
        {name: lesson("06").sizes_of(make, seed)[50] for name, make in lesson("06").LAYERS.items()} for seed in seeds
    ]
    gaps = [min(one["LSTM"] / one["RNN"], one["LSTM, bias 1"] / one["LSTM"]).item() for one in far]
    largest = max(one["LSTM"].item() for one in far)
    return Found(min(gaps) > 1e3 and largest < 1e-7, f"50 steps back at most {largest:.0e}, gaps of {min(gaps):.0e}")


@claim("Attention's line is level")
def attention_is_level(seeds):
    runs = [gradient_sizes("attention", seed) for seed in seeds]
    ratios = [median(run[75:]) / median(run[1:26]) for run in runs]
    return Found(0.2 < min(ratios) and max(ratios) < 5, f"far / near, medians of 25 tokens: {listed(ratios)}")


@claim("Other random matrices are level at another radius above 1")
def level_radius(seeds):
    found = [level_at(seed) for seed in seeds]
    return Found(min(found) > 1 and max(found) < 2.5, f"level at {listed(found)}")


def level_at(seed, back=45):
    """The radius of W_hh, between 0.5 and 4, at which the gradient `back` steps back is as large as at the end."""
    torch.manual_seed(seed)
    noise, W_in, W = torch.randn(50, 16).double(), torch.randn(16, 32).double() / 10, torch.randn(32, 32).double()
    W, zero = W / torch.linalg.eigvals(W).abs().max(), torch.zeros(32).double()
    low, high = 0.5, 4.0
    for _ in range(12):
        middle = (low + high) / 2
        X = noise.clone().requires_grad_()
        run_rnn(X, zero, W_in, middle * W, zero)[-1].sum().backward()
        sizes = X.grad.norm(dim=-1).flip(0)
        low, high = (middle, high) if sizes[back] < sizes[0] else (low, middle)
    return middle


@claim("At 0.003 every recurrent net guesses here", [0.003])
def a_small_rate_misleads(seeds):
    found = [medians(net, 20, seeds, [0.003])[0] for net in ("RNN", "LSTM", "GRU")]
    return Found(max(found) < 0.4, f"RNN, LSTM, GRU {listed(found)}")


@claim("At a larger rate the GRU has no trouble at all.", [0.03, 0.1])
def the_gru_needs_large_steps(seeds):
    found = medians("GRU", 20, seeds, [0.03, 0.1])
    return Found(min(found) > 0.9, listed(found))


@claim("is right at three of the four rates up to 40 tokens.", RATES)
def attention_recalls_at_most_rates(seeds):
    found = medians("attention", 20, seeds), medians("attention", 40, seeds)
    return Found(all(min(row[:3]) > 0.9 for row in found), " / ".join(map(listed, found)))


@claim("At 80 and 160 it is nearly always right at 0.01.", [0.01])
def attention_recalls_far(seeds):
    found = [medians("attention", distance, seeds, [0.01])[0] for distance in (80, 160)]
    return Found(min(found) > 0.8, listed(found))


@claim("at 160 only the largest, 0.1, serves.", RATES)
def the_gru_reaches_as_far(seeds):
    found = medians("GRU", 160, seeds)
    return Found(found[-1] > 0.9 and max(found[:-1]) < 0.5, listed(found))


@claim("The plain RNN does best at 0.01, and there it is mostly right over 20 tokens, but not over 40.", RATES)
def the_plain_rnn(seeds):
    near, far = medians("RNN", 20, seeds), medians("RNN", 40, seeds, [0.01])[0]
    return Found(near[1] == max(near) and near[1] > 0.6 and far < 0.9, f"20: {listed(near)}; 40: {far:.2f}")


@claim("fails over 20 tokens at each of the four rates, after 250 steps.", RATES)
def the_lstm(seeds):
    found = medians("LSTM", 20, seeds)
    return Found(max(found) < 0.7, listed(found))


@claim("With its forget gates more open it is right over 20 (bias 3) and over 40 (bias 5).", [0.003])
def open_gates(seeds):
    found = [medians("LSTM, bias 3", 20, seeds, [0.003])[0], medians("LSTM, bias 5", 40, seeds, [0.003])[0]]
    return Found(min(found) > 0.9, listed(found))


@claim("At 0.003 the radius stays where it began, and so does the net: it guesses.", [0.003])
def the_radius_stays(seeds):
    last = max(lesson("06").radius_while_training(0.003, seed)[-1] for seed in seeds)
    return Found(last < 1, f"at most {last:.2f}")


@claim("At 0.01 the radius leaves the region where gradients vanish and goes far beyond 1.", [0.01])
def the_radius_grows(seeds):
    last = median(lesson("06").radius_while_training(0.01, seed)[-1] for seed in seeds)
    return Found(last > 1.5, f"median {last:.1f}")
