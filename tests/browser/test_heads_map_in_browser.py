"""Promise: HeadsMap shows all heads of a typed or chosen sentence, by mouse and keys, and says what a head does."""

import pytest
from lab import changes, click, expect, hover, press, soon

CELLS = (
    "import torch\n\nfrom course_utils.minilm import Encoder, Reader\n"
    "from course_utils.minilm.wordpiece import WordPiece\n"
    "from course_utils.widgets import HeadsMap",
    "torch.manual_seed(0)\n"
    "VOCABULARY = '[PAD] [UNK] [CLS] [SEP] the cat sat on bank of river < > img'.split()\n"
    "reader = Reader(Encoder(len(VOCABULARY)), WordPiece(VOCABULARY))  # MiniLM's size, numbers at random\n"
    "def read(text):\n    return reader.tokens(text), reader.weights(text)\n"
    "view = HeadsMap(read, ['the cat sat', 'the bank of the river'])\nview",
)
SIXTEEN = "the cat sat on the bank of the river the cat sat on the"


@pytest.fixture
def view(lesson):
    widget = lesson.widget("heads-map")
    lesson.python("view.set_trait('sentence', 'the cat sat')")
    lesson.python("view.set_trait('layer', 0) or view.set_trait('head', 0)")
    return widget


def wall(view):
    return view.locator(".heads-map-wall")


def status(view):
    return view.locator(".course-status")


def test_arrow_keys_choose_a_head_and_stay_in_the_widget(view, lesson):
    cells = lesson.panel.locator(".jp-Cell").count()
    with changes(view):
        press(wall(view), "ArrowDown", "ArrowRight", "b", "ArrowRight")
    soon(lambda: lesson.python("(view.layer, view.head)") == "(1, 2)")
    expect(view.get_by_text("layer 1, head 2 (number 14)")).to_be_visible()
    assert lesson.panel.locator(".jp-Cell").count() == cells


def test_a_click_chooses_a_head_and_pointing_tells_of_another(view, lesson):
    with changes(view):
        click(wall(view), 0.5, 0.5)
    soon(lambda: lesson.python("(view.layer, view.head)") != "(0, 0)")
    hover(wall(view), 0.95, 0.9)
    expect(status(view)).to_contain_text("layer 5, head 11: most of its weight goes to")


def test_the_large_map_is_read_word_by_word(view):
    large = view.locator(".heads-map-large")
    press(large, "ArrowDown", "ArrowDown", "ArrowRight")
    expect(status(view)).to_contain_text("“cat” looks at “the”: weight 0.")
    expect(status(view)).to_contain_text("layer 0, head 0: “cat” looks most at")


def test_a_sentence_is_typed_or_chosen(view, lesson):
    with changes(view):
        view.get_by_label("your sentence").fill("the river")
    soon(lambda: lesson.python("view.tokens") == "['[CLS]', 'the', 'river', '[SEP]']")
    with changes(view):
        view.get_by_label("sentence", exact=True).select_option(index=1)
    soon(lambda: lesson.python("len(view.tokens)") == "7")
    expect(view.get_by_label("your sentence")).to_have_value("the bank of the river")


@pytest.mark.parametrize("text, said", [("", "Type at least one"), ("a " * 190, "has 192 pieces"), ("a" * 401, "401")])
def test_what_cannot_be_shown_is_said(view, text, said):
    view.get_by_label("your sentence").fill(text)
    expect(view.locator(".course-problem")).to_contain_text(said)


def test_a_word_is_shown_as_text(view, lesson):
    with changes(view):
        view.get_by_label("your sentence").fill("<img src=x onerror=window.hurt=1> 我 🙂")
    view.get_by_text("the numbers as a table").click()
    expect(view.locator("table").get_by_text("[UNK]").first).to_be_visible()
    assert lesson.page.evaluate("window.hurt") is None
    view.get_by_text("the numbers as a table").click()


def test_sixteen_tokens_are_painted(view, lesson):
    """How soon after a key: benchmarks/heads_map.py."""
    with changes(view):
        view.get_by_label("your sentence").fill(SIXTEEN)
    soon(lambda: lesson.python("len(view.tokens)") == "16")
    with changes(view):
        view.get_by_label("your sentence").press("Backspace")
