"""Promise: HeadsMap shows what the given function says of any sentence; what cannot be shown gets one sentence."""

import re

import numpy as np
import pytest
import torch
import traitlets

from course_utils.minilm import stored_maps
from course_utils.widgets import HeadsMap

MAPS = stored_maps()
CAT = "the cat sat on the bank of the river"


def by_letters(text):
    """A model of 2 layers of 3 heads that has a token for each word, and [CLS] in front."""
    tokens = ["[CLS]", *text.split()]
    scores = torch.randn(2, 3, len(tokens), len(tokens), generator=torch.Generator().manual_seed(len(text)))
    return tokens, torch.softmax(scores, -1)


def view(compute=by_letters, sentences=(CAT,), **options):
    return HeadsMap(compute, sentences, **options)


def test_weights_and_tokens_are_the_functions_own():
    widget = view()
    for text in (CAT, "a", "one two three"):
        widget.sentence = text
        tokens, weights = by_letters(text)
        assert widget.tokens == tokens and widget.problem == ""
        np.testing.assert_allclose(widget.weights, weights, atol=1e-6)


def test_the_stored_sentences_can_be_chosen_and_no_others():
    widget = HeadsMap(lambda text: MAPS[text], list(MAPS), own=False)
    for text, (tokens, weights) in MAPS.items():
        widget.sentence = text
        assert widget.tokens == tokens
        np.testing.assert_allclose(widget.weights, weights, atol=1e-6)
    with pytest.raises(traitlets.TraitError, match="sentence should be one of these 8; others are not stored"):
        widget.sentence = "another one"


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "Type at least one word."),
        (" \t ", "Type at least one word."),
        ("word " * 600, "The sentence has 3000 characters; this picture has room for 400."),
        ("a " * 60, "The sentence has 61 pieces; this picture has room for 32."),
    ],
)
def test_what_cannot_be_shown_gets_one_sentence_and_the_picture_stays(text, said):
    widget = view()
    before = widget.result
    widget.sentence = text
    assert widget.problem == said and widget.result == before
    widget.sentence = "one two"
    assert widget.problem == "" and len(widget.tokens) == 3


ODD = ["🙂 👩\u200d👩 🙃", "我 喜欢 学习", "<b>x</b> <script>alert(1)</script>", "x\ud800y \x00z", "a" * 399]


@pytest.mark.parametrize("text", ODD, ids=["emoji", "Chinese", "HTML", "halves", "long"])
def test_odd_sentences_give_a_picture(text):
    widget = view()
    widget.sentence = text
    assert widget.problem == "" and len(widget.tokens) == len(text.split()) + 1
    assert all(token.replace("\u200d", "").isprintable() for token in widget.tokens)
    assert widget._repr_mimebundle_()[0]["image/png"]


def raises(text):
    raise KeyError("sentence")


@pytest.mark.parametrize(
    "compute, said",
    [
        (raises, "raises raised KeyError: 'sentence'"),
        (lambda text: None, "should give back two results, tokens and weights"),
        (lambda text: (["a"], torch.ones(2, 3, 2, 2) / 2), r"weights should have the shape \(2, 3, 1, 1\)"),
        (lambda text: (["a"], torch.ones(4, 3, 1, 1)), r"weights should have the shape \(2, 3, 1, 1\)"),
        (lambda text: (["a"], torch.full((2, 3, 1, 1), 3.0)), "between 0 and 1"),
        (lambda text: (["a"], torch.full((2, 3, 1, 1), torch.nan)), "has NaN"),
        (lambda text: ([], torch.ones(2, 3, 0, 0)), "tokens is empty"),
    ],
)
def test_a_failing_function_is_told(compute, said):
    works = [True]

    def sometimes(text):
        return by_letters(text) if works[0] else compute(text)

    sometimes.__name__ = compute.__name__
    widget = view(sometimes)
    works[0] = False
    widget.sentence = "other words"
    assert widget.problem and re.search(said, widget.problem)


@pytest.mark.parametrize(
    "arguments, said",
    [
        ({"compute": None}, "needs a function"),
        ({"sentences": ()}, "one or more texts"),
        ({"sentences": ("", "a")}, "one or more texts"),
        ({"layer": 2}, "layer should be from 0 to 1, yours is 2"),
        ({"head": 3}, "head should be from 0 to 2, yours is 3"),
        ({"compute": lambda text: (["a"], torch.ones(13, 3, 1, 1))}, "room for 12 layers of 16 heads"),
    ],
)
def test_a_wrong_start_gets_one_sentence(arguments, said):
    with pytest.raises(ValueError, match=said):
        view(**arguments)


def test_repr_picture_and_words_for_it():
    widget = view(layer=1, head=2)
    assert repr(widget) == "HeadsMap(layers=2, heads=3, tokens=10)"
    titles = [axes.get_title() for axes in widget.picture().axes]
    assert titles[:2] == ["every head", "layer 1, head 2"]
    assert "2 layers of 3 heads" in widget.alt() and "“cat” at “" in widget.alt()
