"""Promise: SampleView shows what the given function makes of the scores, and writes by dice; wrong input is told."""

import numpy as np
import pytest
import torch
import traitlets

from course_utils.model.sampling import next_probabilities, nucleus
from course_utils.widgets import SampleView, maths
from course_utils.widgets.sample_view import LONGEST

SYMBOLS = ("·", "▷", "□", "a", "b", "c")
START, END = 1, 2
TABLE = torch.randn(6, 6, generator=torch.Generator().manual_seed(3))


def next_scores(symbols):
    return TABLE[symbols[-1]]


def view(compute=next_probabilities, scores=next_scores, text="ab"):
    return SampleView(compute, scores, SYMBOLS, start=START, end=END, text=text)


def test_it_shows_scores_probabilities_and_what_is_kept():
    widget = view()
    widget.temperature, widget.top_k, widget.top_p = 0.7, 4, 0.8
    scores = TABLE[4]
    np.testing.assert_allclose(widget.scores, scores, atol=1e-6)
    np.testing.assert_allclose(widget.heated, next_probabilities(scores, 0.7, None), atol=1e-6)
    kept = nucleus(next_probabilities(scores, 0.7, 4), 0.8)
    np.testing.assert_allclose(widget.probabilities, kept, atol=1e-6)
    assert widget.text == "ab" and "kept" in widget.alt()


def test_all_symbols_may_come_where_top_k_is_their_number():
    asked = []
    view(lambda scores, temperature, top_k: asked.append(top_k) or torch.softmax(scores / temperature, -1))
    assert asked == [None, None]


@pytest.mark.parametrize("top_p", [0.05, 0.3, 0.5, 0.9999, 1.0])
def test_its_own_nucleus_is_the_courses(top_p):
    for seed in range(20):
        probabilities = torch.randn(9, generator=torch.Generator().manual_seed(seed)).softmax(-1)
        ours, theirs = maths.nucleus(probabilities.numpy(), top_p), nucleus(probabilities, top_p)
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_dice_draw_each_symbol_as_often_as_it_should_come():
    shares = np.array([0.0, 0.2, 0.5, 0.3, 0.0])
    drawn = [maths.drawn(shares, (i + 0.5) / 1000) for i in range(1000)]
    assert np.bincount(drawn, minlength=5).tolist() == [0, 200, 500, 300, 0]


def test_dice_write_whole_words_which_stay_until_others_are_thrown():
    widget = view()
    dice = np.random.default_rng(0).random(3 * (LONGEST + 1)).tolist()
    widget.dice = dice
    words = widget.words
    assert len(words) == 3 and all(set(word) <= set("·▷abc…") for word in words)
    widget.temperature = 0.1
    assert widget.words == words and "temperature 1.00" in widget.result["how"]
    widget.dice = dice[::-1]
    assert widget.words != words and "temperature 0.10" in widget.result["how"]


def test_a_text_ends_with_the_end():
    widget = view()
    widget.written = [3, END]
    assert widget.text == "a□"
    with pytest.raises(traitlets.TraitError, match="after the end"):
        widget.written = [END, 3]


@pytest.mark.parametrize(("compute", "said"), [
    (lambda scores, temperature, top_k: scores, "between 0 and 1"),
    (lambda scores, temperature, top_k: torch.full((6,), 0.5), "with the sum 1"),
    (lambda scores, temperature, top_k: torch.tensor([0.5, 0.5]), "shape"),
    (lambda scores, temperature, top_k: 1 / 0, "ZeroDivisionError"),
    (lambda scores, temperature, top_k: torch.full((6,), torch.nan), "NaN"),
])  # fmt: skip
def test_what_is_wrong_with_a_function_is_told(compute, said):
    with pytest.raises(ValueError, match=said):
        view(compute)
    right = [True]
    widget = view(lambda *given: next_probabilities(*given) if right else compute(*given))
    before = widget.probabilities
    right.clear()
    widget.temperature = 2.0
    assert said in widget.problem and np.array_equal(widget.probabilities, before)


@pytest.mark.parametrize(("make", "said"), [
    (lambda: view(scores=None), "next_scores should be a function"),
    (lambda: view(scores=lambda symbols: torch.zeros(3)), "next_scores should have the shape"),
    (lambda: view(text="xyz"), "'x' in text is not one of the symbols"),
    (lambda: view(compute=3), "needs a function"),
])  # fmt: skip
def test_wrong_input_gets_one_sentence(make, said):
    with pytest.raises(ValueError, match=said):
        make()
