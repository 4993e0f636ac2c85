"""Promise: a mistake has one name, in torch and in NumPy, and what has no name of its own is known by its family."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from course_utils.exercises import engine, exercise
from course_utils.exercises.engine.diagnosis import judge
from course_utils.exercises.engine.raised import Raised
from course_utils.exercises.engine.running import run_cases


def checked(name, answer):
    result = exercise(name).check(answer)
    assert result.status == "fail"
    return result


def numpy_softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def in_numpy(scores_of):
    """An attention whose scores are made of arrays."""

    def attention(Q, K, V):
        weights = numpy_softmax(scores_of(np.asarray(Q), np.asarray(K)))
        return weights @ V, weights

    return attention


def in_torch(scores_of):
    def attention(Q, K, V):
        weights = torch.softmax(scores_of(Q, K), dim=-1)
        return weights @ V, weights

    return attention


def softmax_in_torch(shifted, keepdim):
    return lambda scores: shifted(scores).exp() / shifted(scores).exp().sum(-1, keepdim=keepdim)


def softmax_in_numpy(shifted, keepdims):
    return lambda scores: np.exp(shifted(scores)) / np.exp(shifted(scores)).sum(axis=-1, keepdims=keepdims)


def layer_norm_with(mean, root):
    def layer_norm(X, gain, bias):
        return (X - mean(X, -1)) / root(mean((X - mean(X, -1)) ** 2, -1) + 1e-5) * gain + bias

    return layer_norm


TWINS = [
    ("softmax", softmax_in_torch(lambda s: s, False), softmax_in_numpy(np.asarray, False)),
    ("softmax", softmax_in_torch(lambda s: s, True), softmax_in_numpy(np.asarray, True)),
    ("softmax", softmax_in_torch(lambda s: s - s.amax(-1), True), softmax_in_numpy(lambda s: s - np.max(s, -1), True)),
    ("attention", in_torch(lambda Q, K: Q @ K.mT), in_numpy(lambda Q, K: Q @ np.swapaxes(K, -1, -2))),
    ("attention", *(form(lambda Q, K: Q @ K.T / K.shape[-1] ** 0.5) for form in (in_torch, in_numpy))),
    ("attention", *(form(lambda Q, K: Q @ K / K.shape[-1] ** 0.5) for form in (in_torch, in_numpy))),
    ("layer_norm", layer_norm_with(torch.mean, torch.sqrt), layer_norm_with(np.mean, np.sqrt)),
]


@pytest.mark.parametrize(("name", "ours", "theirs"), TWINS)
def test_a_mistake_is_named_the_same_in_torch_and_numpy(name, ours, theirs):
    mistake = checked(name, ours).mistake
    assert mistake and checked(name, theirs).mistake == mistake


def as_text(value):
    """A decoder that writes a word where a number belongs."""
    return lambda next_scores, start, end, max_length: [3, 4, value]


def dropped(Q, K, V):
    weights = F.dropout(torch.softmax(Q @ K.mT / math.sqrt(K.shape[-1]), -1), 0.1)
    return weights @ V, weights


def with_layers(X, W_1, b_1, W_2, b_2):
    return torch.nn.Linear(X.shape[-1], X.shape[-1])(X)


def without_dim(Q, K, V):
    weights = F.softmax(Q @ K.mT / math.sqrt(K.shape[-1]))
    return weights @ V, weights


def for_a_batch(Q, K, V):
    weights = torch.softmax(torch.bmm(Q, K.transpose(1, 2)) / math.sqrt(Q.shape[-1]), -1)
    return torch.bmm(weights, V), weights


def for_a_matrix(Q, K, V):
    weights = torch.softmax(torch.einsum("qd,kd->qk", Q, K) / math.sqrt(Q.shape[-1]), -1)
    return weights @ V, weights


def with_complex_numbers(X):
    angles = torch.arange(X.shape[-2])[:, None] * 10000 ** (-torch.arange(0, X.shape[-1], 2) / X.shape[-1])
    pairs = torch.view_as_complex(X.unflatten(-1, (-1, 2)))
    return torch.view_as_real(pairs * torch.polar(torch.ones_like(angles), angles)).flatten(-2)


def by_hand(X, W_1, b_1, W_2, b_2):
    return max(0, X @ W_1 + b_1) @ W_2 + b_2


@pytest.mark.parametrize(
    ("name", "answer", "family", "said"),
    [
        ("attention", dropped, "another result each time", "another result each time"),
        ("feed_forward", with_layers, "another result each time", "a new nn.Linear"),
        ("attention", for_a_batch, "a fixed number of axes", "Right for results with 3 axes, wrong for 2 and 4"),
        ("attention", for_a_matrix, "a fixed number of axes", "Right for results with 2 axes, wrong for 3 and 4"),
        ("greedy_decode", as_text("<EOS>"), "not only numbers", "written[2] is '<EOS>', and only numbers belong there"),
        ("greedy_decode", as_text(None), "not only numbers", "written[2] is None"),
        ("causal_mask", lambda n: [[1] * (i + 1) for i in range(n)], "not only numbers", "one is 1 long, another 3"),
        ("rotate_by_position", lambda X: X * 1j, "not only numbers", "turned has complex numbers"),
    ],
)  # fmt: skip
def test_a_family_gets_one_sentence(name, answer, family, said):
    result = checked(name, answer)
    assert said in result.message and result.mistake == family


def test_what_must_lie_in_order_is_told():
    result = exercise("rotate_by_position").check(with_complex_numbers)
    assert result.status == "pass" or ".contiguous()" in result.message


def test_softmax_without_dim_is_told_with_torchs_own_warning():
    result = checked("attention", without_dim)
    assert "dim" in result.message and "number" not in (result.mistake or "")
    assert result.warned.count("Implicit dimension choice for softmax") == 1


def test_a_slow_recursion_is_told_from_an_endless_loop(monkeypatch):
    monkeypatch.setattr(engine.exercise, "SECONDS_PER_CHECK", 2)

    def edit_distance(a, b):
        time.sleep(0.01)
        if not a or not b:
            return len(a) + len(b)
        ways = edit_distance(a[1:], b), edit_distance(a, b[1:]), edit_distance(a[1:], b[1:]) - (a[0] == b[0])
        return 1 + min(ways)

    assert "functools.cache" in checked("edit_distance", edit_distance).message
    endless = checked("edit_distance", lambda a, b: [0 for _ in iter(int, 1)])
    assert "a loop that never ends" in endless.message and "iter(int, 1)" in endless.message


def error_of(call):
    with pytest.raises(Exception) as raised:
        call()
    return Raised(raised.type.__name__, str(raised.value))


A, B, C = torch.ones(2, 3), torch.ones(2), torch.ones(4, 3)


@pytest.mark.parametrize(
    ("kind", "call"),
    [
        ("sizes", lambda a, b, c: a - b),
        ("sizes", lambda a, b, c: a @ c),
        ("sizes", lambda a, b, c: a.reshape(4, 4)),
        ("number of axes", lambda a, b, c: a[:, :, 0]),
        ("number of axes", lambda a, b, c: a.sum(2)),
        ("truth", lambda a, b, c: max(0, a)),
    ],
)
def test_errors_of_torch_and_numpy_are_alike(kind, call):
    ours, theirs = error_of(lambda: call(A, B, C)), error_of(lambda: call(A.numpy(), B.numpy(), C.numpy()))
    assert ours.kind == theirs.kind == kind and ours.is_like(theirs)


def test_errors_about_other_sizes_or_another_operation_are_not_alike():
    ours = error_of(lambda: A - B)
    assert not ours.is_like(error_of(lambda: torch.ones(5) - B))
    assert not Raised(ours.name, ours.text + ".", "-").is_like(Raised(ours.name, ours.text, "/"))


def test_two_mistakes_that_give_the_same_are_both_told():
    asked = exercise("causal_mask")
    first, other = asked.mistakes[:2]
    doubled = replace(asked, mistakes=(first, replace(other, wrong=first.wrong)))
    message = doubled.check(lambda length: first.wrong(length)).message
    assert f"{first.hint} Or: {other.hint}" in message


def test_what_a_known_mistake_gives_is_worked_out_once_for_all_answers_to_the_same_cases():
    def noted(mistake):
        return replace(mistake, wrong=lambda *args: calls.append(mistake) or mistake.wrong(*args))

    calls, said, asked = [], [], exercise("causal_mask")
    asked = replace(asked, mistakes=tuple(map(noted, asked.mistakes)))
    for _ in range(2):
        cases = asked.kept_cases(5)
        tries, _ = run_cases(asked.mistakes[1].wrong, cases, 10)
        calls.clear()
        said.append((judge(asked, cases, tries), len(calls)))
    (first, worked_out), (second, again) = said
    assert first == second == judge(exercise("causal_mask"), exercise("causal_mask").cases(5), tries)
    assert worked_out > 30 and again == 1  # what is 512 by 512 is too large to be kept
