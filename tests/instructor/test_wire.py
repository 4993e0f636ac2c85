"""Promise: out of the sandbox come plain values, of limited size however a message is written."""

import io
import json
import pickle
import threading

import pytest
import torch

from course_utils.instructor.sandbox.inside.messages import HEADER, HEADER_IN, message_in, read_message_out
from course_utils.instructor.sandbox.inside.serialization import Broken, Packer, TooMuch, unpack

VALUES = [None, True, 7, -2.5, float("inf"), "text", [1, (2.0, "x")], torch.rand(2, 0, 3), torch.tensor([True]), 2**70]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_values_come_out_as_they_are(value):
    packer = Packer()
    form = json.loads(json.dumps(packer.pack(value)))
    back = unpack(form, packer.numbers)
    assert torch.equal(back, value) if isinstance(value, torch.Tensor) else back == value


@pytest.mark.parametrize("value", [object(), threading.Lock, {"a": 1}, 1j], ids=["object", "class", "dict", "complex"])
def test_what_is_no_value_comes_out_as_the_name_of_its_type(value):
    assert repr(unpack(Packer().pack(value), b"")) == f"<{type(value).__name__}>"


TENSORS = {
    "transposed": torch.rand(2, 3, 4).transpose(0, 2),
    "every second": torch.rand(3, 4)[:, ::2],
    "expanded": torch.rand(3, 4).expand(2, 3, 4),
    "empty": torch.zeros(0, 3),
    "one number": torch.tensor(3),
    "half": torch.rand(2).bfloat16(),
    "with gradient": torch.rand(2, requires_grad=True),
    "true or false": torch.tensor([[True, False, True], [False, False, True]]).mT,
}


@pytest.mark.parametrize("name", TENSORS)
def test_a_tensor_goes_in_as_it_is(name):
    tensor = TENSORS[name]
    back, again = pickle.loads(message_in({"both": (tensor, tensor)})[HEADER_IN.size :])["both"]
    assert torch.equal(back, tensor) and back is again
    for what in ("dtype", "requires_grad", "shape"):
        assert getattr(back, what) == getattr(tensor, what)
    assert back.stride() == tensor.stride()


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
        {"is": 10**4000},
        {"is": [1]},
        {"float": []},
        {"float": "1" * 100},
        {"text": ["x"]},
        {"text": "x" * 10**6},
        {"opaque": 7},
        {"tensor": ["f4", [10**6], 0]},
        {"tensor": ["f4", [-1], 0]},
        {"tensor": ["f4", [True], 0]},
        {"tensor": ["f4", [1], 1]},
        {"tensor": ["O", [1], 0]},
        {"tensor": ["f4", [0, 10**9], 0]},
        {"array": ["f4", [2**40, 2**40], 0]},
        {"array": ["f4", [1] * 33, 0]},
        {"list": 3},
        {"list": [{"is": 1}], "tuple": []},
    ],
    ids=lambda form: str(form)[:40],
)
def test_nonsense_is_refused(form):
    with pytest.raises(Broken):
        unpack(form, bytearray(b"12345678"))


def pieces(value, count):
    return {"list": [value] * count}


@pytest.mark.parametrize(
    "form",
    [
        pieces({"tensor": ["b1", [2**20], 0]}, 3),
        pieces({"tensor": ["b1", [2**16, 0], 0]}, 40),
        pieces({"tensor": ["b1", [], 0]}, 6000),
        pieces({"is": None}, 30_000),
        pieces({"opaque": "X"}, 300),
        pieces(pieces({"text": "x" * 900}, 100), 10),
    ],
    ids=["one tensor again and again", "empty tensors", "0-d tensors", "entries", "types", "texts"],
)
def test_what_is_named_again_and_again_is_counted_again_and_again(form):
    with pytest.raises(Broken):
        unpack(form, bytearray(2**20))


def test_numbers_are_not_copied():
    numbers = bytearray(800)
    value = unpack({"tensor": ["f8", [100], 0]}, numbers)
    numbers[0:8] = torch.tensor([3.0], dtype=torch.float64).numpy().tobytes()
    assert value[0] == 3


def message(text):
    return HEADER.pack(len(text), 0) + text


NO_MESSAGES = [b"\xff" * 64, *map(message, [b"null", b"{]}", b"[" * 10**5, b'{"tries": [' + b"[]," * 10**6 + b"[]]}"])]


@pytest.mark.parametrize("data", NO_MESSAGES, ids=["long", "null", "no JSON", "deep", "many"])
def test_a_message_that_is_none_is_refused(data):
    with pytest.raises(Broken):
        read_message_out(io.BytesIO(data).read)
