"""The page for instructors, docs/teaching.md, with its pictures."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import links
from cells import Page, add_text, python
from markup import html_of
from markupsafe import Markup
from PIL import Image

DOCS = Path(__file__).parent.parent / "docs"
NAME = "teaching"
PYTHON = re.compile(r'<pre><code class="language-python">(.*?)</code></pre>', re.S)


def guide_page(words: dict, cells) -> Page:
    """The page, on its way to HTML as a lesson is."""
    source = (DOCS / f"{NAME}.md").read_text(encoding="utf-8")
    page = Page(NAME, source.splitlines()[0].removeprefix("# "), words, {}, {}, [], cells)
    add_text(page, _reachable(_leading_out(html_of(source))))
    return page


def copy_pictures(out: Path):
    """Those that the page shows."""
    for picture in DOCS.glob("*_page.png"):
        shutil.copy(picture, out / "img")


def _leading_out(html: str) -> str:
    """Files of the repository are linked to there, pictures to the site's own."""
    html = re.sub(r'href="\.\./', f'href="{links.repository()}/tree/{links.BRANCH}/', html)
    return re.sub(r'<img src="(\w+\.png)"', _picture, html)


def _picture(found):
    width, height = Image.open(DOCS / found[1]).size
    return f'<img src="img/{found[1]}" width="{width}" height="{height}" loading="lazy"'


def _reachable(html: str) -> str:
    """Code in colours; what is wider than a phone scrolls, and the keyboard gets there."""
    html = PYTHON.sub(lambda found: f"<pre><code>{python(Markup(found[1]).unescape())}</code></pre>", html)
    return html.replace("<pre>", '<pre tabindex="0">')
