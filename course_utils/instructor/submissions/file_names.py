"""Takes the name of a file or folder apart: a person, a lesson, the marks of a second copy, what a platform adds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ..lessons import lessons
from .platforms import by_platform, persons_in_ilias

EDGES = " _-.–"  # what stands between a lesson's name and a person's
# " (1)", "-Copy1", " - Copy (2)", "_copy", "(copy)", as browsers and systems write them in several languages. A number
# of three digits is no copy's.
COPY = "copy|copie|copia|cópia|kopie|kopia|副本|コピー"
MARK = re.compile(
    rf"(?:[ _–-]*\((\d{{1,2}})\)|(?:[ _–-]+\(?|\()(?:{COPY})[ _-]*\(?(\d{{0,2}})\)?\)?)$", re.IGNORECASE
)
LONGEST_MARK, MOST_MARKS = 24, 100  # only the end of a name is looked at, so that no name takes long
COUNTED = re.compile(r"[ _]?-(\d{1,2})$")  # Canvas calls a second try "x-1.ipynb"; a person may be called so, too
# What Windows keeps for its devices, with whatever ending.
PORTS = {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
DEVICES = frozenset({"con", "prn", "aux", "nul", *PORTS})


@dataclass(frozen=True)
class Form:
    """One way to read whose name it is. copies: the numbers in the marks that were taken off, outermost last."""

    person: str
    copies: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """One name out of a path, taken apart.

    text: all of it.  lesson: that it speaks of, or None.  forms: from all of a name to what is left without its marks.
    usual: which of them is meant if no list says more.  platform: which learning platform wrote it so, or "".
    key: the platform's own number of the person.
    """

    text: str
    lesson: str | None
    forms: tuple[Form, ...]
    usual: Form
    platform: str = ""
    key: str = ""


def readable(name: str) -> str:
    """One spelling for each letter; a byte that is no letter in UTF-8 is written out, so that two names stay two."""
    plain = unicodedata.normalize("NFC", name)
    try:
        data = plain.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a letter, as Windows allows it
        data = plain.encode("utf-8", "surrogatepass")
    return data.decode("utf-8", "backslashreplace")


def is_reserved(name: str) -> bool:
    """Does Windows refuse it, whatever stands behind a dot?"""
    return name.partition(".")[0].strip().casefold() in DEVICES


def folder_part(name: str) -> Part:
    """A folder's name. Nothing in it marks a copy: two people of one name may have the folders Smith (1), Smith (2)."""
    text = readable(name)
    before, lesson, after = _around_lesson(text)
    usual = Form(_joined(before, _only_marks(after)[0]) if lesson else text.strip())
    more = (Form(person) for person in persons_in_ilias(text))
    return _of_platform(text, lesson) or Part(text, lesson, (usual, *more), usual)


def file_part(stem: str) -> Part:
    """The name of a file, without its ending."""
    text = readable(stem)
    before, lesson, after = _around_lesson(text)
    if known := _of_platform(text, lesson):
        return known
    after, copies = _only_marks(after)
    forms = list(_forms(Form(_joined(before, after) if lesson else text.strip(), copies)))
    return Part(text, lesson, tuple(forms), _without_sure_marks(forms))


def _of_platform(text, lesson):
    known = by_platform(text)
    if not known:
        return None
    form = Form(known.person, without_marks(known.rest, counted=True)[1])
    return Part(text, lesson, (form,), form, known.platform, known.key)


def _only_marks(after):
    """(what stands behind the lesson's name, the numbers in it if it is nothing but marks of a copy)."""
    rest, numbers = without_marks(after, counted=True)
    alone = rest.strip(EDGES)
    if len(alone) < 3 and alone.isdecimal():  # "02_softmax_attention_2"
        alone, numbers = "", (int(alone), *numbers)
    return (after, ()) if alone else ("", numbers)


def _forms(form):
    """A name as it is, and then without each of the marks of a copy at its end, as long as a name is left."""
    yield form
    for _ in range(MOST_MARKS):
        less, number = _without_mark(form.person, counted=True)
        if number is None or not less.strip(EDGES):
            return
        form = Form(less.strip(), (number, *form.copies))
        yield form


def _without_sure_marks(forms):
    """The form that has lost all marks but those that are only Canvas' way to count."""
    return next((form for form in forms if _without_mark(form.person, counted=False)[1] is None), forms[-1])


def without_marks(text: str, counted: bool = False) -> tuple[str, tuple[int, ...]]:
    """(the text without the marks of a copy at its end, their numbers). counted: "-1" is one, too."""
    numbers = ()
    less, number = _without_mark(text, counted)
    while number is not None:
        text, numbers = less, (number, *numbers)
        less, number = _without_mark(text, counted)
    return text, numbers


def _without_mark(text, counted):
    """(the text without the last mark, its number); (text, None) if there is none."""
    end = text[-LONGEST_MARK:]
    found = MARK.search(end) or (COUNTED.search(end) if counted else None)
    if not found:
        return text, None
    return text[: len(text) - len(found[0])], int(next(filter(None, found.groups()), 1))


def _around_lesson(text):
    """(before, lesson, after), split where a lesson's whole name stands; (text, None, "") if none does."""
    for lesson in lessons():
        found = re.search(re.escape(lesson), text, re.IGNORECASE)
        if found:
            return text[: found.start()], lesson, text[found.end() :]
    return text, None, ""


def _joined(before, after):
    return f"{before.strip(EDGES)} {after.strip(EDGES)}".strip()
