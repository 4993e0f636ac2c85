"""Promise: of a wrong answer that is no known mistake the check says what is so of it, and nothing that is not."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from test_checks_hold_on_every_seed import FUNCTIONS, given, in_float32, kept, name_of

from course_utils.exercises import exercise
from course_utils.exercises.engine.places import place_pattern
from course_utils.exercises.engine.reading_code import unused_arguments
from course_utils.exercises.engine.shapes import shape_pattern
from course_utils.model.attention import soft_lookup
from course_utils.model.blocks import pre_ln_block
from course_utils.model.feed_forward import feed_forward
from course_utils.model.multi_head import merge_heads
from course_utils.model.positions import sinusoidal_positions


def no_loop_round(q, K):
    return torch.stack([k @ q for k in K[:-1]])


def with_a_slip_of_the_pen(scores):
    return scores / totl  # noqa: F821


def with_functions(X, attend, feed, norm_1, norm_2):
    return X + attend(norm_1)


def with_one_minus(Q, K, V, mask):
    weights = torch.softmax(Q @ K.mT / math.sqrt(K.shape[-1]) - 1e9 * (1 - mask), -1)
    return weights @ V, weights


def made_a_number_early(model, batch, loss_of, optimizer):
    loss = loss_of(model, batch).item()
    loss.backward()
    return loss


def without_none(scores, temperature, top_k):
    return torch.softmax(scores.topk(top_k).values / temperature, -1)


def with_half_a_size(X, n_heads):
    return [X[..., : X.shape[-1] / n_heads]]


def with_another_size(X, n_heads):
    return X.reshape(*X.shape[:-1], n_heads, 64)


def unpacks_what_was_found(X, attend, feed, norm_1, norm_2):
    found, weights = attend(norm_1(X))
    return X + found


def without_the_last_row(length):
    mask = torch.ones(length, length).tril()
    mask[-1] = 0
    return mask


def of_one_sentence(X, n_heads):
    return torch.stack(X.chunk(n_heads, -1), 1)[:1]


def moved_by_a_row(length, d_model):
    return sinusoidal_positions(length, d_model).roll(1, 0)


def of_one_clock(length, d_model):
    return sinusoidal_positions(length, d_model) * (torch.arange(d_model) < 2)


def squeezed(X, *weights):
    return feed_forward(X.tanh(), *weights)


@pytest.mark.parametrize(
    ("name", "answer", "family", "said"),
    [
        ("similarity", no_loop_round, "nothing was collected", "Does a loop make no round"),
        ("softmax", with_a_slip_of_the_pen, "a name without a value", "totl"),
        ("pre_ln_block", with_functions, "a function for its result", "Call it"),
        ("masked_attention", with_one_minus, "minus with True and False", "~mask"),
        ("training_step", made_a_number_early, "something else before the dot", ".item()"),
        ("next_probabilities", without_none, "None for a value", "may be None"),
        ("split_heads", with_half_a_size, "an index or size that is no whole number", "use `//`"),
        ("split_heads", with_another_size, "sizes that do not fit", "A reshape keeps all numbers"),
        ("pre_ln_block", unpacks_what_was_found, "names for what comes back", "How many does what is called"),
        ("merge_heads", lambda X: merge_heads(X).transpose(0, 1), "axes exchanged", "(length, batch, d_model) in"),
        ("merge_heads", lambda X: merge_heads(X).flatten(0, 1), "axes joined or cut", "so is their order"),
        ("merge_heads", lambda X: merge_heads(X).repeat(1, 2, 1), "more than was asked for", "behind along length"),
        ("merge_heads", lambda X: X[0, 0, 0, :2] ** 2, "another shape", "expected (batch, length, d_model)"),
        ("causal_mask", lambda n: torch.ones(2, n, n).tril(), "an axis too many", "several of it"),
        ("causal_mask", without_the_last_row, "too few are True", "should be True"),
        ("split_heads", of_one_sentence, "a part of it", "That is only the first along batch of heads"),
        ("sinusoidal_positions", moved_by_a_row, "one place too far on along an axis", "along length"),
        ("sinusoidal_positions", of_one_clock, "left at 0", "end too early"),
        ("soft_lookup", lambda *args: 1 - soft_lookup(*args), "another function of it", "1 minus what they should be"),
        ("feed_forward", squeezed, "another X, sent through tanh", "What happens to X on the way?"),
        ("pre_ln_block", lambda *args: (pre_ln_block(*args), args[0]), "more than was asked for", "give back X alone"),
        ("bits_per_symbol", lambda p, symbols: (p**0.3).sum(), "an argument unused", "symbols is not used"),
    ],
)  # fmt: skip
def test_a_family_gets_one_sentence(name, answer, family, said):
    result = exercise(name).check(answer)
    assert (result.status, result.mistake) == ("fail", family), result.message
    assert said in result.message


@pytest.mark.parametrize("shape", [(), (0,), (1,), (3,), (2, 3), (3, 3), (0, 3), (2, 1, 3), (2, 2, 2, 2), (1, 1, 1)])
def test_looking_at_numbers_never_raises(shape):
    generator = np.random.default_rng(0)
    for other in [(), (0,), (1,), (3,), (2, 3), (3, 3), (1, 4), (2, 2, 3), (1, 1, 1, 1, 1)]:
        right = generator.normal(size=other)
        for yours in (generator.normal(size=shape), np.zeros(shape), np.full(shape, np.nan), np.full(shape, np.inf)):
            pairs = [(yours, right), (right, right), (yours, generator.normal(size=(2, *other)))]
            for look in (shape_pattern, place_pattern):
                look("out", "length" if other else "", pairs)


ASSEMBLED = [asked for asked in FUNCTIONS if asked.assembly]


@pytest.mark.parametrize("asked", ASSEMBLED, ids=name_of)
def test_the_right_parts_make_a_right_answer(asked):
    parts = asked.assembly
    assert asked.check(given(parts.build(**parts.right), in_float32)).status == "pass"


@pytest.mark.parametrize("asked", ASSEMBLED, ids=name_of)
def test_a_wrong_part_is_told_as_that_part_or_by_what_shows(asked):
    without_table, told = replace(kept(asked), mistakes=()), []
    for mistake in asked.assembly.mistakes(1):
        result = without_table.check(given(mistake.wrong, in_float32))
        told.append(result.status == "pass" or mistake.hint in result.message)  # some parts change nothing here
        assert result.status == "pass" or result.mistake, result.message
    assert sum(told) > len(told) / 2


def no_tanh_and_no_bias(x, h, W_xh, W_hh, b):
    return torch.sigmoid(x @ W_xh + h @ W_hh - b)


def two_of_the_block(X, attend, feed, norm_1, norm_2):
    X = X + attend(X)
    return X - feed(norm_2(X))


@pytest.mark.parametrize(
    ("name", "answer", "one", "other"),
    [
        ("rnn_step", no_tanh_and_no_bias, "b is subtracted.", "That is the sigmoid, not tanh."),
        ("pre_ln_block", two_of_the_block, "attend reads X without a norm.", "What feed finds is subtracted."),
    ],
)
def test_two_wrong_parts_are_both_told(name, answer, one, other):
    message = exercise(name).check(answer).message
    assert message.startswith("Two things.") and one in message and other in message


def test_where_it_is_right_is_told():
    right = exercise("next_probabilities").reference

    def answer(scores, temperature, top_k):
        probabilities = right(scores, temperature, top_k)
        return (probabilities + probabilities.flip(0)) / 2 if top_k is None else probabilities

    result = exercise("next_probabilities").check(answer)
    assert "It is wrong where top_k is None, and right elsewhere." in result.message


def test_unused_arguments_are_seen_also_from_within():
    def answer(used, unused, within):
        return [used + within + number for number in range(2)]

    assert unused_arguments(answer) == (1,)
    assert unused_arguments(len) == ()
