"""Promise: DecodeView shows what the given function writes, and what is chosen stays inside what there is."""

import numpy as np
import pytest
import torch
import traitlets
from decoder_drafts import LETTERS, SOUNDS, WRITTEN, answers, draft, encode, then, view

from course_utils.model.decoding import watch
from course_utils.model.transformer import Transformer

EVIL = "<img src=x onerror=hurt()>"
CLOSE = {"rtol": 0, "atol": 1e-6}


@pytest.mark.parametrize("width", [1, 4])
def test_numbers_read_back_are_those_of_a_transformer(width):
    torch.manual_seed(0)
    model = Transformer(len(LETTERS), len(SOUNDS), 8, 2, 16, 3).eval()

    def spell(text, width):
        return watch(model, torch.tensor(encode(text)), 0, 1, 5, width)

    widget = view(spell)
    widget.width = width
    traces = spell("bad", width)
    assert len(widget.result["drafts"]) == len(traces) == width
    for number, trace in enumerate(traces):
        widget.draft = number
        assert widget.written == [SOUNDS[symbol] for symbol in trace.written]
        np.testing.assert_allclose(widget.probabilities, trace.probabilities, **CLOSE)
        np.testing.assert_allclose(widget.weights, trace.weights, **CLOSE)
        assert widget.weights.shape[:2] == (3, 2)
        assert widget.log_probability == pytest.approx(trace.log_probability, abs=1e-6)


def test_names_stand_for_the_integers():
    widget = view(answers())
    assert widget.source == ["b", "a", "d", "<end>"]
    assert widget.written == ["B", "A", "<end>"]
    assert (widget.text, widget.width, widget.start, widget.problem) == ("bad", 1, "<start>", "")


def test_another_text_and_another_width_are_written_anew():
    widget = view()
    widget.step, widget.layer, widget.head = 1, 1, 2
    widget.text = " cab "
    assert widget.source == ["c", "a", "b", "<end>"], "without the blanks round it"
    assert (widget.step, widget.layer, widget.head) == (0, 1, 2), "from the first step, at the same head"
    widget.width = 4
    assert [len(one["written"]) for one in widget.result["drafts"]] == [5, 4, 3, 2]
    assert (widget.result["text"], widget.result["width"]) == ("cab", 4)


def test_numbers_may_come_as_arrays_and_lists():
    given = draft(source=np.array(encode("bad")), written=torch.tensor(WRITTEN), log_probability=torch.tensor(-0.25))
    given.probabilities, given.weights = given.probabilities.tolist(), given.weights.double().numpy()
    widget = view(lambda text, width: (given,))
    np.testing.assert_allclose(widget.probabilities, given.probabilities, **CLOSE)
    np.testing.assert_allclose(widget.weights, given.weights, **CLOSE)
    assert widget.log_probability == -0.25 and widget.written == ["B", "A", "<end>"]


def test_a_shorter_draft_keeps_the_step_inside():
    widget = view()
    widget.width = 4
    widget.step = 4
    widget.draft = 2
    assert widget.step == 2 and len(widget.written) == 3
    widget.step = 1
    widget.draft = 0
    assert widget.step == 1


def test_fewer_drafts_are_seen_from_the_first():
    widget = view()
    widget.width = 4
    widget.draft = 3
    widget.width = 1
    assert (widget.draft, widget.problem, len(widget.written)) == (0, "", 2)


def test_fewer_layers_and_heads_keep_the_place_inside():
    small = torch.ones(1, 2, 3, 4)
    widget, _ = then(lambda text, width: [draft(text, weights=small)])
    widget.layer, widget.head = 1, 2
    widget.text = "add"
    assert (widget.layer, widget.head, widget.problem) == (0, 1, "")


@pytest.mark.parametrize(
    "name, value, sentence",
    [
        ("width", 2, r"width should be one of \[1, 4\], yours is 2"),
        ("draft", 1, "draft should be from 0 to 0, yours is 1"),
        ("step", 2, "step should be from 0 to 1, yours is 2"),
        ("step", -1, "step should be from 0 to 1, yours is -1"),
        ("layer", 2, "layer should be from 0 to 1, yours is 2"),
        ("head", 3, "head should be from 0 to 2, yours is 3"),
    ],
)
def test_out_of_range_is_refused(name, value, sentence):
    widget = view()
    before = getattr(widget, name)
    with pytest.raises(traitlets.TraitError, match=sentence):
        setattr(widget, name, value)
    assert getattr(widget, name) == before


@pytest.mark.parametrize("name", ["width", "draft", "step", "layer", "head"])
def test_a_text_for_a_number_is_refused(name):
    with pytest.raises(traitlets.TraitError, match=name):
        setattr(view(), name, "one")


def test_names_are_sent_as_text_in_one_line():
    widget = view(target_symbols=[*SOUNDS[:2], EVIL, "two\nlines", "\ud800", "long" * 20])
    assert widget.written[0] == EVIL and widget.target_symbols[3:5] == ["two·lines", "·"]
    assert len(widget.target_symbols[5]) == 40
    assert EVIL in repr(widget) and widget._repr_mimebundle_()[0]["image/png"]


def test_repr_is_short_and_stays_what_it_was():
    widget = view(answers())
    assert repr(widget) == repr(view(answers())) == "DecodeView(text='bad', written='B A <end>', width=1)"
    widget.text = ""
    assert repr(widget) == "DecodeView(text='bad', written='B A <end>', width=1)", "what is shown, not what was typed"


def test_picture_is_the_chosen_layer():
    widget = view(answers())
    widget.layer = 1
    figure = widget.picture()
    panels = [axes for axes in figure.axes if axes.get_title()]
    assert [axes.get_title() for axes in panels] == ["layer 1, head 0", "layer 1, head 1", "layer 1, head 2"]
    np.testing.assert_allclose(panels[2].images[0].get_array(), widget.weights[1, 2], **CLOSE)
    assert [label.get_text() for label in panels[0].get_yticklabels()] == widget.written
    bundle = widget._repr_mimebundle_()[0]
    assert bundle["image/png"] and bundle["text/plain"] == repr(widget)
