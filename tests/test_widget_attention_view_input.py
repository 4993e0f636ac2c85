"""Promise: whatever AttentionView is given, it shows it or says in one sentence what is wrong."""

import numpy as np
import pytest
import torch

from course_utils.model.attention import attention
from course_utils.widgets import AttentionView

WORDS = ["the", "cat", "sat"]
generator = torch.Generator().manual_seed(0)
Q, K, V = (torch.randn(2, rows, width, generator=generator) for rows, width in [(3, 5), (4, 5), (4, 6)])
SQUARE_K, SQUARE_V = K[:, :3], V[:, :3]


def no_weights(Q, K, V):
    return Q @ K.transpose(-2, -1)


def nothing(Q, K, V):
    pass


def misspelt(Q, K, V):
    return Q @ k.T  # noqa: F821  the learner's mistake


def transposed(Q, K, V):
    out, weights = attention(Q, K, V)
    return out, weights.transpose(-2, -1)


def not_a_number(Q, K, V):
    out, weights = attention(Q, K, V)
    return out, weights * torch.nan


def no_softmax(Q, K, V):
    return V, Q @ K.transpose(-2, -1)


WRONG = {
    no_weights: "no_weights should give back two results, out and weights.",
    nothing: "nothing should give back two results, out and weights.",
    misspelt: "misspelt raised NameError: name 'k' is not defined",
    transposed: "transposed: weights should have the shape (2, 3, 4), yours is (2, 4, 3).",
    not_a_number: "not_a_number: weights has NaN or infinity in 24 of 24 places.",
    no_softmax: "no_softmax: weights should lie between 0 and 1, yours go from",
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_wrong_function_is_told_and_the_last_picture_stays(wrong):
    goes_wrong = []

    def compute(Q, K, V):
        return (wrong if goes_wrong else attention)(Q, K, V)

    compute.__name__ = wrong.__name__
    view = AttentionView(Q, K, V, compute=compute)
    before, sent = view.weights, view.result
    goes_wrong.append(True)
    view.temperature = 3.0
    assert view.problem.startswith(WRONG[wrong])
    np.testing.assert_array_equal(view.weights, before)
    assert view.result == sent
    goes_wrong.clear()
    view.temperature = 4.0
    assert view.problem == ""


def test_function_that_is_wrong_from_the_start_still_gives_a_widget():
    view = AttentionView(Q[0], K[0], V[0], compute=transposed)
    assert view.problem == "transposed: weights should have the shape (3, 4), yours is (4, 3)."
    assert view.weights.max() == 0


BAD = {
    "nothing": (dict(), "needs Q and K, or weights"),
    "K alone": (dict(K=K), "needs Q and K, or weights"),
    "K of the wrong width": (dict(Q=Q, K=V), "each key should have d_k = 5 numbers, as each query has; yours has 6."),
    "heads differ": (dict(Q=Q, K=K[:1]), "Q has 2 heads and K has 1"),
    "NaN": (dict(Q=Q * torch.nan, K=K), "Q has NaN or infinity in 30 of 30 places"),
    "a vector": (dict(Q=Q[0, 0], K=K[0]), "Q should have the shape"),
    "four axes": (dict(Q=Q[None], K=K[None]), "Q should have two axes, or three with heads first"),
    "a word in a matrix": (dict(Q=[["a", "b"]], K=K[0]), "Q should be a matrix of numbers"),
    "a ragged list": (dict(Q=[[1, 2], [3]], K=K[0]), "Q should be a matrix of numbers"),
    "empty": (dict(Q=Q[:, :0], K=K), "Q is empty"),
    "too many heads": (dict(Q=torch.ones(65, 3, 5), K=torch.ones(65, 4, 5)), "65 heads; this picture has room for 64"),
    "weights above 1": (dict(weights=[[0.5, 1.5]]), "weights should lie between 0 and 1, yours go from 0.5 to 1.5."),
    "weights of NaN": (dict(weights=[[np.nan]]), "weights has NaN"),
    "empty sentence": (dict(Q=Q, K=SQUARE_K, tokens=""), "tokens is empty: give at least one word."),
    "500 words": (dict(Q=Q, K=SQUARE_K, tokens="word " * 500), "has 500 words; this picture has room for 64."),
    "500 rows": (dict(weights=torch.eye(500)), "has 500 words; this picture has room for 64."),
    "two words for three": (dict(Q=Q, K=SQUARE_K, tokens="the cat"), "tokens has 2 words, but there are 3 rows"),
    "no words for the keys": (dict(Q=Q, K=K, tokens=WORDS), "give key_tokens as well as tokens"),
    "wrong words for the keys": (dict(Q=Q, K=K, tokens=WORDS, key_tokens=WORDS), "key_tokens has 3 words"),
    "tokens a number": (dict(Q=Q, K=K, tokens=7, key_tokens=7), "tokens should be a sentence or a list of words"),
    "no V": (dict(Q=Q, K=K, compute=attention), "compute needs V as well"),
    "V of the wrong length": (dict(Q=Q, K=K, V=SQUARE_V, compute=attention), "V should have the shape (..., 4, any)"),
    "no function": (dict(Q=Q, K=K, V=V, compute="soft"), "compute should be a function of Q, K and V, yours is"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_sentence(name):
    arguments, sentence = BAD[name]
    with pytest.raises(ValueError) as told:
        AttentionView(**arguments)
    assert sentence in str(told.value) and "\n" not in str(told.value)


TOKENS = ["😀", "👩‍👩‍👧", "<img src=x onerror=alert(1)>", "$\\bad{$", "", "naïve", 7, "猫", "שלום"]


@pytest.mark.parametrize("token", TOKENS)
def test_any_word_is_shown_as_it_is(token):
    view = AttentionView(Q, SQUARE_K, tokens=["a", token, "b"])
    assert view.tokens == view.key_tokens == ["a", str(token), "b"]
    view.head = 0
    assert view._repr_mimebundle_()[0]["image/png"]
