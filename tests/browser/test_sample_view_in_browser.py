"""Promise: SampleView writes on by button and key, takes back, writes ten words at once, and follows its sliders."""

import pytest
from host import hosted
from lab import expect, press
from test_small_host import CHANGED_BY_PAGE
from widget_examples import EXAMPLES


@pytest.fixture
def view(browser):
    widget = EXAMPLES["SampleView"]()
    with hosted(browser, widget) as root:
        yield widget, root


def soon(root, holds):
    """Wait until it holds. Only while the page is waited for does what it says reach the widget."""
    for _ in range(100):
        if holds():
            return
        root.page.wait_for_timeout(100)
    raise AssertionError("waited 10 seconds for it in vain")


def test_buttons_write_on_take_back_and_start_over(view):
    widget, root = view
    root.get_by_role("button", name="undo").click()
    soon(root, lambda: widget.text == "ba")
    root.get_by_role("button", name="start over").click()
    soon(root, lambda: widget.text == "")
    expect(root.get_by_role("button", name="undo")).to_be_disabled()
    root.page.evaluate(CHANGED_BY_PAGE, ["top_k", 1])
    expect(root.locator(".course-status")).to_contain_text("1 of 29 symbols may come")
    best = int(widget.scores.argmax())
    root.get_by_role("button", name="write on").click()
    soon(root, lambda: widget.written == [best])


def test_keys_draw_take_back_and_write_letters(view):
    widget, root = view
    stage = root.locator("[role=application]")
    press(stage, "q")
    soon(root, lambda: widget.text == "banq")
    press(stage, "ArrowLeft", "Backspace")
    soon(root, lambda: widget.text == "ba")
    press(stage, "ArrowRight")
    soon(root, lambda: len(widget.written) == 3)
    press(stage, "ArrowLeft")
    expect(root.locator(".course-status")).to_contain_text("After “ba”")
    press(stage, "ArrowDown", "ArrowDown", "Space")
    second = sorted(range(29), key=lambda symbol: -EXAMPLES["SampleView"]()._next_scores([3])[symbol])[1]
    soon(root, lambda: widget.written[2:] == [second])


def test_at_the_end_nothing_more_is_written(view):
    widget, root = view
    root.page.evaluate(CHANGED_BY_PAGE, ["written", [3, widget.end]])
    expect(root.get_by_role("button", name="write on")).to_be_disabled()
    expect(root.locator(".course-status")).to_contain_text("at its end")
    press(root.locator("[role=application]"), "a", "ArrowRight")
    root.page.wait_for_timeout(200)
    assert widget.written == [3, widget.end]


def test_ten_words_at_once(view):
    widget, root = view
    root.get_by_role("button", name="write ten words").click()
    soon(root, lambda: len(widget.words) == 10)
    expect(root.locator(".sample-words")).to_contain_text("Ten words, temperature 1.00, top-k all, top-p 1.00: ")


def test_sliders_move_what_is_kept(view):
    widget, root = view
    slider = root.get_by_role("slider", name="top-k")
    press(slider, "Home")
    soon(root, lambda: widget.top_k == 1)
    expect(root.locator(".course-status")).to_contain_text("1 of 29 symbols may come")
    expect(root.locator(".sample-out").first).to_be_visible()
    press(root.get_by_role("slider", name="temperature"), "ArrowLeft", times=3)
    soon(root, lambda: widget.temperature < 1)
    press(root.get_by_role("slider", name="top-p"), "ArrowLeft", times=2)
    soon(root, lambda: widget.top_p == pytest.approx(0.9))
