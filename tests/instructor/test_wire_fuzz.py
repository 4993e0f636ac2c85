"""Promise: no message out of the sandbox, however it is made up, does more than be refused or be read within bounds."""

import json
import math
import resource

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from course_utils.exercises import exercise
from course_utils.exercises.engine.diagnosis import judge
from course_utils.instructor.sandbox import replies
from course_utils.instructor.sandbox.failures import Lost
from course_utils.instructor.sandbox.inside.messages import HEADER, message_out, read_message_out
from course_utils.instructor.sandbox.inside.serialization import MOST_NUMBERS, Broken, Opaque, Packer, Unpacker

FUZZ = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ODD_SIZES = [-1, 2**20, 2**21, 2**31, 2**63, 10**30, 1.5, True, None, "2"]
SIZES = some.one_of(some.integers(0, 6), some.sampled_from(ODD_SIZES))
PLAIN = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(), some.text(max_size=20), some.just("\ud800"),
    some.sampled_from([10**400, "1" * 10**4, "inf", "nan", "0x10", "１", "x" * 2000]),
)  # fmt: skip
JSON = some.recursive(
    PLAIN, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=5), inner, max_size=3)
)
NUMBERS = some.tuples(
    some.sampled_from(["f4", "f8", "i8", "b1", "O", "c16", "<f4", 7]),
    some.lists(SIZES, max_size=40) | some.lists(some.integers(0, 3), max_size=4),
    some.sampled_from([0, 0, 0, 8, 4, -8, 10**9]) | SIZES,
).map(list)
PLAIN_KINDS = ["float", "text", "is", "opaque", "set", "x"]
FORMS = some.recursive(
    some.one_of(
        some.dictionaries(some.sampled_from(PLAIN_KINDS), PLAIN, min_size=1, max_size=1),
        some.dictionaries(some.sampled_from(["tensor", "array"]), NUMBERS, min_size=1, max_size=1),
        JSON,
    ),
    lambda inner: some.builds(
        lambda kind, parts, times: {kind: parts * times},
        some.sampled_from(["list", "tuple"]), some.lists(inner, max_size=4), some.sampled_from([1, 1, 1, 50]),
    ),
)  # fmt: skip
TRIES = some.dictionaries(
    some.sampled_from(["line", "first_bad", "changed", "library", "time_up", "error", "value"]), FORMS | JSON
)
ASKED = ["attention", "causal_mask", "padding_mask", "greedy_decode", "edit_distance", "split_heads", "finds_leak"]


def parts_of(value):
    if isinstance(value, (list, tuple)):
        return [part for inner in value for part in parts_of(inner)]
    return [value]


@FUZZ
@given(FORMS)
def test_a_form_is_read_or_refused(form):
    try:
        value = Unpacker(bytearray(256)).unpack(form)
    except Broken:
        return
    parts = parts_of(value)
    arrays = [part for part in parts if isinstance(part, (torch.Tensor, np.ndarray))]
    assert sum(math.prod(max(size, 1) for size in array.shape) for array in arrays) <= MOST_NUMBERS
    others = [part for part in parts if not isinstance(part, (torch.Tensor, np.ndarray))]
    assert all(isinstance(part, (type(None), bool, int, float, str, Opaque)) for part in others)
    assert all(abs(part) <= 2**63 for part in others if type(part) is int)


def from_bytes(data):
    """As the grader reads what comes out; when nothing more comes, the child is lost."""
    left = bytearray(data)

    def read(count):
        if count > len(left):
            raise Lost("nothing more comes")
        piece = left[:count]
        del left[:count]
        return piece

    return read


@FUZZ
@given(some.binary(max_size=200), some.integers(0, 2**32 - 1), some.integers(0, 2**32 - 1), some.booleans())
def test_bytes_are_a_message_or_none(data, n_text, n_numbers, honest):
    head = HEADER.pack(len(data), 0) if honest else HEADER.pack(n_text, n_numbers)
    try:
        content, _ = read_message_out(from_bytes(head + data))
    except (Broken, Lost):
        return
    assert isinstance(content, dict)


@pytest.mark.slow
@FUZZ
@given(some.sampled_from(ASKED), some.lists(TRIES, min_size=1, max_size=3), JSON)
def test_whatever_is_claimed_the_grader_judges_it(name, claimed, other):
    asked = exercise(name)
    cases = asked.cases(3)
    claimed = [claimed[number % len(claimed)] for number in range(len(cases))]
    for told in (claimed, other):
        try:
            tries = replies.tries(told, bytearray(256), len(asked.parameters), len(cases))
        except Broken:
            continue
        status, message, _ = judge(asked, cases, tries)
        assert status == "fail" and isinstance(message, str)


@FUZZ
@given(some.sampled_from(["score_spread", "softmax_shift", "path_length"]), FORMS)
def test_so_are_numbers_and_letters(name, form):
    try:
        value = Unpacker(bytearray(256)).unpack(form)
    except Broken:
        return
    assert exercise(name).check(value, 0).status in ("todo", "pass", "fail")


KINDS = ["f4", "f8", "i8", "b1"]
VALUES = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-(2**63), 2**63), some.floats(), some.text(max_size=30)),
    lambda inner: some.lists(inner, max_size=4) | some.lists(inner, max_size=4).map(tuple),
    max_leaves=20,
)


@FUZZ
@given(VALUES)
def test_an_honest_value_comes_out_as_it_is(value):
    packer = Packer()
    data = message_out({"value": packer.pack(value)}, packer.numbers)
    content, numbers = read_message_out(from_bytes(data))
    assert repr(Unpacker(numbers).unpack(content["value"])) == repr(value)


@FUZZ
@given(some.lists(some.tuples(some.sampled_from(KINDS), some.lists(some.integers(0, 4), max_size=4))))
def test_so_do_numbers_of_all_kinds_and_shapes_together(kinds):
    packer = Packer()
    values = [np.arange(math.prod(shape)).reshape(shape).astype(kind) for kind, shape in kinds]
    form = packer.pack([torch.from_numpy(value) for value in values])
    back = Unpacker(packer.numbers).unpack(json.loads(json.dumps(form)))
    assert all(np.array_equal(ours.numpy(), value) for ours, value in zip(back, values))


@pytest.fixture(autouse=True, scope="module")
def little_memory():
    """All of this together."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB
