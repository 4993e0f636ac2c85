"""Promise: the page says what `check` says, to every option, known mistake and odd answer of every question."""

import json
from pathlib import Path

import pages
import questions
from cells import read_words
from javascript import node

from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Choice, Prediction
from course_utils.exercises.engine.display import rich_text

HERE = Path(__file__).parent
ASKED = [asked for asked in map(exercise, names()) if isinstance(asked, (Choice, Prediction))]
ODD = [
    "abc", "1e3", " 7 ", "-0", "1_000", "nan", "inf", "-Infinity", "1e400", "0x10", "1,5", "½", "٣", "'",
    '"it\'s"', "<b>",
    "a\\b", "123456789", "0.00001234", "1e5", "999999.5", "1e-5", "  ", "(b)", "B.", "e", "x" * 60, ".5", "5.", "1__0",
    "+3", "--3", "a\tb", "é", "日本", "…", "`code`", "*stars*",
]  # fmt: skip


def answers_to(asked):
    """Options, right answers and mistakes of a question, and odd input, each as it would be typed."""
    if isinstance(asked, Choice):
        return [*asked.options, *(f"({key.upper()})" for key in asked.options), *ODD]
    figures = asked.numbers(0)
    exact = [asked.answer(**figures), *(mistake.wrong(**figures) for mistake in asked.mistakes)]
    near = [value + side * asked.tolerance * share for value in exact for side in (-1, 1) for share in (0.9, 1.1)]
    return [repr(float(value)) for value in [*exact, *near]] + ODD


def test_same_sentences():
    given = [{"form": questions.form(asked), "answers": answers_to(asked)} for asked in ASKED]
    words = read_words(pages.HERE / "theme/words.en.json")
    page = json.loads(node(str(HERE / "verdicts.mjs"), given=json.dumps({"words": words, "asked": given})))
    differ = []
    for asked, said in zip(ASKED, page, strict=True):
        for answer, (status, html) in zip(answers_to(asked), said, strict=True):
            result = asked.check(answer)
            if (status, html) != (result.status, rich_text(result.message)):
                differ.append((asked.name, answer, html, rich_text(result.message)))
    assert differ == [], differ[:5]


def test_nothing_chosen_is_no_answer():
    words = read_words(pages.HERE / "theme/words.en.json")
    given = [{"form": questions.form(asked), "answers": [""]} for asked in ASKED]
    page = json.loads(node(str(HERE / "verdicts.mjs"), given=json.dumps({"words": words, "asked": given})))
    assert [said for (said,) in page] == [["todo", asked.check(...).message] for asked in ASKED]
