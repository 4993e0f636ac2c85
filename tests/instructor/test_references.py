"""Promise: the course's functions are computed for students' code within limits, outside the grader, and no others."""

import os
import resource
import time

import pytest
import torch
from sandboxes import kill

from course_utils.instructor.lessons import taught_before
from course_utils.instructor.sandbox.inside.messages import HEADER_IN, read_message_in
from course_utils.instructor.sandbox.inside.serialization import Broken, Packer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]


@pytest.fixture(scope="module")
def references(sandbox):
    references = sandbox.references()
    references.begin(taught_before("07_transformer_block"))
    return references


def ask(references, name, *args, gradients=None, seconds=10):
    """The reply to a question from inside."""
    packer = Packer()
    packed = {"args": packer.pack(args), "names": [], "named": packer.pack(()), "gradients": packer.pack(gradients)}
    reply = references.answer({"ask": name, **packed}, bytes(packer.numbers), seconds)
    assert len(reply) > HEADER_IN.size
    parts = iter((reply[: HEADER_IN.size], reply[HEADER_IN.size :]))
    return read_message_in(lambda count: next(parts))


def test_what_was_taught_is_computed(references):
    scores = torch.rand(2, 3)
    assert torch.allclose(ask(references, "softmax", scores)["value"], scores.softmax(-1))
    (gradient,) = ask(references, "softmax", scores, gradients=torch.ones(2, 3))["value"]
    assert torch.allclose(gradient, torch.zeros(2, 3), atol=1e-6)


@pytest.mark.parametrize("name", ["layer_norm", "__class__", "call 0", "no_such_thing", 7, None, ["softmax"]], ids=str)
def test_nothing_else_is(references, name):
    with pytest.raises(Broken):
        ask(references, name, torch.rand(2, 3))
    assert ask(references, "causal_mask", 2)["value"].tolist() == [[True, False], [True, True]]  # it goes on


ZEROS = torch.zeros(1)
LONG = torch.zeros(2 * 10**6, 0)
GREEDY = {  # what takes more memory or time than anybody has, in few bytes
    "a long mask": ("causal_mask", [10**6]),
    "a product": ("similarity", [torch.ones(10**6), torch.ones(10**6, 1)]),
    "an outer product": ("attention", [torch.ones(2**20, 1), torch.ones(2**19, 1), torch.ones(2**19, 1)]),
    "steps without numbers": ("run_rnn", [LONG, ZEROS, torch.zeros(0, 1), torch.zeros(1, 1), ZEROS]),
    "many positions": ("sinusoidal_positions", [2**40, 8]),
    "no sense": ("softmax", ["text"]),
}


@pytest.mark.parametrize("case", GREEDY)
def test_who_asks_too_much_is_told(references, case):
    name, args = GREEDY[case]
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    kind, text = ask(references, name, *args, seconds=3)["error"]
    assert kind and text
    assert time.monotonic() - started < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB of the grader's


def test_the_next_submission_pays_for_nothing(references):
    """The limits of the process that serves all may be used up by one."""
    references.server.sandbox.send(b"K")  # as if it had ended
    assert ask(references, "causal_mask", 1)["value"].tolist() == [[True]]
    references.begin(["similarity"])
    with pytest.raises(Broken):
        ask(references, "causal_mask", 1)


def test_what_has_died_since_the_last_submission_is_no_fault_that_the_next_one_meets(references):
    kill(references.sandbox.process)
    references.begin(["causal_mask"])
    assert ask(references, "causal_mask", 1)["value"].tolist() == [[True]]
