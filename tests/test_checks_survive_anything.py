"""Promise: whatever is handed in, a check comes back in time with one sentence, and raises nothing."""

import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_results import DEEDS, ERRORS, VALUES, raises

from course_utils.exercises import check, engine, exercise, names
from course_utils.exercises.engine import Choice, Prediction

ASKED = ("softmax", "attention", "edit_distance", "greedy_decode", "causal_mask", "packed_mask", "training_step")
QUESTIONS = [name for name in names() if isinstance(exercise(name), (Choice, Prediction))]
SECONDS = 2  # for a function, all its cases together
AT_MOST = 15  # seconds of CPU for a check, with what it says of a wrong answer
MADE = st.sampled_from(VALUES)


@st.composite
def several(draw):
    """A list or a tuple of a few."""
    kind, makes = draw(st.sampled_from((list, tuple))), draw(st.lists(MADE, max_size=3))
    return lambda: kind(make() for make in makes)


@pytest.fixture(autouse=True)
def short_limit(monkeypatch):
    monkeypatch.setattr(engine.exercise, "SECONDS_PER_CHECK", SECONDS)
    yield
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    np.seterr(all="warn")


def said(name, answer):
    """What a check says of what is no right answer."""
    started = time.process_time()
    result = exercise(name).check(answer)
    assert time.process_time() - started < AT_MOST
    assert result.status in ("fail", "todo") and len(result.message.splitlines()) == 1 and len(result.message) < 1000
    return result.message


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ASKED), MADE | several())
def test_any_result(name, make):
    said(name, lambda *given: make())


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ASKED), st.sampled_from(ERRORS), st.lists(st.text(max_size=5) | st.integers(), max_size=2))
def test_any_error(name, error, args):
    said(name, raises(error, *args))


@pytest.mark.parametrize("name", ("attention", "training_step"))
@pytest.mark.parametrize("deed", DEEDS, ids=range(len(DEEDS)))
def test_any_deed(name, deed):
    said(name, deed)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from((*QUESTIONS, *ASKED)), MADE)
def test_any_answer_to_a_question(name, make):
    result = exercise(name).check(make())
    assert result.status in ("pass", "fail", "todo") and result.message


@settings(max_examples=60, deadline=None)
@given(MADE, MADE)
def test_any_call_in_a_lesson(make, make_name):
    check(make(), make_name())


def test_half_a_character_is_shown():
    def softmax(scores):
        print("\ud800")
        raise ValueError("\ud800")

    assert callable(check(softmax))
