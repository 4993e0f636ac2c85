"""Markdown of a lesson as HTML, with its formulas set when the page is done: all of them in one call of Node."""

from __future__ import annotations

import json
import re
import subprocess
from html import escape, unescape
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

HERE = Path(__file__).parent
FORMULA = re.compile(r'<(formula)( display)?>(.*?)</formula>', re.S)
TONES = {"q": "query", "Q": "query", "k": "key", "K": "key", "w": "weight"}  # as in the pictures


def _placeholder(source, options):
    """A formula until it is set."""
    return f"<formula{' display' if options['display_mode'] else ''}>{escape(source)}</formula>"


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin, renderer=_placeholder)


def html_of(markdown: str) -> str:
    """HTML in which links between lessons lead to pages. `set_formulas` sets what stands between dollar signs."""
    html = MARKDOWN.render(markdown)
    html = re.sub(r'href="([\w-]+)\.ipynb(#[^"]*)?"', r'href="\1.html\2"', html)
    return html.replace("<table>", '<div class="wide-table" tabindex="0"><table>').replace("</table>", "</table></div>")


def inline_html_of(markdown: str) -> str:
    """The same for one line, without a paragraph around it."""
    return MARKDOWN.renderInline(markdown)


def plain_text(html: str) -> str:
    """What is left of HTML for a search: words alone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def _reachable(formula: str) -> str:
    """A wide formula scrolls on a phone, so the keyboard must get there."""
    return formula.replace('<span class="katex-display">', '<span class="katex-display" tabindex="0">')


def set_formulas(html: str) -> str:
    """HTML with every formula set; a wrong formula stops the build, with its source."""
    sources = list(dict.fromkeys((unescape(found[3]), bool(found[2])) for found in FORMULA.finditer(html)))
    command = ["node", str(HERE / "formulas.mjs")]
    done = subprocess.run(command, input=json.dumps(sources), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise ValueError(f"a formula cannot be set:\n{done.stderr[-800:]}")
    made = dict(zip(sources, map(_reachable, json.loads(done.stdout)), strict=True))

    def one(found):
        source, display = unescape(found[3]), bool(found[2])
        tone = TONES.get(source.strip())
        html = made[source, display]
        return f'<span class="tone-{tone}">{html}</span>' if tone else html

    return FORMULA.sub(one, html)
