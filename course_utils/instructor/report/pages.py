"""What every page shares: one file with all it needs, nothing fetched, and every foreign word escaped."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ...exercises.engine.display import rich_text

LONGEST_CODE = 20_000  # characters of an answer on a page


def page(title, body, script=""):
    """A whole HTML page. title: plain text.  body: HTML, escaped by who made it.  script: name of a file in static/.

    Its policy lets in this very style and script and nothing else: no request, no frame, no other script, whatever a
    submission has written.
    """
    style, code = static("report.css"), static(script) if script else ""
    allowed = f"default-src 'none'; style-src '{_digest(style)}'"
    if code:
        allowed += f"; script-src '{_digest(code)}'"
        code = f"<script>{code}</script>\n"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n{code}</body>\n</html>\n"
    )


def static(name):
    """The text of a file in static/."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


def _digest(text):
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def code(source):
    """Python source as HTML, its keywords, strings and comments marked; broken source too."""
    if len(source) > LONGEST_CODE:
        source = f"{source[:LONGEST_CODE]}\n# … and {len(source) - LONGEST_CODE:,} characters more"
    marked = highlight(source, PythonLexer(stripall=False), HtmlFormatter(nowrap=True))
    return f"<pre tabindex='0'><code>{marked.rstrip()}</code></pre>"


def bullets(lines):
    """A list of messages as HTML."""
    return "<ul>" + "".join(f"<li>{rich_text(line)}</li>" for line in lines) + "</ul>"


def table(headings, rows):
    """An HTML table. headings: plain text; one that ends in # heads a column of numbers.  rows: of HTML."""
    classes = [' class="number"' if heading.endswith("#") else "" for heading in headings]
    head = "".join(f"<th{kind}>{escape(heading.rstrip('#'))}</th>" for heading, kind in zip(headings, classes))
    lines = ["".join(f"<td{kind}>{value}</td>" for value, kind in zip(row, classes)) for row in rows]
    return f"<table>\n<tr>{head}</tr>\n" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>"
