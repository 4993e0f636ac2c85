"""Promise: on any page a widget sees what it stands on, light or dark, and follows when that changes."""

import pytest
from host import DARK, hosted
from lab import changes, soon
from widget_examples import EXAMPLES

SCHEME = "root => root.style.colorScheme"
ZERO = "root => root.style.getPropertyValue('--background')"


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("style, scheme", [("background: #fff", "light"), (DARK, "dark")])
def test_it_is_the_page_that_counts_and_not_the_system(browser, system, style, scheme):
    with hosted(browser, EXAMPLES["AttentionView"](), style=style, color_scheme=system) as root:
        assert root.evaluate(SCHEME) == scheme


def test_what_is_half_transparent_is_seen_with_what_lies_behind(browser):
    style = "background: linear-gradient(red, red), rgb(0 0 0 / 0.8)"
    with hosted(browser, EXAMPLES["ClockView"](), style=style) as root:
        assert root.evaluate(ZERO) == "rgb(51,51,51)" and root.evaluate(SCHEME) == "dark"


CHANGES = {
    "a style of the page": "document.body.style.background = '#111'",
    "a class of the page": "document.documentElement.className = 'night'",
    "another style sheet": "document.head.append(Object.assign(document.createElement('style'), "
    "{ textContent: 'body { background: #111 }' }))",
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_widget_follows_into_the_dark_and_back(browser, name):
    with hosted(browser, EXAMPLES[name]()) as root:
        for colour in ("#111", "#fff"):
            with changes(root):
                root.page.evaluate("colour => { document.body.style.background = colour }", colour)


@pytest.mark.parametrize("change", CHANGES)
def test_it_follows(browser, change):
    with hosted(browser, EXAMPLES["MaskView"]()) as root:
        root.page.add_style_tag(content=".night body { background: #111; }")
        assert root.evaluate(SCHEME) == "light"
        root.page.evaluate(CHANGES[change])
        soon(lambda: root.evaluate(SCHEME) == "dark")
        cell = root.locator("[role=gridcell]").first
        soon(lambda: cell.evaluate("cell => getComputedStyle(cell).color") == "rgb(255, 255, 255)")


def test_the_readers_own_colours_are_used_where_the_system_asks_for_them(browser):
    with hosted(browser, EXAMPLES["AttentionView"](), forced_colors="active") as root:
        assert root.evaluate("root => root.style.getPropertyValue('--accent')") == "Highlight"
        pressed, other = root.get_by_role("button").all()[:2]
        look = "node => getComputedStyle(node).backgroundColor"
        assert pressed.evaluate(look) != other.evaluate(look), "what is pressed can be told from the others"


STROKES = "root => ['first', 'second'].map(kind => getComputedStyle(root.querySelector(`.clock-${kind}`)).stroke)"
HATCH = "root => getComputedStyle(root.querySelector('.decode-reads.decode-later')).forcedColorAdjust"


def test_where_colours_are_forced_two_hands_and_what_is_hidden_can_be_told_apart(browser):
    with hosted(browser, EXAMPLES["ClockView"](), forced_colors="active") as root:
        first, second = root.evaluate(STROKES)
        assert first != second
    with hosted(browser, EXAMPLES["DecodeView"](), forced_colors="active") as root:
        assert root.evaluate(HATCH) == "none"
