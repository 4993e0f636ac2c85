"""Promise: positions are what the papers' formulas say, and have the properties that the lesson shows."""

import math

import pytest
import torch

from course_utils.model.positions import rotate_by_position, sinusoidal_positions

CLOSE = {"rtol": 0, "atol": 1e-6}


@pytest.fixture(autouse=True)
def in_float64():
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    yield
    torch.set_default_dtype(torch.float32)


def test_table_with_loops():
    table = sinusoidal_positions(70, 6)
    for position in range(70):
        for i in range(3):
            angle = position / 10000 ** (2 * i / 6)
            assert math.isclose(table[position, 2 * i], math.sin(angle), abs_tol=1e-6)
            assert math.isclose(table[position, 2 * i + 1], math.cos(angle), abs_tol=1e-6)


def test_dot_product_of_two_positions_depends_on_their_distance():
    table = sinusoidal_positions(30, 8)
    products = table @ table.T
    for distance in range(30):
        diagonal = products.diagonal(distance)
        torch.testing.assert_close(diagonal, diagonal[:1].expand_as(diagonal), **CLOSE)
    torch.testing.assert_close(products.diagonal(), torch.full((30,), 4.0), **CLOSE)


def test_rotation_is_a_product_of_complex_numbers():
    X = torch.randn(2, 3, 9, 6)
    angles = torch.arange(9)[:, None] * 10000 ** (-torch.arange(0, 6, 2) / 6)
    pairs = torch.view_as_complex(X.unflatten(-1, (3, 2))) * torch.polar(torch.ones(9, 3), angles)
    torch.testing.assert_close(rotate_by_position(X), torch.view_as_real(pairs).flatten(-2), **CLOSE)


def test_rotation_is_a_product_with_a_matrix_for_each_position():
    X = torch.randn(5, 4)
    for position, (row, turned) in enumerate(zip(X, rotate_by_position(X), strict=True)):
        for i in range(2):
            a = position / 10000 ** (2 * i / 4)
            matrix = torch.tensor([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
            torch.testing.assert_close(turned[2 * i : 2 * i + 2], matrix @ row[2 * i : 2 * i + 2], **CLOSE)


def test_score_of_turned_vectors_depends_on_the_distance_alone():
    q, k = torch.randn(8), torch.randn(8)
    scores = rotate_by_position(q.expand(20, 8)) @ rotate_by_position(k.expand(20, 8)).T
    for distance in range(-19, 20):
        diagonal = scores.diagonal(distance)
        torch.testing.assert_close(diagonal, diagonal[:1].expand_as(diagonal), **CLOSE)


def test_turning_keeps_lengths_and_leaves_position_0_alone():
    X = torch.randn(3, 7, 10)
    torch.testing.assert_close(rotate_by_position(X).norm(dim=-1), X.norm(dim=-1), **CLOSE)
    assert torch.equal(rotate_by_position(X)[:, 0], X[:, 0])


@pytest.mark.parametrize("call", [lambda: sinusoidal_positions(4, 5), lambda: rotate_by_position(torch.ones(4, 5))])
def test_an_odd_number_of_columns_is_refused_in_one_sentence(call):
    with pytest.raises(ValueError, match="must be even; it is 5"):
        call()
