"""Promise: what is true only in a notebook is said otherwise on the website, or there said of the notebook."""

import re

import nbformat
from cells import as_said_here, read_words
from pages import HERE

import notebooks

SAID = read_words(HERE / "theme/said.en.json")
ONLY_THERE = re.compile(
    r"""
    \*\*your\*\*|\byour `|your own functions? |\brun (this|it|them|the (next )?cell)\b|cells? (once )?(again|below)
    |live\ widget|stored\ pa|still\ picture|without\ a\ running|show_solution|toolbar|new\ cell|JupyterLab|in\ the\ box
    """,
    re.IGNORECASE | re.VERBOSE,
)


def texts():
    """(lesson, text) of each text cell that the page shows."""
    for path in sorted(notebooks.LESSONS.glob("[0-9]*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown" and "essay" not in cell.metadata.get("course", {}):
                yield path.stem, cell.source


def test_each_entry_replaces_one_text():
    """If a lesson has changed: look up what it says now, and write that into theme/said.en.json."""
    everything = "\n\n".join(text for _, text in texts())
    assert [there for there in SAID if everything.count(there) != 1] == []


def test_nothing_is_said_that_is_true_only_in_a_notebook():
    """What is found here needs another sentence for the page, in theme/said.en.json."""
    found = []
    for lesson, text in texts():
        for sentence in re.split(r"(?<=[.?!])\s+|\n\n", as_said_here(text, SAID)):
            if ONLY_THERE.search(sentence) and "notebook" not in sentence:
                found.append((lesson, sentence))
    assert found == []
