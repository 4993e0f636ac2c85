"""Promise: words can be moved, positions changed and arrows dragged, by mouse and by keyboard."""

import re

import pytest
from lab import at, changes, click, expect, press, soon

CELLS = (
    """import torch
from course_utils.model.attention import attention, project
from course_utils.model.positions import rotate_by_position, sinusoidal_positions
from course_utils.widgets.clock_view import ClockView
from course_utils.widgets.shuffle_view import ShuffleView
from course_utils.widgets.turn_view import TurnView
torch.manual_seed(0)
X, W = torch.randn(4, 6), torch.randn(3, 6, 5)
positions = sinusoidal_positions(4, 6)""",
    """words = ['the', 'cat', '<b>sat</b>', 'on']
shuffle = ShuffleView(lambda X: attention(*project(X, *W)), X, words, positions)
shuffle""",
    "clocks = ClockView(sinusoidal_positions)\nclocks",
    "turn = TurnView(rotate_by_position, torch.tensor([1.0, 0.5]), torch.tensor([0.8, -0.4]))\nturn",
)


@pytest.fixture
def shuffle(lesson):
    return lesson.widget("shuffle-view")


@pytest.fixture
def turn(lesson):
    return lesson.widget("turn-view")


def soon_is(lesson, expression, value):
    """Wait until the kernel has heard of the last change."""
    soon(lambda: lesson.python(expression) == value)


def test_a_word_moves_with_the_arrow_keys_and_keeps_the_focus(lesson, shuffle):
    with changes(shuffle):
        press(shuffle.locator(".shuffle-word").first, "ArrowRight", "ArrowRight")
    soon_is(lesson, "shuffle.order", "[1, 2, 0, 3]")
    expect(shuffle.locator(".shuffle-word").nth(2)).to_be_focused()
    moved = "“the” went from position 0 to position 2; its output did not"
    expect(shuffle.locator(".course-status")).to_contain_text(moved)
    press(shuffle.locator(".shuffle-word").nth(2), "Home")
    soon_is(lesson, "shuffle.order", "[0, 1, 2, 3]")


def test_a_word_is_pulled_with_the_mouse(lesson, shuffle):
    word, mouse = shuffle.locator(".shuffle-word"), lesson.page.mouse
    mouse.move(*at(word.nth(3)))
    mouse.down()
    with changes(shuffle):
        mouse.move(*at(word.nth(0), 0.2), steps=10)
    mouse.up()
    soon_is(lesson, "shuffle.order", "[3, 0, 1, 2]")


def test_with_positions_an_output_changes_and_put_back_undoes_it(lesson, shuffle):
    with changes(shuffle):
        shuffle.get_by_role("checkbox").check()
    shuffle.get_by_role("button", name=re.compile("^on")).hover()
    expect(shuffle.locator(".course-status")).to_contain_text("its output changed by up to")
    with changes(shuffle):
        shuffle.get_by_role("button", name="Put back").click()
    soon_is(lesson, "shuffle.order", "[0, 1, 2, 3]")
    with changes(shuffle):
        shuffle.get_by_role("button", name="Shuffle").click()
    assert shuffle.locator("b").count() == 0, "a word is text"


def test_clocks_follow_the_slider_and_the_table(lesson):
    view = lesson.widget("clock-view")
    dot_product = lesson.python("round(clocks.dot_product, 4)")
    with changes(view):
        press(view.get_by_role("slider", name="position"), "ArrowRight", times=3)
    soon_is(lesson, "clocks.position, clocks.distance", "(8, 3)")
    assert lesson.python("round(clocks.dot_product, 4)") == dot_product
    with changes(view):
        click(view.locator("canvas"), 0.5, 0.25)
    soon(lambda: 10 < int(lesson.python("clocks.position")) < 20)
    expect(view.locator(".course-status")).to_contain_text("dot product of their codes is 1.96")


def test_arrows_follow_mouse_and_keys(lesson, turn):
    grip = turn.locator(".course-handle.turn-q")
    with changes(turn):
        press(grip, "ArrowUp", "ArrowLeft")
    soon_is(lesson, "turn.q", "[0.9, 0.6]")
    plane, mouse = turn.locator(".turn-plane"), lesson.page.mouse
    mouse.move(*at(grip))
    mouse.down()
    with changes(turn):
        mouse.move(*at(plane, 0.5, 0.1), steps=8)
    mouse.up()
    soon_is(lesson, "abs(turn.q[0]) < 0.1 and turn.q[1] > 1.5", "True")


def test_pair_is_chosen_and_only_the_distance_counts(lesson, turn):
    with changes(turn):
        turn.get_by_role("button", name="pair 0").click()
    expect(turn.get_by_role("button", name="pair 0")).to_have_attribute("aria-pressed", "true")
    soon_is(lesson, "turn.pair", "0")
    score = lesson.python("round(turn.score, 4)")
    with changes(turn):
        press(turn.get_by_role("slider", name="position of k"), "ArrowRight", times=4)
    soon_is(lesson, "turn.position", "9")
    assert lesson.python("round(turn.score, 4)") == score
    with changes(turn):
        press(turn.get_by_role("slider", name="distance"), "ArrowRight")
    soon(lambda: lesson.python("round(turn.score, 4)") != score)
