"""Puts the lessons into pages and writes them, with all that they load, into one folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import bundle
import front
import jinja2
import links
import nbformat
from cells import Page, add_widget, as_script, fill, read_words
from guide import copy_pictures, guide_page
from markup import set_formulas

HERE = Path(__file__).parent
KATEX = HERE.parent / "node_modules/katex/dist"


def write(read, out: Path, language: str) -> list[Path]:
    """read: (name, notebook, states) of each lesson. Returns the pages' paths."""
    words, said = (read_words(HERE / f"theme/{kind}.{language}.json") for kind in ("words", "said"))
    themes = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "theme"), autoescape=True, trim_blocks=True)
    cells = themes.get_template("cells.html").module
    made = [lesson_page(name, notebook, states, words, said, cells) for name, notebook, states in read]
    guide = guide_page(words, cells)
    write_assets(out, words, [*made, guide])
    copy_pictures(out)
    for notebook in read:
        write_notebook(out, *notebook[:2])
    order = [None, *made, None]
    shell = themes.get_template("page.html")
    home = write_front(out, words, cells, themes.get_template("front.html"), made)
    teaching = write_page(out, guide, shell, made, None, None)
    return [home, teaching, *(write_page(out, page, shell, made, *order[i : i + 3 : 2]) for i, page in enumerate(made))]


def write_front(out: Path, words: dict, cells, shell, all_pages) -> Path:
    """index.html: the sentence, attention, the reader's own words, the lessons."""
    page = Page("index", words["course"], words, {}, {}, [front.widget()], cells)
    add_widget(page, page.states[0].pop("still"))
    (out / "data/words.js").write_text(f'window.course.arrived("words","{front.vectors()}");\n', encoding="utf-8")
    command = "pip install -r requirements.txt && jupyter lab notebooks/01_queries_keys_values.ipynb"
    extra = {"sentence": front.SENTENCE, "command": command, "repository": links.repository()}
    return write_page(out, page, shell, all_pages, None, None, **extra)


def lesson_page(name, notebook, states, words, said, cells) -> Page:
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    ways = {
        "notebook": f"notebooks/{name}.ipynb",
        "colab": links.colab(name),
        "binder": links.binder(name),
        "command": f"jupyter lab notebooks/{name}.ipynb",
    }
    page = Page(name, title, words, said, ways, states, cells)
    page.promise = notebook.cells[0].source.split("\n\n")[1]
    return fill(page, notebook)


def write_page(out: Path, page: Page, shell, all_pages, before, after, **extra) -> Path:
    kinds = sorted({widget["class"] for widget in page.widgets.values()})
    html = shell.render(
        words=page.words, name=page.name, title=page.title, contents=page.contents, parts=page.parts, kinds=kinds,
        lessons=all_pages, before=before, after=after, formulas=any("<formula" in part for part in page.parts), **extra,
    )  # fmt: skip
    path = out / f"{page.name}.html"
    path.write_text(set_formulas(html), encoding="utf-8", newline="\n")
    questions = {name: {**asked, "question": ""} for name, asked in page.questions.items()}  # it stands in the page
    for place, widget in page.widgets.items():
        put_model_apart(out, f"{page.name}-{place}", widget["kept"])
    data = as_script("questions", questions) + as_script("widgets", page.widgets)
    (out / "data" / f"{page.name}.js").write_text(data, encoding="utf-8", newline="\n")
    for name, content in page.images.items():
        (out / "img" / name).write_bytes(content)
    return path


def put_model_apart(out: Path, name: str, kept):
    """A model, or maps of many sentences, get a script of their own, which the page loads when it is first asked."""
    if isinstance(kept, dict) and "file" in kept:
        text = f'window.course.arrived("{name}","{kept.pop("file")["b64"]}");\n'
        (out / f"data/{name}.js").write_text(text, encoding="utf-8")
        kept |= {"model": name, "megabytes": f"{len(text) / 1e6:.1f}"}


def write_assets(out: Path, words: dict, made: list[Page]):
    """Everything that the pages share."""
    for folder in ("assets/widgets", "assets/katex/fonts", "data", "img", "notebooks"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    shutil.copy(KATEX / "katex.min.css", out / "assets/katex")
    for font in (KATEX / "fonts").glob("*.woff2"):
        shutil.copy(font, out / "assets/katex/fonts")
    shutil.copy(HERE / "static/theme.js", out / "assets")
    shutil.copy(HERE / "theme/site.css", out / "assets")
    kinds = sorted({"AttentionView", *(widget["class"] for page in made for widget in page.widgets.values())})
    for name, script in bundle.scripts(kinds).items():
        (out / "assets" / name).write_text(script, encoding="utf-8", newline="\n")
    for kind in kinds:
        (out / f"assets/widgets/{kind}.css").write_text(bundle.stylesheet(kind), encoding="utf-8", newline="\n")
    (out / "assets/words.js").write_text(as_script("words", words), encoding="utf-8", newline="\n")
    found = [{"page": page.name, "title": page.title, **one} for page in made for one in page.found]
    (out / "assets/search.js").write_text(as_script("search", found), encoding="utf-8", newline="\n")
    (out / ".nojekyll").touch()


def write_notebook(out: Path, name: str, notebook):
    """The notebook to download, as it is stored."""
    nbformat.write(notebook, out / "notebooks" / f"{name}.ipynb")
