"""What every page shares: a Jinja2 template, one file with all it needs, nothing fetched, foreign words escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ...exercises.engine.display import rich_text
from .. import wording

LONGEST_CODE = 20_000  # characters of an answer on a page
FORMULA = re.compile(r"\$([^$\n]+)\$")


def page(template: str, title: str, script: str = "", **values) -> str:
    """A whole HTML page. template: name of a file in templates/.  script: of one in static/.  values: for the template.

    Its policy lets in this very style and script and nothing else: no request, no frame, no other script, whatever a
    submission has written.
    """
    style, code = static("report.css"), static(script) if script else ""
    policy = f"default-src 'none'; style-src '{_digest(style)}'" + (f"; script-src '{_digest(code)}'" if code else "")
    own = {"title": title, "policy": policy, "style": Markup(style), "script": Markup(code)}
    return _environment().get_template(template).render(**own, **values) + "\n"


@cache
def _environment():
    environment = Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    for shown in (wording.lesson_title, wording.points, wording.sentence, wording.counted):
        environment.filters[shown.__name__] = shown
    environment.filters["rich"] = lambda message: Markup(rich_text(message))
    environment.filters |= {"code": code, "name": name, "lines_of": lines_of}
    return environment


def static(name: str) -> str:
    """The text of a file in static/."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


def lines_of(question: str) -> list[str]:
    """Those of a question in Markdown; what it offers to choose from stands behind dots, formulas are in italics."""
    question = FORMULA.sub(r"*\1*", question)
    return [f"• {line[2:]}" if line.startswith("* ") else line for line in question.splitlines() if line.strip()]


def name(exercise: str) -> Markup:
    """An exercise's name, that a narrow column breaks at its low lines and nowhere else."""
    return escape(exercise).replace("_", Markup("_<wbr>"))


def _digest(text):
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def code(source: str) -> Markup:
    """Python source as HTML, its keywords, strings and comments marked; broken source too."""
    if len(source) > LONGEST_CODE:
        source = f"{source[:LONGEST_CODE]}\n# … and {len(source) - LONGEST_CODE:,} characters more"
    return Markup(highlight(source, PythonLexer(stripall=False), HtmlFormatter(nowrap=True)).rstrip())
