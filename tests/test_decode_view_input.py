"""Promise: whatever is typed into DecodeView or handed to it, what is wrong gets one sentence and the picture stays."""

import pytest
import torch
from decoder_drafts import LETTERS, answers, draft, then, view, write


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "type at least one letter."),
        (" \t\n", "type at least one letter."),
        ("a" * 25, "that is 25 characters; this picture has room for 24."),
        ("bxd", "'x' is not one of a b c d e."),
        ("<b>", "'<' is not one of a b c d e."),
        ("ä\ud800", "'ä' is not one of a b c d e."),
    ],
)
def test_a_bad_text_is_told_and_the_picture_kept(text, sentence):
    widget, before = then(write)
    widget.text = text
    assert widget.problem == sentence and widget.result == before
    widget.text = "add"
    assert widget.problem == "" and widget.result["text"] == "add"


def test_the_longest_text_is_shown():
    assert len(view(text="a" * 24).source) == 25


def raises(text, width):
    raise KeyError("scores")


ROWS, WEIGHTS = torch.ones(3, 6) / 6, torch.ones(2, 3, 3, 4) / 4


@pytest.mark.parametrize(
    "later, sentence",
    [
        (raises, "raised KeyError: 'scores'"),
        (lambda text: [], "takes 1 positional argument but 2 were given"),
        (lambda text, width: None, "should give back a list of 1 to 12 drafts"),
        (lambda text, width: [], "should give back a list of 1 to 12 drafts"),
        (lambda text, width: [draft(text)] * 13, "should give back a list of 1 to 12 drafts"),
        (lambda text, width: draft(text), "should give back a list of 1 to 12 drafts"),
        (lambda text, width: [None], "lacks something"),
        (lambda text, width: ["B A"], "lacks something"),
        (lambda text, width: [draft(text), draft("dad")], "should be of one input"),
        (lambda text, width: [draft(text), draft("deed")], "should be of one input"),
        (answers(source=3), "source should be a list of integers, yours is '3'"),
        (answers(source=[]), "source has 0 symbols; 1 to 40 can be shown"),
        (answers(source=[1] * 41), "source has 41 symbols; 1 to 40 can be shown"),
        (answers(source=[1, 2, 6, 0]), "source should hold integers from 0 to 5, yours are [1, 2, 6, 0]"),
        (answers(written="B A"), "written should be a list of integers, yours is 'B A'"),
        (answers(written=[]), "written has 0 symbols"),
        (answers(written=[2] * 41), "written has 41 symbols; 1 to 40 can be shown"),
        (answers(written=[2, -1, 1]), "written should hold integers from 0 to 5, yours are [2, -1, 1]"),
        (answers(written=[2, torch.inf, 1]), "written should be a list of integers"),
        (answers(probabilities=ROWS[:2]), "probabilities should have the shape (3, 6), yours is (2, 6)"),
        (answers(probabilities=ROWS.T), "probabilities should have the shape (3, 6), yours is (6, 3)"),
        (answers(probabilities=ROWS * torch.nan), "probabilities has NaN or infinity in 18 of 18 places"),
        (answers(probabilities=ROWS.log()), "probabilities should lie between 0 and 1, yours go from -1.79 to -1.79"),
        (answers(probabilities="many"), "probabilities should be a matrix of numbers, yours is 'many'"),
        (answers(weights=WEIGHTS[0]), "weights should have the shape (any, any, 3, 4), yours is (3, 3, 4)"),
        (answers(weights=WEIGHTS.mT), "weights should have the shape (any, any, 3, 4), yours is (2, 3, 4, 3)"),
        (answers(weights=WEIGHTS * torch.inf), "weights has NaN or infinity in 72 of 72 places"),
        (answers(weights=WEIGHTS * 8), "weights should lie between 0 and 1, yours go from 2 to 2"),
        (answers(weights=torch.ones(7, 7, 3, 4) / 4), "7 layers of 7 heads are more than 48 heads"),
        (answers(log_probability=None), "log_probability"),
        (answers(log_probability=[-1.0, -2.0]), "log_probability should be one number, 0 or below"),
        (answers(log_probability=0.5), "log_probability should be one number, 0 or below, yours is 0.5"),
        (answers(log_probability=torch.nan), "log_probability has NaN"),
    ],
)
def test_a_failing_function_is_told_and_the_picture_kept(later, sentence):
    widget, before = then(later, first=answers())
    widget.step = 1
    widget.text = "add"
    assert sentence in widget.problem and "\n" not in widget.problem and len(widget.problem) <= 200
    assert widget.result == before and widget.step == 1 and widget.source == ["b", "a", "d", "<end>"]


def test_after_a_failure_it_goes_on():
    def moody(text, width):
        return raises(text, width) if text == "dad" else write(text, width)

    widget = view(moody)
    widget.text = "dad"
    assert widget.problem == "moody raised KeyError: 'scores'"
    widget.text = "add"
    assert widget.problem == "" and widget.source == ["a", "d", "d", "<end>"]


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"text": ""}, "type at least one letter"),
        ({"text": "fee"}, "'f' is not one of a b c d e"),
        ({"write": raises}, "raises raised KeyError: 'scores'"),
        ({"write": None}, "DecodeView needs a function, yours is 'None'."),
        ({"source_symbols": LETTERS[:3]}, "source should hold integers from 0 to 2, yours are"),
        ({"source_symbols": []}, "source_symbols is empty"),
        ({"source_symbols": None}, "source_symbols is empty"),
        ({"target_symbols": 6}, "target_symbols should be a sentence or a list of words, yours is '6'"),
        ({"target_symbols": map(str, range(65))}, "target_symbols has 65 words; this picture has room for 64"),
        ({"widths": ()}, "widths should be a list of whole numbers from 1"),
        ({"widths": (0, 4)}, "widths should be a list of whole numbers from 1"),
        ({"widths": 4}, "widths should be a list of whole numbers from 1, yours is 4"),
        ({"widths": "14"}, "widths should be a list of whole numbers from 1"),
    ],
)
def test_bad_arguments_get_one_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        view(**change)
