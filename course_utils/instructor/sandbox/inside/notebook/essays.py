"""Finds the written answers in a notebook, by the marks of cells or, where they are lost, by the question above."""

from __future__ import annotations

import re
from functools import cache

RUBRIC = "<details><summary>Compare with this"
HEADING = re.compile(r"#{1,3} ")


def find_essay(cells, name, question, blank):
    """The text written to a question, "" if there is none.

    question: the text that is asked, by which its cell is known.  blank: the line that asks to write here.
    """
    asked = next((i for i, cell in enumerate(cells) if _is_question(cell, name, question)), None)
    near = list(_below(cells, asked)) if asked is not None else []
    marked = [i for i, cell in enumerate(cells) if _is_place_to_write(cell, name)]
    texts = [cells[i].source for i in sorted({*near, *marked})]
    if asked is not None:
        texts.insert(0, _rest(cells[asked].source, question))
    return "\n\n".join(filter(None, (text.replace(blank, "").strip() for text in texts)))


def _is_question(cell, name, question):
    return cell.kind != "code" and (cell.marks.get("question") == name or _plain(question) in _plain(cell.source))


def _is_place_to_write(cell, name):
    return cell.marks.get("essay") == name or cell.key == "essay-" + name.replace("_", "-")


def _below(cells, asked):
    """The cells of text under the question, up to the next thing that is the lesson's own."""
    for i in range(asked + 1, len(cells)):
        cell = cells[i]
        foreign = set(cell.marks) - {"essay"} or HEADING.match(cell.source) or cell.source.startswith(RUBRIC)
        if cell.kind == "code" or foreign:
            return
        yield i


def _rest(source, question):
    """What was written into the cell of the question itself."""
    return source.partition(question)[2] if question in source else ""


@cache
def _plain(text):
    return re.sub(r"\W+", "", text)
