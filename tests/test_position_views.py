"""Promise: the widgets on positions show what the reader's own function gives; what is wrong gets one sentence."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.model.attention import attention, project
from course_utils.model.positions import rotate_by_position, sinusoidal_positions
from course_utils.widgets.clock_view import ClockView
from course_utils.widgets.shuffle_view import ShuffleView
from course_utils.widgets.turn_view import TurnView

WORDS = "the cat sat on it".split()
generator = torch.Generator().manual_seed(0)
X = torch.randn(5, 6, generator=generator)
W = [torch.randn(6, 4, generator=generator) for _ in range(3)]
Q, K = torch.tensor([1.0, 0.5]), torch.tensor([0.8, -0.4])


def attend(X):
    return attention(*project(X, *W))


def views():
    return ShuffleView(attend, X, WORDS), ClockView(sinusoidal_positions), TurnView(rotate_by_position, Q, K)


def test_moved_words_take_their_weights_along_and_keep_their_outputs():
    view = ShuffleView(attend, X, WORDS)
    before = view.weights
    view.order = [4, 2, 0, 1, 3]
    np.testing.assert_allclose(view.weights, before[np.ix_(view.order, view.order)], atol=1e-6)
    assert view.change.max() < 1e-6


def test_with_positions_the_order_counts():
    table = sinusoidal_positions(5, 6)
    view = ShuffleView(attend, X, WORDS, table)
    view.with_positions = True
    assert view.change.max() == 0, "nothing has moved yet"
    view.order = [1, 0, 2, 3, 4]
    moved = attend(X[[1, 0, 2, 3, 4]] + table)[0]
    expected = (moved - attend(X + table)[0][[1, 0, 2, 3, 4]]).abs().amax(1)
    np.testing.assert_allclose(view.change, expected, atol=1e-6)
    assert view.change.max() > 0.1


@pytest.mark.parametrize("kind", [lambda M: M, lambda M: M.tolist(), lambda M: M.double()])
def test_words_may_come_as_tensors_or_lists(kind):
    np.testing.assert_allclose(ShuffleView(attend, kind(X)).weights, attend(X)[1], atol=1e-6)


def test_clocks_show_the_table_and_the_dot_product():
    view = ClockView(sinusoidal_positions, length=32, d_model=6, position=4, distance=7)
    table = sinusoidal_positions(32, 6)
    np.testing.assert_allclose(view.table, table, atol=1e-6)
    assert view.dot_product == pytest.approx(float(table[4] @ table[11]), abs=1e-5)
    kept = view.dot_product
    view.position = 15
    assert view.dot_product == pytest.approx(kept, abs=1e-5)


@pytest.mark.parametrize("pair", [0, 1, 2])
def test_score_is_that_of_the_turned_arrows(pair):
    view = TurnView(rotate_by_position, Q, K, pair=pair, d_k=6, length=20, position=3, distance=5)
    angle = 5 * 10000 ** (-2 * pair / 6)
    expected = np.cos(angle) * (Q @ K) + np.sin(angle) * (Q[0] * K[1] - Q[1] * K[0])
    assert view.score == pytest.approx(float(expected), abs=1e-5)


def test_dragged_arrows_are_turned_again_and_stay_in_the_plane():
    view = TurnView(rotate_by_position, Q, K, distance=0)
    view.q = [7, 0]
    assert view.q == [2, 0]
    assert view.score == pytest.approx(1.6, abs=1e-5)


def test_own_function_may_use_numpy():
    def turned(X):
        assert isinstance(X, np.ndarray)
        return -X

    assert TurnView(turned, np.array([1.0, 0]), np.array([0.5, 0])).score == pytest.approx(0.5)


def test_a_failing_function_is_named_and_the_last_picture_stays():
    def broken(X):
        raise RuntimeError("oh dear")

    view = TurnView(broken, Q, K)
    assert view.problem == "broken raised RuntimeError: oh dear"
    assert view.score == pytest.approx(float(Q @ K))
    assert "oh dear" in ShuffleView(broken, X).problem
    with pytest.raises(ValueError, match="oh dear"):
        ClockView(lambda length, d_model: broken(length))


def test_odd_results_are_said():
    assert "two results" in ShuffleView(lambda X: X, X).problem
    assert "weights should have the shape (5, 5)" in ShuffleView(lambda X: (X, X), X).problem
    assert "the turned X should have the shape (64, 8)" in TurnView(lambda X: X[0], Q, K).problem


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ShuffleView(attend, X, WORDS[:4]), "4 words, but there are 5 rows"),
        (lambda: ShuffleView(attend, X, WORDS, X[:3]), r"positions should have the shape \(5, 6\)"),
        (lambda: ShuffleView(attend, X * torch.nan), "NaN"),
        (lambda: ClockView(sinusoidal_positions, d_model=5), "even number from 2 to 16"),
        (lambda: ClockView(lambda length, d_model: X), r"the table should have the shape \(64, 8\)"),
        (lambda: ClockView(sinusoidal_positions, length=9), "at least 16"),
        (lambda: TurnView(rotate_by_position, X, K), r"q should have the shape \(2\)"),
        (lambda: TurnView(rotate_by_position, Q, K, d_k=7), "even number"),
    ],
)
def test_bad_input_gets_one_sentence(make, said):
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [(0, "order", [0, 0, 1, 2, 3]), (1, "position", 32), (1, "distance", -1), (2, "pair", 4)],
)
def test_a_bad_state_is_refused(number, name, value):
    with pytest.raises(traitlets.TraitError, match=f"{name} should"):
        setattr(views()[number], name, value)


def test_repr_is_short_and_a_picture_goes_with_it():
    expected = (
        "ShuffleView(tokens=5, moved=0, with_positions=False)",
        "ClockView(length=64, d_model=8, position=5, distance=3)",
        "TurnView(q=[1.0, 0.5], k=[0.8, -0.4], pair=1, position=5, distance=3)",
    )
    for view, text in zip(views(), expected, strict=True):
        data, _ = view._repr_mimebundle_()
        assert data["text/plain"] == repr(view) == text and len(data["image/png"]) > 1000
