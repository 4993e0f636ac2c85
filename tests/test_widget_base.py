"""Promise: what every widget shares turns numbers and words into what can be sent, or says why not."""

import numpy as np
import pytest
import torch

from course_utils.widgets.given import numbers, pack, token_list, unpack


def test_float64_crosses_as_float32():
    matrix = np.array([[0.1, -2.0]], dtype=np.float64)
    assert len(pack(matrix)) == 8
    np.testing.assert_array_equal(unpack(pack(matrix), 1, 2), matrix.astype(np.float32))


def test_a_turned_matrix_crosses_as_it_is_seen():
    matrix = np.arange(6).reshape(2, 3)
    np.testing.assert_array_equal(unpack(pack(matrix.T), 3, 2), matrix.T)


@pytest.mark.parametrize("value", [[[1, 2], [3, 4]], np.array([[1, 2], [3, 4]]), torch.tensor([[1, 2], [3, 4]])])
def test_numbers_come_in_every_kind(value):
    np.testing.assert_array_equal(numbers("X", value, 2, None), [[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("value, axes, sentence", [
    ("words", (None, None), "X should be a matrix of numbers, yours is 'words'."),
    ([[1, 2], [3]], (None, None), "X should be a matrix of numbers, yours is '[[1, 2], [3]]'."),
    ([], (None,), "X is empty: its shape is (0,)."),
    ([[1, 2]], (2, None), "X should have the shape (2, any), yours is (1, 2)."),
    ([1, 2], (..., 3), "X should have the shape (..., 3), yours is (2,)."),
    ([1, float("inf")], (None,), "X has NaN or infinity in 1 of 2 places."),
])  # fmt: skip
def test_numbers_that_are_none(value, axes, sentence):
    with pytest.raises(ValueError) as told:
        numbers("X", value, *axes)
    assert str(told.value) == sentence


def test_words():
    assert token_list("the  cat\nsat") == ["the", "cat", "sat"]
    assert token_list(None, 3) == ["0", "1", "2"]
    assert token_list(["two\nlines", "\ud83d"]) == ["two·lines", "·"]
    assert token_list(["long" * 20]) == ["longlonglonglonglonglonglonglonglonglon…"]
