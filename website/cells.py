"""A lesson's cells as HTML: text, code and what it printed, questions that answer, exercises, widgets."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from markup import html_of, plain_text
from markupsafe import Markup
from PIL import Image
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from questions import form

from course_utils.exercises import exercise
from course_utils.exercises.engine import Choice, Exercise, Prediction
from course_utils.exercises.engine.display import rich_text

WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURE = re.compile(r'<img alt="([^"]*)"([^>]*) src="data:image/png;base64,([^"]+)"')
LONG = 350  # letters of what to do with a widget; if it is longer, the two stand side by side on a wide screen
HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.S)


@dataclass
class Page:
    """A lesson on its way to HTML.

    said: {what a notebook says: what the page says in its place}.
    parts: HTML of each cell.  contents: (id, text) of each section.  found: what a search finds, one entry a section.
    questions: what the page's forms need.  widgets: {place: {"class": …, "state": …, "numbers": …}}.
    images: {name: bytes}.
    """

    name: str
    title: str
    words: dict
    said: dict
    links: dict
    states: list
    template: object
    promise: str = ""
    parts: list = field(default_factory=list)
    contents: list = field(default_factory=list)
    found: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    widgets: dict = field(default_factory=dict)
    images: dict = field(default_factory=dict)

    def add(self, macro, **values):
        """Append what a macro of the template makes of these values."""
        self.parts.append(getattr(self.template, macro)(words=self.words, **values))


def fill(page: Page, notebook) -> Page:
    """Every cell of the notebook, in order, onto the page."""
    for cell in notebook.cells:
        kind, name = next(iter(cell.metadata.get("course", {}).items()), (None, None))
        if kind in KINDS:
            KINDS[kind](page, cell, exercise(name))
        elif cell.cell_type == "markdown":
            add_text(page, html_of(as_said_here(cell.source, page.said)))
        elif cell.cell_type == "code" and cell.source.strip():
            add_code(page, cell)
    return page


def as_said_here(source: str, said: dict) -> str:
    """A text in which what is true only in a notebook is said for a page (theme/said.LANGUAGE.json)."""
    for there, here in said.items():
        source = source.replace(there, here)
    return source


def add_text(page: Page, html: str):
    """A text cell: its headings get names to link to, and its words can be found."""
    html = re.sub(r"<h1>.*?</h1>", "", html, flags=re.S)  # the page has its title already
    html = HEADING.sub(lambda found: _named(page, int(found[1]), found[2]), html)
    page.parts.append(Markup(f"<div class='text'>{html}</div>"))
    _remember(page, html)


def _named(page: Page, level: int, inner: str) -> str:
    words = plain_text(inner)
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or f"part-{len(page.found)}"
    while any(name == known for known, _ in page.contents) or any(name == one["id"] for one in page.found):
        name += "-2"
    if level == 2:
        page.contents.append((name, words))
    page.found.append({"id": name, "heading": words, "text": ""})
    return f"<h{level} id='{name}'>{inner}</h{level}>"


def _remember(page: Page, html: str):
    if not page.found:
        page.found.append({"id": "", "heading": page.title, "text": ""})
    page.found[-1]["text"] += " " + plain_text(re.sub(r"<h[23][^>]*>.*?</h[23]>", "", html, flags=re.S))


def python(source: str) -> Markup:
    """Highlighted code."""
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n"))


def add_code(page: Page, cell):
    """Code and what it gave: text, pictures, a widget that lives, beside a long text that says what to do with it."""
    to_do = page.parts.pop() if _shows_widget(cell) and _is_long_text(page.parts[-1]) else None
    if to_do:
        page.parts.append(Markup(f"<div class='side-by-side'><div>{to_do}"))
    page.add("code", source=python(cell.source))
    if to_do:
        page.parts.append(Markup("</div>"))
    for text in _joined(cell.outputs):
        data = text if isinstance(text, dict) else {}
        if WIDGET in data:
            add_widget(page, data["image/png"])
        elif PICTURE.search(data.get("text/html", "")):
            _add_figure(page, data["text/html"])
        elif "text/html" in data:
            page.parts.append(Markup(f"<div class='out'>{data['text/html']}</div>"))
        else:
            page.add("printed", text=data.get("text/plain", text) if data else text)
    if to_do:
        page.parts.append(Markup("</div>"))


def _shows_widget(cell) -> bool:
    return any(WIDGET in output.get("data", {}) for output in cell.outputs)


def _is_long_text(part: str) -> bool:
    return part.startswith("<div class='text'>") and len(plain_text(part)) > LONG


def _joined(outputs):
    """What a cell printed as one text, however many pieces it came in; else the data of each output."""
    printed = ""
    for output in outputs:
        if output.output_type == "stream":
            printed += output.text
            continue
        if printed:
            yield printed
            printed = ""
        if "data" in output:
            yield dict(output.data)
    if printed:
        yield printed


def _add_figure(page: Page, html: str):
    alt, size, data = PICTURE.search(html).groups()
    page.add("figure", alt=Markup(alt), size=Markup(size), source=_image(page, data))


def _image(page: Page, data: str) -> str:
    """The picture's own file, WebP without loss, half as large as PNG; two that are the same share one."""
    png, webp = base64.b64decode(data), io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGBA").save(webp, "WEBP", lossless=True)
    name = f"{page.name[:2]}-{hashlib.sha256(png).hexdigest()[:10]}.webp"
    page.images[name] = webp.getvalue()
    return f"img/{name}"


def add_widget(page: Page, still: str):
    """A place for the widget, with its still picture for print and for a browser without scripts."""
    place = f"widget-{len(page.widgets) + 1}"
    state = page.states[len(page.widgets)]
    page.widgets[place] = state
    page.add("widget", place=place, kind=state["class"], alt=state["alt"], still=_image(page, still))


def add_question(page: Page, cell, asked):
    """A question that the page can answer as a form; an essay as its text alone."""
    if isinstance(asked, (Choice, Prediction)):
        page.questions[asked.name] = form(asked)
        page.add("question", asked=page.questions[asked.name])
    else:
        page.add("essay", question=Markup(html_of(asked.question)), minutes=asked.minutes)
    _remember(page, html_of(asked.question if not isinstance(asked, Prediction) else asked.text(0)))


def add_answer(page: Page, cell, asked):
    """A stub to read, with both hints folded, and ways to write it; a question's blank has become a form already."""
    if isinstance(asked, Exercise):
        hints = [Markup(rich_text(hint)) for hint in asked.hints]
        page.add("exercise", name=asked.name, stub=python(cell.source), hints=hints, links=page.links)


def add_rubric(page: Page, cell, asked):
    """What a full answer says, folded."""
    add_text(page, html_of(cell.source))


KINDS = {
    "question": add_question,
    "answer": add_answer,
    "check": lambda page, cell, asked: None,  # the form, or the notebook, checks
    "essay": lambda page, cell, asked: None,
    "rubric": add_rubric,
}


def as_script(name: str, value) -> str:
    """A script that sets window.course.NAME: a page opened from a folder may not fetch JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"(window.course ??= {{}}).{name}={text};\n"


def read_words(path: Path) -> dict:
    """Words of the pages in one language: those of the theme, or what is said otherwise than in the lessons."""
    return json.loads(path.read_text(encoding="utf-8"))
