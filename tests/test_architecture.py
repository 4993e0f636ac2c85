"""Promise: the map at the top of each lesson names every part once where it stands, and colours the lesson's own."""

import pytest

from course_utils.plots.architecture import (
    COLOUR,
    EVERYTHING,
    PLAIN,
    TAUGHT_IN,
    TODAY,
    architecture,
    in_words,
    where_are_we,
)  # fmt: skip
from course_utils.plots.figures import png_of


def lettering(figure):
    """Every text of the drawing, with its weight."""
    return [(text.get_text().split("   ")[0], text.get_weight()) for text in figure.axes[0].texts if text.get_text()]


def grounds(figure, colour):
    return [patch for patch in figure.axes[0].patches if patch.get_facecolor()[:3] == rgb(colour)]


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def test_the_order_is_that_of_the_model():
    heights = {"encoder": [], "decoder": []}
    for text in architecture().axes[0].texts:
        x, y = text.get_position()
        if text.get_text() in EVERYTHING and text.get_text() not in ("layer norm", "+"):
            heights["encoder" if x < 3 else "decoder"].append((y, text.get_text()))
    assert [name for _, name in sorted(heights["encoder"])] == [
        "input tokens", "embedding", "positions", "self-attention", "feed-forward",
    ]  # fmt: skip
    assert [name for _, name in sorted(heights["decoder"])] == [
        "output so far", "embedding", "positions", "masked self-attention", "cross-attention", "feed-forward",
        "scores, softmax", "next token",
    ]  # fmt: skip


@pytest.mark.parametrize("part", EVERYTHING)
def test_a_part_is_coloured_and_bold_wherever_it_stands(part):
    figure = architecture([part])
    bold = [name for name, weight in lettering(figure) if weight == "bold" and name[:2] not in TAUGHT_IN.values()]
    assert set(bold) - set(TAUGHT_IN.values()) == {part}
    assert len(grounds(figure, COLOUR)) == bold.count(part)
    assert grounds(figure, PLAIN)


def test_nothing_is_cut_off_and_no_lettering_leaves_its_box():
    for today, about in TODAY.values():
        figure = architecture(today, f"Lesson 00\n{about}")
        figure.draw_without_rendering()
        ax = figure.axes[0]
        boxes = [patch.get_window_extent() for patch in ax.patches if patch.get_facecolor()[3] > 0]
        for text in filter(lambda text: text.get_text(), ax.texts):
            place = text.get_window_extent()
            assert any(box.x0 <= place.x0 and place.x1 <= box.x1 and box.y0 <= place.y0 + 2 and place.y1 <= box.y1 + 2
                       for box in boxes), text.get_text()  # fmt: skip
        assert ax.get_window_extent().x0 >= 0


def test_it_has_no_ground_of_its_own_so_that_it_suits_a_dark_page():
    assert architecture().get_facecolor()[3] == 0 and architecture().axes[0].axison is False


@pytest.mark.parametrize("lesson", TODAY)
def test_each_lesson_shows_it_with_its_words(lesson, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw, metadata: shown.append(data))
    where_are_we(lesson)
    (data,) = shown
    assert data["text/plain"] == in_words(*TODAY[lesson]) and "<img alt=" in data["text/html"]


def test_at_the_top_of_a_lesson_it_is_about_600_pixels_wide():
    inches = int.from_bytes(png_of(architecture(TODAY[4][0], "Lesson 04\nx"))[16:20], "big") / 144
    assert 560 <= inches * 96 <= 600


@pytest.mark.parametrize(("draw", "told"), [
    (lambda: where_are_we(0), "lessons 1 to"),
    (lambda: architecture(["attenton"]), "no .'attenton'.*self-attention"),
])  # fmt: skip
def test_what_is_not_on_the_map_is_told(draw, told):
    with pytest.raises(ValueError, match=told):
        draw()
