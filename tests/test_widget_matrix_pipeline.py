"""Promise: MatrixPipeline shows what loops compute, in Python and in the browser, and no input spoils it."""

import json
import math
from itertools import product

import numpy as np
import pytest
import torch
from javascript import evaluate

from course_utils.model.attention import attention
from course_utils.plots.figures import short_number
from course_utils.widgets import MatrixPipeline
from course_utils.widgets.matrix_pipeline import INPUTS, RESULTS
from course_utils.widgets.number_grids import TITLES

generator = torch.Generator().manual_seed(0)
SIZES = {"X": (5, 4), "W_Q": (4, 3), "W_K": (4, 3), "W_V": (4, 2)}
MATRICES = {name: torch.randn(size, generator=generator) for name, size in SIZES.items()}
SWITCHES = list(product([False, True], repeat=2))  # causal, scale


@pytest.fixture
def pipe():
    return MatrixPipeline(**MATRICES, tokens="the cat sat down <b>")


def times(A, B):
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*B, strict=True)] for row in A]


def by_loops(X, W_Q, W_K, W_V, causal, scale):
    """Every matrix, number by number."""
    Q, K, V = times(X, W_Q), times(X, W_K), times(X, W_V)
    scores = times(Q, list(zip(*K, strict=True)))
    scaled = [[s / (math.sqrt(len(Q[0])) if scale else 1) for s in row] for row in scores]
    masked = [[-math.inf if causal and j > i else s for j, s in enumerate(row)] for i, row in enumerate(scaled)]
    weights = [[math.exp(s) / sum(map(math.exp, row)) for s in row] for row in masked]
    return dict(zip(RESULTS, (Q, K, V, scores, scaled, masked, weights, times(weights, V)), strict=True))


def in_javascript(pipe):
    """What the browser computes; JSON has no infinity, so a forbidden score arrives as None."""
    inputs, switches = json.dumps(pipe.inputs), json.dumps({"causal": pipe.causal, "scale": pipe.scale})
    shown = evaluate(f"matrix_maths.pipelineStages({inputs}, {switches})", "matrix_maths")
    return {name: np.array([[-np.inf if x is None else x for x in row] for row in shown[name]]) for name in RESULTS}


# ---------- the numbers ----------


@pytest.mark.parametrize(("causal", "scale"), SWITCHES)
def test_every_matrix_equals_loops(pipe, causal, scale):
    pipe.causal, pipe.scale = causal, scale
    expected = by_loops(*(pipe.inputs[name] for name in INPUTS), causal, scale)
    for name in RESULTS:
        np.testing.assert_allclose(getattr(pipe, name), expected[name], atol=1e-9, err_msg=name)


@pytest.mark.parametrize(("causal", "scale"), SWITCHES)
@pytest.mark.parametrize("size", [1, 30])  # at 30, scores are in the hundreds
def test_browser_and_python_agree(pipe, causal, scale, size):
    pipe.causal, pipe.scale, pipe.X = causal, scale, MATRICES["X"] * size
    shown = in_javascript(pipe)
    for name in RESULTS:
        np.testing.assert_allclose(shown[name], getattr(pipe, name), rtol=1e-6, atol=1e-6, err_msg=name)


def test_the_course_attention_agrees(pipe):
    out, weights = attention(*(torch.tensor(M) for M in (pipe.Q, pipe.K, pipe.V)))
    np.testing.assert_allclose(pipe.weights, weights, atol=1e-6)
    np.testing.assert_allclose(pipe.out, out, atol=1e-6)


def test_a_new_number_changes_what_follows_and_nothing_else(pipe):
    before = {name: getattr(pipe, name) for name in ("Q", "K", "V", "out")}
    W_V = pipe.W_V
    W_V[0, 0] = 5
    pipe.W_V = W_V
    assert pipe.W_V[0, 0] == 5
    np.testing.assert_array_equal(pipe.K, before["K"])
    assert not np.allclose(pipe.V, before["V"]) and not np.allclose(pipe.out, before["out"])


def test_what_is_read_can_be_changed_without_harm(pipe):
    pipe.X[0, 0] = 99
    assert pipe.X[0, 0] != 99


def test_typed_numbers_come_back_as_typed(pipe):
    pipe.X = torch.full((5, 4), 0.1)
    assert pipe.X[0, 0] == 0.1


def test_one_token():
    pipe = MatrixPipeline([[1, 2]], np.eye(2), np.eye(2), [[1], [3]], tokens=["alone"], causal=True)
    np.testing.assert_allclose(pipe.out, [[7]])
    assert pipe.weights == 1


# ---------- the learner's function ----------


def masked(Q, K, V, mask=None):
    scores = Q @ K.T / K.shape[-1] ** 0.5
    weights = (scores if mask is None else scores.masked_fill(~mask, -torch.inf)).softmax(-1)
    return weights @ V, weights


@pytest.mark.parametrize("compute", [attention, masked])
@pytest.mark.parametrize("kind", [lambda M: M, torch.Tensor.tolist, torch.Tensor.double])
def test_own_function_that_is_right(compute, kind):
    pipe = MatrixPipeline(**{name: kind(M) for name, M in MATRICES.items()}, compute=compute)
    plain = MatrixPipeline(**MATRICES)
    np.testing.assert_allclose(pipe.out, plain.out, atol=1e-5)
    assert pipe.problem == pipe.result["remark"] == ""


def test_own_function_in_numpy():
    def in_numpy(Q, K, V):
        assert type(Q) is np.ndarray
        return V, np.eye(5)

    assert MatrixPipeline(**{name: M.numpy() for name, M in MATRICES.items()}, compute=in_numpy).problem == ""


def test_own_function_is_run_again_at_every_change():
    seen = []
    pipe = MatrixPipeline(**MATRICES, compute=lambda *QKV: seen.append(QKV) or attention(*QKV))
    pipe.X = pipe.X * 2
    np.testing.assert_allclose(seen[1][0], 2 * seen[0][0], rtol=1e-5)


def test_own_function_is_handed_the_mask():
    pipe = MatrixPipeline(**MATRICES, causal=True, compute=masked)
    np.testing.assert_allclose(pipe.weights, MatrixPipeline(**MATRICES, causal=True).weights, atol=1e-6)


def test_own_function_without_mask_is_told(pipe):
    pipe = MatrixPipeline(**MATRICES, causal=True, compute=attention)
    assert pipe.result["remark"] == "attention takes no mask=, so its weights do not follow the tick box."


def test_own_function_that_forgets_the_scale_is_shown_and_told():
    def forgot(Q, K, V):
        weights = (Q @ K.T).softmax(-1)
        return weights @ V, weights

    pipe = MatrixPipeline(**MATRICES, compute=forgot)
    np.testing.assert_allclose(pipe.weights, MatrixPipeline(**MATRICES, scale=False).weights, atol=1e-5)
    assert pipe.result["remark"].startswith("The weights of forgot differ from softmax(scaled) by up to 0.")


SPOILT = {
    "raises": (lambda Q, K, V: 1 / 0, "raised ZeroDivisionError: division by zero"),
    "nothing": (lambda Q, K, V: None, "should give back two results, out and weights."),
    "turned round": (lambda Q, K, V: attention(Q, K, V)[::-1], "out should have the shape (5, 2), yours is (5, 5)."),
    "NaN": (lambda Q, K, V: (V * torch.nan, torch.eye(5)), "out has NaN or infinity in 10 of 10 places."),
    "text": (lambda Q, K, V: ("out", "weights"), "out should be a matrix of numbers, yours is 'out'."),
}


@pytest.mark.parametrize("name", SPOILT)
def test_own_function_that_fails_gets_a_sentence_and_the_last_picture_stays(name):
    function, sentence = SPOILT[name]
    current = [attention]
    pipe = MatrixPipeline(**MATRICES, compute=lambda Q, K, V: current[0](Q, K, V))
    before = pipe.out
    current[0] = function
    pipe.X = pipe.X * 2
    assert sentence in pipe.problem
    np.testing.assert_array_equal(pipe.out, before)
    current[0] = attention
    pipe.X = pipe.X / 2
    assert pipe.problem == ""


# ---------- wrong input ----------

REFUSED = {
    "narrow W_Q": ("W_Q", np.ones((3, 3)), "W_Q has 3 rows but X has 4 columns"),
    "narrow W_K": ("W_K", np.ones((4, 2)), "W_Q has 3 columns but W_K has 2"),
    "other width of V": ("W_V", np.ones((4, 3)), "W_V should keep its shape (4, 2), yours is (4, 3)"),
    "fewer tokens": ("X", np.ones((3, 4)), "X should keep its shape (5, 4), yours is (3, 4)"),
    "many tokens": ("X", np.ones((7, 4)), "X has 7 tokens; MatrixPipeline has room for 6."),
    "many columns": ("W_V", np.ones((4, 7)), "W_V has 7 columns; MatrixPipeline has room for 6."),
    "NaN": ("X", np.full((5, 4), np.nan), "X has NaN or infinity in 20 of 20 places."),
    "huge": ("X", np.full((5, 4), 1e6), "X holds 1e+06; numbers go from -1000 to 1000."),
    "text": ("X", "cat", "X should be a matrix of numbers, yours is 'cat'."),
    "one row": ("X", [1.0, 2.0], "X should have the shape (any, any), yours is (2,)."),
    "nothing": ("X", [], "X is empty"),
    "other words": ("tokens", ["cat"], "tokens has 1 words, but there are 5 rows of numbers."),
    "no such matrix": ("selected", ("query", 0, 0), "selected should name one of Q, K, V"),
    "no such cell": ("selected", ("out", 0, 2), "out has 5 rows and 2 columns; there is no cell [0, 2]."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_input_is_told_in_one_sentence_and_changes_nothing(pipe, name):
    trait, value, sentence = REFUSED[name]
    before = (pipe.inputs, pipe.tokens, pipe.selected)
    with pytest.raises(ValueError) as told:
        setattr(pipe, trait, value)
    assert sentence in str(told.value) and "\n" not in str(told.value)
    assert (pipe.inputs, pipe.tokens, pipe.selected) == before


def test_wrong_input_is_told_at_the_start_too():
    with pytest.raises(ValueError, match="W_V has 3 rows but X has 4 columns"):
        MatrixPipeline(**{**MATRICES, "W_V": np.ones((3, 2))})
    with pytest.raises(ValueError, match="tokens has 2 words, but there are 5 rows"):
        MatrixPipeline(**MATRICES, tokens="the cat")


# ---------- in a notebook ----------


def test_repr_is_short_and_steady(pipe):
    text = "MatrixPipeline(tokens=5, d_model=4, d_k=3, d_v=2, causal=False, scale=True)"
    pipe.X = pipe.X + 1
    assert repr(pipe) == text == pipe._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.parametrize("causal", [False, True])
def test_picture_shows_every_matrix_with_its_numbers(pipe, causal):
    pipe.causal = causal
    texts = [text.get_text() for text in pipe.picture().axes[0].texts]
    shown = [name for name in (*INPUTS, *RESULTS) if causal or name != "masked"]
    numbers = [short_number(x) for name in shown for x in getattr(pipe, name).flat]
    words = [*pipe.tokens, *pipe.tokens]  # beside X and beside scores
    assert sorted(numbers + words) == sorted(text for text in texts if text not in TITLES.values())
    assert sum(text in TITLES.values() for text in texts) == len(shown)
