"""Promise: what Python acts on and sets is declared, a refused value never stays, and no function blocks a widget."""

import itertools
import time

import numpy as np
import pytest
import traitlets
from widget_examples import EXAMPLES

from course_utils.widgets import QueryPlane
from course_utils.widgets.learner import FunctionWidget

REFUSED = {  # traits and values that the page might send
    "AttentionView": [
        ("temperature", 99),
        ("temperature", "hot"),
        ("head", 5),
        ("query", -1),
        ("colours", "red"),
        ("causal", True),
    ],
    "BlockView": [
        ("off", ["norm_9"]),
        ("blocks", 0),
        ("blocks", "two"),
        ("position", 99),
        ("order", "sandwich"),
        ("off", 7),
    ],
    "ClockView": [("position", 99), ("distance", -1), ("position", None)],
    "DecodeView": [("width", 3), ("draft", 9), ("step", 99), ("layer", -1), ("head", "one")],
    "HeadsMap": [("sentence", "one that is not stored"), ("layer", 6), ("head", -1), ("head", "one"), ("sentence", 7)],
    "HeadsView": [("n_heads", 3), ("query", 99), ("n_heads", None)],
    "MaskView": [
        ("length", 0),
        ("forbidden", [[0, 99]]),
        ("forbidden", [1]),
        ("forbidden", [["a", "b"]]),
        ("forbidden", [None]),
    ],
    "MatrixPipeline": [
        ("inputs", {}),
        ("inputs", {"X": 1}),
        ("selected", ["out", 99, 0]),
        ("selected", ["out"]),
        ("tokens", ["a"]),
    ],
    "QueryPlane": [
        ("q_vector", [1]),
        ("q_vector", [1, float("nan")]),
        ("key_vectors", [[1, 2]]),
        ("value_vectors", [[1]]),
        ("temperature", 0),
        ("selected", 99),
    ],
    "SampleView": [
        ("temperature", 0),
        ("top_k", 0),
        ("top_p", 2),
        ("written", [99]),
        ("written", [2, 3]),
        ("dice", [1.5]),
    ],
    "ShuffleView": [("order", [0, 0]), ("order", ["a"] * 9), ("order", None)],
    "TurnView": [("q", [1]), ("k", [1, float("inf")]), ("pair", 99), ("position", 99)],
    "VanishingView": [("radius", 0), ("radius", float("nan")), ("back", 99)],
    "WaitingView": [("step", 99), ("source", -1), ("target", "end")],
}
EACH = [(name, trait, value) for name, pairs in REFUSED.items() for trait, value in pairs]


@pytest.mark.parametrize("name, trait, value", EACH)
def test_what_the_page_sends_and_python_refuses_does_not_stay(name, trait, value):
    widget, sent_back = EXAMPLES[name](), []
    before = widget.get_state([trait])
    widget.send_state = lambda key=None: sent_back.extend([key] if isinstance(key, str) else key or [])
    with pytest.raises(traitlets.TraitError):
        widget.set_state({trait: value})
    assert widget.get_state([trait]) == before and trait in sent_back


@pytest.mark.parametrize("name, trait, value", EACH)
def test_what_python_refuses_of_its_own_does_not_stay(name, trait, value):
    widget = EXAMPLES[name]()
    before = widget.get_state([trait])
    with pytest.raises(traitlets.TraitError):
        setattr(widget, trait, value)
    assert widget.get_state([trait]) == before


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_python_acts_on_and_what_it_sets_is_declared(name):
    """A page without Python plays its part by these two: nothing else may be observed, and nothing else be set."""
    widget = EXAMPLES[name]()
    asks = isinstance(widget, FunctionWidget) and bool(widget.compute_name)
    observed = {trait for trait in type(widget).class_trait_names(sync=True) if own_observers(widget, trait)}
    assert observed == (set(widget.OBSERVES) if asks else set())
    assert set(widget.SETS) <= set(widget.keys) and set(widget.OBSERVES) <= set(widget.keys)
    assert set(widget.answered if asks else {}) == (set(widget.OBSERVES) if asks else set())


def own_observers(widget, trait):
    """What of the widget's own listens to a trait; ipywidgets' sending of every trait does not count."""
    listening = widget._trait_notifiers.get(trait, {}).get("change", [])
    return [one for one in listening if getattr(one, "__name__", "") == "_answer"]


def test_limits_travel_to_the_page():
    assert EXAMPLES["AttentionView"]().get_state(["limits"])["limits"]["temperature"] == (0.1, 10)
    for make in EXAMPLES.values():
        widget = make()
        assert set(widget.limits) - {"number"} <= set(widget.keys), "a limit belongs to a trait"
        for trait, (lowest, highest) in widget.limits.items():
            assert lowest <= highest
            if trait != "number" and np.ndim(getattr(widget, trait)) == 0 and getattr(widget, trait) is not None:
                assert lowest <= getattr(widget, trait) <= highest


def for_ever(*arguments):
    for _ in itertools.count():
        time.sleep(0.01)


def test_a_function_that_goes_on_for_ever_is_stopped_and_said(monkeypatch):
    monkeypatch.setattr("course_utils.widgets.learner.SECONDS", 0.3)
    current = [lambda q, K, V: V[0]]
    plane = QueryPlane([[1.0, 0.0], [0.0, 1.0]], compute=lambda q, K, V: current[0](q, K, V))
    before, current[0] = plane.result, for_ever
    began = time.perf_counter()
    plane.q = (0, 1)
    assert time.perf_counter() - began < 5
    assert "was stopped: does it go on for ever?" in plane.problem and plane.result == before
    assert plane.answered["q_vector"] == [0, 1], "the page need not wait any longer"
    current[0] = lambda q, K, V: V[1]
    plane.q = (1, 1)
    assert plane.problem == "" and plane.blend.tolist() == [0, 1]


@pytest.mark.parametrize("leaves", [SystemExit, KeyboardInterrupt, StopIteration])
def test_a_function_that_would_end_the_kernel_is_only_told(leaves):
    def compute(q, K, V):
        raise leaves

    assert f"compute raised {leaves.__name__}" in QueryPlane([[1.0, 0.0]], compute=compute).problem


def test_many_traits_at_once_are_one_question():
    asked = []
    plane = QueryPlane([[1.0, 0.0], [0.0, 1.0]], compute=lambda q, K, V: asked.append(q) or V[0])
    plane.set_state({"q_vector": [2, 2], "key_vectors": [[3, 0], [0, 3]], "temperature": 0.5})
    assert len(asked) == 2 and plane.answered["temperature"] == 0.5
