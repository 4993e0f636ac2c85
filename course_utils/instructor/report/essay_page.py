"""The page on which a person reads the written answers and gives points: no names, the rubric beside each text."""

from __future__ import annotations

from html import escape
from itertools import groupby

from ...exercises import exercise
from ...exercises.engine.display import rich_text
from ..wording import counted, points
from .essays import HEADER
from .pages import bullets, page

GUIDE = (
    "Type points; Enter goes to the next text, Shift and Enter back, Tab on to the comment. What you type stays in "
    "this browser. When you are done, save the sheet and give it to the report:"
)
COMMAND = "python -m course_utils.instructor report DIR --essays essays.csv"


def essay_page(texts):
    """The HTML page. texts: from essays.written, by exercise."""
    by_exercise = [list(group) for _, group in groupby(texts, key=lambda text: (text.lesson, text.mark.name))]
    body = [
        f"<h1>{counted(len(texts), 'text')} to read</h1>",
        f"<p>{GUIDE}</p>\n<p><code>{escape(COMMAND)}</code></p>",
        '<div class="bar"><span id="progress" role="status"></span> <button id="next">Next unread</button> '
        '<button id="save">Save essays.csv</button></div>',
        *map(_exercise, by_exercise),
    ]
    # The script writes the sheet's first line from this.
    return page("Essays", f'<main data-columns="{",".join(HEADER)}">\n' + "\n".join(body) + "\n</main>", "essays.js")


def _exercise(texts):
    asked = exercise(texts[0].mark.name)
    comments = f"comments-{asked.name}"
    aside = f"<aside><h3>What a full answer says</h3>{bullets(asked.rubric)}</aside>"
    cards = "\n".join(_card(text, number, len(texts), comments) for number, text in enumerate(texts, 1))
    top = f"<h2>{escape(asked.name)}</h2>\n<p>{rich_text(asked.text())}</p>"
    columns = f'<div class="columns"><div>\n{cards}\n</div>{aside}</div>'
    return f'<section>\n{top}\n<datalist id="{comments}"></datalist>\n{columns}\n</section>'


def _card(text, number, of, comments):
    """One text with its fields. What was given before stands in them."""
    mark = text.mark
    given, comment = ("", "") if mark.score is None else (points(mark.score), escape(mark.message))
    spoken = f"text {number} of {mark.name}"
    return (
        f'<article class="answer waiting" data-essay="{text.key}" data-exercise="{escape(mark.name)}">\n'
        f'<div class="heading"><h3>{number} of {of}</h3></div>\n<blockquote>{escape(mark.answer)}</blockquote>\n'
        f'<div class="fields"><label>Points <input class="points" type="number" min="0" max="{mark.points}" step="any" '
        f'value="{given}" aria-label="Points for {spoken}"></label> of {mark.points} '
        f'<label class="wide">Comment <input class="comment" type="text" list="{comments}" value="{comment}" '
        f'autocomplete="off" aria-label="Comment on {spoken}"></label></div>\n</article>'
    )
