"""Takes out of a text what says who has written it: their name, number and address, and paths of their machine.

What is a word of the question or of what a full answer says stays, even if somebody is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..results import Graded
from ..submissions.class_list import ClassList
from ..variants import same_name

COVER = "▇▇▇"
SHORTEST = 3  # letters of a first or last name that is covered where it stands alone; of other scripts one less
SHORTEST_NUMBER = 4  # signs of a number, or of what stands before the @ of an address
HOME = re.compile(r"((?:/home|/Users|\\Users|/nfs/home)[/\\]+)[^\s/\\'\"`)]+", re.IGNORECASE)
# Not in the midst of a word or number; a low line stands between words, and so does a number between names.
MARK, NAME = r"(?<![^\W_]){}(?![^\W_])", r"(?<![^\W\d_]){}(?![^\W\d_])"


@dataclass(frozen=True)
class Author:
    """names: as they are written in a list, in a path, in a notebook.  marks: numbers and addresses."""

    names: tuple[str, ...]
    marks: tuple[str, ...] = ()


def author_of(one: Graded, students: ClassList | None) -> Author:
    """Who has handed in this result, with what the list knows of them."""
    listed = [who for who in students.students if same_name(who.name) == same_name(one.student)] if students else []
    marks = [mark for who in listed for mark in (who.number, who.email, who.email.partition("@")[0])]
    return Author(tuple(filter(None, [one.student, one.owner, one.origin])), tuple(marks))


def covered(text: str, author: Author, of_the_question: Iterable[str] = ()) -> str:
    """The text with COVER in place of what leads to its author. of_the_question: texts whose words stay."""
    kept = {word.casefold() for told in of_the_question for word in _words(told)}
    text = HOME.sub(rf"\1{COVER}", text)
    for mark in author.marks:
        if len(mark) >= SHORTEST_NUMBER:
            text = re.sub(MARK.format(re.escape(mark)), COVER, text, flags=re.IGNORECASE)
    for words in map(_words, author.names):
        for order in (words, words[::-1]):
            if len(order) > 1:
                text = re.sub(NAME.format(r"[\W_]*".join(map(re.escape, order))), COVER, text, flags=re.IGNORECASE)
        for word in words:
            if len(word) + (not word.isascii()) >= SHORTEST and word.casefold() not in kept:
                # Chinese and others write no spaces.
                text = re.sub((NAME if word.isascii() else "{}").format(re.escape(word)), COVER, text)
    return text


def _words(text):
    return re.findall(r"[^\W\d_]+", text)
