"""Promise: out of the sandbox come plain values of limited size; the grader computes for it only what was taught."""

import json
import threading

import pytest
import torch

from course_utils.instructor.helpers import Helpers
from course_utils.instructor.inside.wire import HEADER, Broken, Packer, TooMuch, read_message_out, unpack
from course_utils.instructor.lessons import taught_before

VALUES = [None, True, 7, -2.5, float("inf"), "text", [1, (2.0, "x")], torch.rand(2, 0, 3), torch.tensor([True]), 2**70]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_come_out_as_they_are(value):
    packer = Packer()
    form = json.loads(json.dumps(packer.pack(value)))
    back = unpack(form, bytes(packer.numbers))
    assert torch.equal(back, value) if isinstance(value, torch.Tensor) else back == value


@pytest.mark.parametrize("value", [object(), threading.Lock, {"a": 1}, 1j], ids=["object", "class", "dict", "complex"])
def test_what_is_no_value_comes_out_as_the_name_of_its_type(value):
    assert repr(unpack(Packer().pack(value), b"")) == f"<{type(value).__name__}>"


def nested(depth):
    return [nested(depth - 1)] if depth else []


@pytest.mark.parametrize("value", [nested(50), [0] * 10**5, torch.zeros(10**7)], ids=["deep", "long", "large"])
def test_more_than_an_answer_can_hold_stays_inside(value):
    with pytest.raises(TooMuch):
        Packer().pack(value)


@pytest.mark.parametrize(
    "form",
    [
        None,
        {},
        {"exec": "1"},
        {"is": "True"},
        {"float": []},
        {"tensor": ["f4", [10**6], 0]},
        {"tensor": ["f4", [-1], 0]},
        {"tensor": ["O", [1], 0]},
        {"array": ["f4", [2**40, 2**40], 0]},
        {"list": 3},
    ],
    ids=str,
)
def test_nonsense_is_refused(form):
    with pytest.raises(Broken):
        unpack(form, b"1234")


@pytest.mark.parametrize("data", [b"\xff" * 64, HEADER.pack(4, 0) + b"null", HEADER.pack(3, 0) + b"{]}"])
def test_a_message_that_is_none_is_refused(data):
    left = bytearray(data)

    def read(count):
        piece = bytes(left[:count])
        del left[:count]
        return piece

    with pytest.raises(Broken):
        read_message_out(read)


def ask(helpers, name, *args):
    """The reply to a question from inside."""
    packer = Packer()
    packed = {"args": packer.pack(args), "names": [], "named": packer.pack(()), "gradients": packer.pack(None)}
    return helpers.answer({"ask": name, **packed}, bytes(packer.numbers))


@pytest.fixture
def helpers():
    helpers = Helpers()
    helpers.functions = dict(taught_before("06_rnn_comparison"))
    return helpers


def test_the_grader_computes_what_was_taught_and_nothing_else(helpers):
    scores = torch.rand(2, 3)
    assert torch.allclose(ask(helpers, "softmax", scores)["value"], scores.softmax(-1))
    with pytest.raises(Broken):
        ask(helpers, "rnn_step", scores)
    with pytest.raises(Broken):
        ask(helpers, "__class__", scores)


@pytest.mark.parametrize(
    ("name", "args"),
    [("causal_mask", [10**6]), ("softmax", ["text"]), ("similarity", [torch.ones(10**6), torch.ones(10**6, 1)])],
)
def test_a_question_that_is_too_large_or_makes_no_sense_is_an_error_for_the_student(helpers, name, args):
    kind, text = ask(helpers, name, *args)["error"]
    assert kind and text
