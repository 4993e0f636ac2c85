"""Promise: the pages hold together: links lead somewhere, pictures have words, nothing is asked of another host."""

import gzip
import json
import re
from html.parser import HTMLParser

import nbformat
import pytest
from bundle import STATIC
from cells import WIDGET
from guide import DOCS
from markup import html_of, plain_text

pytestmark = pytest.mark.slow
GUIDE = DOCS / "teaching.md"
KILOBYTES = 90  # HTML, stylesheets and scripts of a page, gzipped


class Elements(HTMLParser):
    """All elements of a page: (tag, {attribute: value})."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


@pytest.fixture(scope="module")
def pages(site):
    return {path.name: Elements(path.read_text(encoding="utf-8")).found for path in sorted(site.glob("*.html"))}


def test_a_page_for_each_lesson_and_one_in_front(pages, site):
    lessons = {f"{path.stem}.html" for path in (site / "notebooks").iterdir()}
    assert set(pages) == {"index.html", "teaching.html"} | lessons and len(lessons) >= 9


def test_the_page_for_instructors_is_that_of_the_repository(pages, site):
    """Every section and every command stands on it, its pictures are there, and every page leads to it."""
    text, source = (site / "teaching.html").read_text(encoding="utf-8"), GUIDE.read_text(encoding="utf-8")
    words = plain_text(text)
    for heading in re.findall(r"^## (.*)$", source, re.M):
        assert plain_text(html_of(heading)) in words
    for command in re.findall(r"^(python -m course_utils.instructor .*)$", source, re.M):
        assert plain_text(html_of(f"`{command}`")) in words
    pictures = [values["src"] for tag, values in pages["teaching.html"] if tag == "img"]
    assert pictures == [f"img/{name}" for name in re.findall(r"\((\w+\.png)\)", source)] and len(pictures) >= 3
    for name, found in pages.items():
        assert name == "teaching.html" or any(values.get("href") == "teaching.html" for _, values in found), name


def test_links_lead_somewhere(pages, site):
    ids = {name: {values["id"] for _, values in found if "id" in values} for name, found in pages.items()}
    for name, found in pages.items():
        for tag, values in found:
            link = values.get("href") or values.get("src") or "#"
            file, _, place = link.partition("#")
            if not file.startswith("http"):
                assert not file or (site / file).exists(), f"{name}: {link}"
                assert not place or place in ids[file or name], f"{name}: {link}"
            else:
                assert tag == "a", f"{name} loads {link}"


def test_pictures_have_words_and_ids_are_unique(pages):
    for name, found in pages.items():
        assert all(values.get("alt") for tag, values in found if tag == "img"), name
        ids = [values["id"] for _, values in found if "id" in values]
        assert len(ids) == len(set(ids)), name


def test_each_widget_has_its_state(pages, site):
    for name, found in pages.items():
        places = {values["id"] for _, values in found if "data-widget" in values}
        data = (site / "data" / name.replace(".html", ".js")).read_text(encoding="utf-8")
        stored = json.loads(re.search(r"\.widgets=(.*);\n", data)[1].replace("<\\/", "</"))
        assert set(stored) == places


def test_a_widget_is_the_one_that_the_lesson_shows(pages, site):
    """Only some cells are run for it; its words say if it has other numbers than in the stored notebook."""
    shown = []
    for path in sorted((site / "notebooks").iterdir()):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if WIDGET in output.get("data", {}):
                    shown.append(output.metadata["image/png"]["alt"])
    alts = [values["alt"] for name, found in pages.items() if name != "index.html" for values in after_widgets(found)]
    assert [alt.partition(": ")[2] for alt in alts] == shown and shown


def after_widgets(found):
    """The attributes of what comes first in each widget's place: its picture."""
    return [found[i + 1][1] for i, (_, values) in enumerate(found) if "data-widget" in values]


def test_nothing_of_a_formula_is_left(pages, site):
    for name in pages:
        text = (site / name).read_text(encoding="utf-8")
        assert "<formula" not in text and "katex-error" not in text


def test_a_page_is_light(pages, site):
    for name, found in pages.items():
        loaded = [values.get("href") or values["src"] for tag, values in found if tag == "script" or tag == "link"]
        sizes = [len(gzip.compress((site / file).read_bytes())) for file in [name, *loaded]]
        assert sum(sizes) < KILOBYTES * 1000, f"{name}: {sum(sizes) / 1000:.0f} kB"


def test_the_words_of_the_pages_are_in_one_file():
    """A translator finds every word of the theme in words.en.json: the templates hold none of their own."""
    for template in (STATIC.parent / "theme").glob("*.html"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->", "", template.read_text(encoding="utf-8"), flags=re.S)
        assert not re.findall(r">[^<>]*[A-Za-z]{3,}[^<>]*<", text), template.name
