"""Promise: of a wrong answer that is no known mistake the check says what its numbers share with the right ones."""

import torch

from course_utils.exercises import exercise
from course_utils.model.attention import attention
from course_utils.model.multi_head import merge_heads, multi_head_attention
from course_utils.model.positions import rotate_by_position
from course_utils.model.recurrent import run_rnn


def said(name, answer):
    result = exercise(name).check(answer)
    assert result.status == "fail"
    return result.mistake, result.message


def test_a_factor():
    mistake, message = said("attention", lambda Q, K, V: (3 * attention(Q, K, V)[0], attention(Q, K, V)[1]))
    assert mistake == "a factor too many" and "All numbers of out are 3 times what they should be" in message


def test_a_factor_that_is_a_size():
    mistake, message = said("attention", lambda Q, K, V: (attention(Q, K, V)[0] * V.shape[-1], attention(Q, K, V)[1]))
    assert mistake == "a factor too many" and "not the same in each case: here it is 5" in message


def test_a_number_added():
    mistake, message = said("run_rnn", lambda *args: run_rnn(*args) - 0.25)
    assert mistake == "a number added" and "All numbers of states are too small by 0.25" in message


def test_right_numbers_elsewhere():
    mistake, message = said("merge_heads", lambda X: merge_heads(X).roll(1, 1))
    assert mistake == "one place too far on along an axis" and "along length" in message


def test_right_in_the_first_row_only():
    def drifts(X):
        return rotate_by_position(X) + 0.1 * torch.arange(X.shape[-2])[:, None] ** 2

    mistake, message = said("rotate_by_position", drifts)
    assert mistake == "only the first is right" and "Along length only the first of turned is right" in message


def test_which_result_is_right():
    def bent(*args):
        out, weights = multi_head_attention(*args)
        return out + 0.1 * out**2, weights

    mistake, message = said("multi_head_attention", bent)
    assert mistake == "only out" and "weights is right already; what is wrong is out" in message


def test_nothing_is_said_of_symbols_and_verdicts_that_differ_by_one():
    assert said("edit_distance", lambda a, b: (len(a) > 3) + len(b))[0] != "a number added"
