"""Promise: QueryPlane looks up as loops do, in Python and in the browser, and no input spoils it."""

import json
import math

import numpy as np
import pytest
import torch
from javascript import evaluate

from course_utils.model.attention import soft_lookup
from course_utils.widgets import QueryPlane

K = [[1.6, 0.4], [1.3, 0.9], [-0.6, 1.5]]
WORDS = ["cat", "dog", "<b>"]
POINTS = [[0.0, 1.0], [1.0, -1.0], [0.5, 0.2]]
NUMBERS = [4.0, 4.5, 9.0]


@pytest.fixture
def plane():
    return QueryPlane(K, WORDS)


def by_loops(q, temperature=1.0):
    """Scores and weights, number by number."""
    scores = [x * q[0] + y * q[1] for x, y in K]
    exps = [math.exp(score / temperature) for score in scores]
    return scores, [e / sum(exps) for e in exps]


# ---------- the numbers ----------


@pytest.mark.parametrize("q", [(1.0, 0.5), (-2, 0), (0, 0), (3.5, -1)])
@pytest.mark.parametrize("temperature", [0.1, 1, 10])
def test_scores_and_weights_equal_loops(plane, q, temperature):
    plane.q, plane.temperature = q, temperature
    scores, weights = by_loops(q, temperature)
    np.testing.assert_allclose(plane.scores, scores, atol=1e-12)
    np.testing.assert_allclose(plane.weights, weights, atol=1e-12)


def test_blend_of_the_keys_of_points_and_of_numbers():
    weights = by_loops((1.0, 0.5))[1]
    np.testing.assert_allclose(QueryPlane(K).blend, [sum(w * k[axis] for w, k in zip(weights, K)) for axis in (0, 1)])
    np.testing.assert_allclose(QueryPlane(K, V=POINTS).blend, [weights @ np.array(POINTS)[:, axis] for axis in (0, 1)])
    assert QueryPlane(K, V=NUMBERS).blend == pytest.approx(sum(w * v for w, v in zip(weights, NUMBERS)))


@pytest.mark.parametrize("V", [None, POINTS, NUMBERS])
@pytest.mark.parametrize("temperature", [0.3, 1.0])
def test_browser_and_python_agree(V, temperature):
    plane = QueryPlane(K, WORDS, V, q=(1.25, -0.75), temperature=temperature)
    values = plane.value_vectors or plane.key_vectors
    given = ", ".join(map(json.dumps, (plane.q_vector, plane.key_vectors, values, plane.temperature)))
    shown = evaluate(f"query_maths.lookUp({given})", "query_maths")
    for name in ("scores", "weights", "blend"):
        np.testing.assert_allclose(np.squeeze(shown[name]), getattr(plane, name), atol=1e-9, err_msg=name)


def test_values_follow_moved_keys_unless_they_are_their_own(plane):
    moved = np.array(K) + 1
    plane.K = moved
    np.testing.assert_array_equal(plane.V, moved)
    own = QueryPlane(K, V=POINTS)
    own.K = moved
    np.testing.assert_array_equal(own.V, POINTS)


def test_numbers_come_back_as_given(plane):
    plane.q = torch.tensor([0.1, 0.2])
    assert plane.q.tolist() == [0.1, 0.2]


# ---------- the learner's function ----------


@pytest.mark.parametrize("V", [None, POINTS, NUMBERS])
@pytest.mark.parametrize("temperature", [0.5, 1.0])
def test_own_function_that_is_right(V, temperature):
    plane = QueryPlane(torch.tensor(K), WORDS, V, temperature=temperature, compute=soft_lookup)
    np.testing.assert_allclose(plane.blend, QueryPlane(K, WORDS, V, temperature=temperature).blend, atol=1e-6)
    assert plane.problem == plane.result["remark"] == ""


def test_own_function_is_run_again_as_the_query_moves():
    plane = QueryPlane(K, compute=lambda q, K, V: 3 * q)
    plane.q = (1, -1)
    np.testing.assert_allclose(plane.blend, [3, -3])


def test_own_function_that_differs_is_told():
    plane = QueryPlane(K, compute=lambda q, K, V: V[0])
    np.testing.assert_allclose(plane.blend, K[0], rtol=1e-6)
    assert plane.result["remark"].startswith("The blend of <lambda> differs from softmax(K q) V by up to 0.")


SPOILT = {
    "raises": (lambda q, K, V: 1 / 0, "raised ZeroDivisionError: division by zero"),
    "nothing": (lambda q, K, V: None, "the blend"),
    "weights": (lambda q, K, V: K @ q, "the blend should have the shape (2), yours is (3,)."),
    "NaN": (lambda q, K, V: q * math.nan, "the blend has NaN or infinity in 2 of 2 places."),
    "two results": (lambda q, K, V: (q, K @ q), "the blend should be a matrix of numbers"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_own_function_that_fails_gets_a_sentence_and_the_last_blend_stays(name):
    function, sentence = SPOILT[name]
    current = [soft_lookup]
    plane = QueryPlane(K, compute=lambda q, K, V: current[0](q, K, V))
    before = plane.blend
    current[0] = function
    plane.q = (0, 0)
    assert sentence in plane.problem and "\n" not in plane.problem
    np.testing.assert_array_equal(plane.blend, before)


# ---------- wrong input ----------

REFUSED = {
    "three axes": (lambda p: setattr(p, "q", (1, 2, 3)), "q should have the shape (2), yours is (3,)."),
    "NaN": (lambda p: setattr(p, "q", (1, math.nan)), "q has NaN or infinity in 1 of 2 places."),
    "far away": (lambda p: setattr(p, "q", (1, 1e6)), "q holds 1e+06; numbers go from -1000 to 1000."),
    "text": (lambda p: setattr(p, "q", "north"), "q should be a matrix of numbers, yours is 'north'."),
    "other keys": (lambda p: setattr(p, "K", K[:2]), "K should have the shape (3, 2), yours is (2, 2)."),
    "other values": (lambda p: setattr(p, "V", NUMBERS), "V should have the shape (3, 2), yours is (3,)."),
    "cold": (lambda p: setattr(p, "temperature", 0), "temperature should be from 0.1 to 10, yours is 0."),
    "no such key": (lambda p: setattr(p, "selected", 3), "selected should be from 0 to 2, yours is 3."),
    "wide keys": (lambda p: QueryPlane(np.ones((3, 4))), "K should have the shape (any, 2), yours is (3, 4)."),
    "many keys": (lambda p: QueryPlane(np.ones((13, 2))), "K has 13 keys; QueryPlane has room for 12."),
    "few words": (lambda p: QueryPlane(K, "cat dog"), "tokens has 2 words, but there are 3 rows of numbers."),
    "few values": (lambda p: QueryPlane(K, V=[1, 2]), "V should have the shape (3), yours is (2,)."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_input_is_told_in_one_sentence_and_changes_nothing(plane, name):
    act, sentence = REFUSED[name]
    before = plane.get_state(["q_vector", "key_vectors", "value_vectors", "temperature", "selected"])
    with pytest.raises(ValueError) as told:
        act(plane)
    assert str(told.value) == sentence
    assert plane.get_state(list(before)) == before


# ---------- in a notebook ----------


def test_repr_is_short_and_steady(plane):
    text = "QueryPlane(keys=3, values=keys, q=(1.00, 0.50))"
    assert repr(plane) == text == plane._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.parametrize("V", [None, POINTS, NUMBERS])
def test_picture_names_the_keys_and_shows_the_weights(V):
    words = ["$cat$", "dog", "dog"]  # a word may come twice
    plane = QueryPlane(K, words, V)
    arrows, bars = plane.picture().axes
    assert {*words, "q"} <= {text.get_text().strip() for text in arrows.texts}
    assert [label.get_text() for label in bars.get_yticklabels()] == words
    np.testing.assert_allclose([bar.get_width() for bar in bars.patches], plane.weights)
    assert "image/png" in plane._repr_mimebundle_()[0]
