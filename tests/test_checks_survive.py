"""Promise: whatever a learner's function does, the check comes back with one sentence and nothing is lost."""

import sys
import time

import numpy as np
import pytest
import torch

from course_utils.exercises import check, engine, exercise
from course_utils.exercises.engine import noise
from course_utils.exercises.engine.display import rich_text

LIMIT = 2  # seconds; enough for a right answer on a busy machine


@pytest.fixture(autouse=True)
def short_limit(monkeypatch):
    monkeypatch.setattr(engine.exercise, "SECONDS_PER_CHECK", LIMIT)


def loops_for_ever(scores):
    while True:
        pass


def loops_and_swallows(scores):
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            pass


def sleeps(scores):
    time.sleep(3)


def raises(scores):
    top = scores.max(-1)
    return scores - top[1]["row"]


def leaves(scores):
    sys.exit(0)


def recurses(scores):
    return recurses(scores)


def prints_much(scores):
    print("x" * 10**7)
    return scores


def halves(scores):
    scores /= 2
    exps = torch.exp(2 * scores - (2 * scores).amax(-1, True))
    return exps / exps.sum(-1, True)


class Liar:
    """Equal to everything, if anyone asks it."""

    __array_priority__ = 1e9

    def __eq__(self, other):
        return True


@pytest.mark.parametrize(
    "fn, sentence",
    [
        (loops_for_ever, "a loop that never ends"),
        (loops_and_swallows, "a loop that never ends"),
        (sleeps, "did not come back in time"),
        (raises, "your line `return scores - top[1][\"row\"]` raised"),
        (leaves, "raised SystemExit"),
        (recurses, "raised RecursionError"),
        (prints_much, "negative"),
        (lambda scores: None if scores is not None else 1, "gives nothing back"),
        (lambda scores: "softmax", "should be a tensor, yours is of type str"),
        (lambda scores: {"weights": scores}, "of type dict"),
        (lambda scores: Liar(), "of type Liar"),
        (lambda scores: (scores, scores), "expected (q_len, k_len) = (1, 4), yours is (2, 1, 4)"),
        (lambda scores: torch.full_like(scores, torch.nan), "NaN"),
        (lambda scores: scores.T, "expected (q_len, k_len) = (1, 4), yours is (4, 1)"),
        (lambda scores: scores[..., :0], "yours is (1, 0)"),
        (lambda: 1, "take 1 argument: (scores)"),
        (halves, "scores is not the same after the call"),
        (lambda scores: torch.softmax(scores, dim=-1), "the point here is to write it"),
        (lambda scores: scores.softmax(-1), "the point here is to write it"),
        (lambda scores: torch.nn.Softmax(dim=-1)(scores), "the point here is to write it"),
        (torch.zeros(2, 2), "the function itself"),
        ("softmax", "the function itself"),
    ],
)
def test_one_sentence(fn, sentence):
    started = time.time()
    result = exercise("softmax").check(fn)
    assert result.status == "fail" and sentence in result.message, result
    assert "\n" not in result.message and len(result.message) < 600
    assert len(result.printed) <= noise.PRINTED_AT_MOST
    assert time.time() - started < 30


def test_nan_is_told_with_its_line():
    def softmax(scores):
        exps = torch.exp(scores)
        return exps / exps.sum(dim=-1, keepdim=True)

    message = exercise("softmax").check(softmax).message
    assert "came out of exp, in the line `exps = torch.exp(scores)`" in message


@pytest.mark.parametrize("blank", [None, ..., lambda scores: None])
def test_blank_is_not_started(blank):
    assert exercise("softmax").check(blank).status == "todo"


def test_two_mistakes_at_once_are_both_told():
    def attention(Q, K, V):  # not scaled, and over the wrong axis
        weights = torch.softmax(Q @ K.transpose(-2, -1), dim=-2)
        return weights @ V, weights

    message = exercise("attention").check(attention).message
    assert "not scaled" in message and "over the queries" in message


def test_notebook_check_gives_back_the_function_to_go_on_with():
    from course_utils.model.attention import softmax as own

    def softmax(scores):
        exps = np.exp(scores - scores.max(-1, keepdims=True))
        return exps / exps.sum(-1, keepdims=True)

    passed = check(softmax)  # works on NumPy arrays; the lesson goes on with tensors
    assert passed.__wrapped__ is softmax
    torch.testing.assert_close(passed(torch.tensor([[0.0, 0.0]])), torch.tensor([[0.5, 0.5]]))
    assert check(lambda scores: scores, "softmax") is own
    assert check(own) is own


def test_a_right_answer_in_another_form_can_be_used_by_the_lesson():
    def causal_mask(length):
        return [[0.0 if j <= i else -1e9 for j in range(length)] for i in range(length)]

    def attention(Q, K, V):
        weights = torch.softmax(Q.double() @ K.double().transpose(-2, -1) / K.shape[-1] ** 0.5, -1)
        return weights @ V.double(), weights

    assert torch.equal(check(causal_mask)(3), torch.ones(3, 3).tril().bool())
    assert {part.dtype for part in check(attention)(*torch.zeros(3, 4, 5))} == {torch.float32}


def test_a_lesson_that_trains_gets_its_gradients():
    def soft_lookup(q, K, V):  # NumPy: right, but no gradient passes through
        exps = np.exp(np.asarray(K) @ np.asarray(q))
        return exps / exps.sum() @ np.asarray(V)

    def similarity(q, K):  # .numpy() refuses a tensor that needs gradients
        return K.numpy() @ q.numpy()

    def project(X, W_Q, W_K, W_V):  # lists of rows: the gradient stays
        return [[x @ W for x in X] for W in (W_Q, W_K, W_V)]

    q, K, V = torch.ones(2, requires_grad=True), torch.eye(2), torch.eye(2)
    assert check(soft_lookup)(q, K, V).requires_grad and check(similarity)(q, K).requires_grad
    assert all(view.requires_grad for view in check(project)(K.requires_grad_(), V, V, V))


def test_notebook_check_knows_no_such_exercise():
    def sofmax(scores):
        return scores

    assert check(sofmax) is sofmax


def test_strict_mode_raises(monkeypatch):
    monkeypatch.setenv("COURSE_STRICT", "1")
    with pytest.raises(AssertionError, match="not started"):
        check(..., "softmax")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a *word* and **two words**", "a <em>word</em> and <em>two words</em>"),
        ("`x * y` and 2 * 3 * 4", "<code>x * y</code> and 2 * 3 * 4"),
        ("<b>*x*</b> & `<i>`", "&lt;b&gt;<em>x</em>&lt;/b&gt; &amp; <code>&lt;i&gt;</code>"),
    ],
)
def test_a_sentence_is_shown_as_text_with_code_and_italics(said, shown):
    assert rich_text(said) == shown
