"""Promise: a sentence can be stepped through, and W_hh made larger, by mouse and by keyboard."""

import pytest
from lab import changes, drag, expect, press, soon

CELLS = (
    """import torch
from course_utils.widgets.vanishing_view import VanishingView
from course_utils.widgets.waiting_view import WaitingView
torch.manual_seed(0)
states, weights = torch.tanh(torch.randn(4, 3)), torch.rand(4, 4)
def powers(W):
    if abs(W[0, 0]) > 2.9:
        raise RuntimeError('<b>too large</b>')
    return W[0, 0] ** torch.arange(30)""",
    "waiting = WaitingView(['the', 'cat', '<b>sat</b>', 'on'], states, weights)\nwaiting",
    "vanishing = VanishingView(powers, torch.eye(3), radius=0.5, back=10)\nvanishing",
)


@pytest.fixture
def waiting(lesson):
    return lesson.widget("waiting-view")


@pytest.fixture
def vanishing(lesson):
    return lesson.widget("vanishing-view")


def test_steps_by_mouse_and_by_keyboard(lesson, waiting):
    with changes(waiting):
        waiting.get_by_role("button", name="Step").click()
    with changes(waiting):
        press(waiting.get_by_role("button", name="Step"), "Enter")
    soon(lambda: lesson.python("waiting.step") == "2")
    expect(waiting.locator(".course-status")).to_contain_text("RNN: 2 of 4 steps. Attention: 1 of 1.")
    with changes(waiting):
        waiting.get_by_role("button", name="Back").click()
    with changes(waiting):
        waiting.get_by_role("button", name="Start again").click()
    soon(lambda: lesson.python("waiting.step") == "0")


def test_play_goes_to_the_end_and_stops(lesson, waiting):
    waiting.get_by_role("button", name="Play").click()
    expect(waiting.locator(".course-status")).to_contain_text("RNN: 4 of 4 steps")
    expect(waiting.get_by_role("button", name="Play")).to_be_visible()
    soon(lambda: lesson.python("waiting.counts['RNN']['done']") == "4")


def test_the_way_between_two_words_is_chosen(lesson, waiting):
    with changes(waiting):
        waiting.get_by_label("from").select_option("1")
    with changes(waiting):
        press(waiting.get_by_label("to"), "ArrowUp")
    soon(lambda: lesson.python("waiting.source, waiting.target") == "(1, 2)")
    expect(waiting.locator("table")).to_contain_text("from “cat” to “<b>sat</b>”")
    assert waiting.locator("b").count() == 0, "a word is text"


def test_python_moves_it_too(lesson, waiting):
    with changes(waiting):
        lesson.python("setattr(waiting, 'step', 1)")
    expect(waiting.locator(".course-status")).to_contain_text("RNN: 1 of 4 steps")


def test_radius_follows_keys_and_mouse(lesson, vanishing):
    slider = vanishing.get_by_role("slider", name="spectral radius")
    expect(vanishing.locator(".course-status")).to_contain_text("10 steps back the gradient is about 10⁻³: vanishing")
    with changes(vanishing):
        press(slider, "ArrowRight")
    soon(lambda: lesson.python("round(vanishing.radius, 2)") == "0.55")
    with changes(vanishing):
        drag(slider, (0.15, 0.5), (0.6, 0.5))
    expect(vanishing.locator(".course-status")).to_contain_text("exploding")
    with changes(vanishing):
        press(vanishing.get_by_role("slider", name="steps back"), "Home")
    expect(vanishing.locator(".course-status")).to_contain_text("0 steps back the gradient is about 10⁰: neither")


def test_what_goes_wrong_is_text_in_the_widget(vanishing):
    press(vanishing.get_by_role("slider", name="spectral radius"), "End")
    expect(vanishing.locator(".course-problem")).to_contain_text("powers raised RuntimeError: <b>too large</b>")
    press(vanishing.get_by_role("slider", name="spectral radius"), "Home")
    expect(vanishing.locator(".course-problem")).to_have_count(0)
