"""The cells of a notebook file, read so that no odd file stops it, and the statements in them."""

from __future__ import annotations

import ast
import contextlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType

from .magics import without_magics

LONGEST_NAME = 200  # characters of a line in which a name is looked for
CANNOT_BE_READ = (SyntaxError, ValueError, TypeError, RecursionError, MemoryError)
GO_ON = ("else", "elif", "except", "finally", "case")  # a line that begins so is no statement of its own


class NoNotebook(Exception):
    """The file is none; the message is one sentence on why."""


@dataclass
class Cell:
    """kind: "code", "markdown" or "raw".  marks: the course's own, as {"answer": "softmax"}.  key: the cell's id."""

    kind: str
    source: str
    marks: dict = field(default_factory=dict)
    key: str = ""


@dataclass
class Statement:
    """One top-level statement: its place (cell, number), its tree, and its text. With `error` it could not be read."""

    place: tuple[int, ...]
    node: ast.stmt | None
    text: str
    file: str = ""  # what a traceback calls the cell
    error: str = ""
    named: str = ""  # for one that could not be read: the name that it seems to define
    shown: str = ""  # of an answer, what a reader has to see besides its own text

    @cached_property
    def code(self) -> CodeType | None:
        """Ready to run; None if Python cannot make anything of it."""
        if self.node is None:
            return None
        with contextlib.suppress(*CANNOT_BE_READ):
            return compile(ast.Module([self.node], []), self.file, "exec")
        with contextlib.suppress(*CANNOT_BE_READ):  # from its text Python compiles what is three times as deep
            return compile("\n" * (_first_line(self.node) - 1) + self.text, self.file, "exec")
        return None


def read_cells(data: bytes) -> tuple[list[Cell], dict]:
    """The cells of a notebook of any version, and the course's own marks on the whole. NoNotebook if it is none."""
    if not data.strip(b" \t\r\n\0"):
        raise NoNotebook("The file is empty.")
    try:
        content = json.loads(_decoded(data), parse_int=_whole_number)
    except (ValueError, RecursionError):
        raise NoNotebook("The file is no notebook: it is not written in JSON.") from None
    found = _cell_list(content)
    if found is None:
        raise NoNotebook("The file is no notebook: it has no cells.")
    return [_cell(raw) for raw in found if isinstance(raw, dict)], _marks(content)


def _whole_number(digits):
    """Python reads no whole number of thousands of digits."""
    return int(digits) if len(digits) < 100 else float(digits)


def _decoded(data):
    """UTF-8, or what else its first bytes say, as of a file that PowerShell has written. No letter stops it."""
    encoding = json.detect_encoding(data)
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode(encoding).removeprefix("\ufeff")
    return data.decode("utf-8-sig", "replace")


def _cell_list(content):
    """The list of cells, also of a notebook of version 3, which has sheets of cells."""
    if not isinstance(content, dict):
        return None
    if isinstance(content.get("cells"), list):
        return content["cells"]
    sheets = content.get("worksheets")
    lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
    return [cell for cells in lists if isinstance(cells, list) for cell in cells] if lists else None


def _cell(raw):
    source = raw.get("source", raw.get("input", ""))
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    source, kind = source.replace("\r\n", "\n").replace("\r", "\n"), str(raw.get("cell_type", "code"))
    if kind == "code" and source.startswith("%md\n"):  # Databricks
        kind, source = "markdown", source.removeprefix("%md\n")
    return Cell(kind, source, _marks(raw), str(raw.get("id", "")))


def _marks(raw):
    metadata = raw.get("metadata")
    marks = metadata.get("course") if isinstance(metadata, dict) else None
    return {str(key): str(value)[:200] for key, value in marks.items()} if isinstance(marks, dict) else {}


def statements(cells):
    """All top-level statements of the code cells, in order; what cannot be read is there too, with its error."""
    found = []
    for number, cell in enumerate(cells):
        if cell.kind == "code":
            found += statements_in(cell.source, number)
    return found


def statements_in(source, number):
    """The statements of a cell. number: the cell's."""
    file = f"<cell {number + 1}>"
    for text in (source, without_magics(source)):
        with contextlib.suppress(*CANNOT_BE_READ):
            return _of_text(text, (number, 0), file)
    found = []
    for text, lines_before in _pieces(without_magics(source)):
        found += _of_piece(text, lines_before, (number, len(found)), file)
    return found


def _of_text(text, place, file):
    """The statements of a text that is all Python. place: the first one's."""
    lines, (cell, first) = text.split("\n"), place
    return [
        Statement((cell, number), node, "\n".join(lines[_first_line(node) - 1 : node.end_lineno]), file)
        for number, node in enumerate(ast.parse(text).body, first)
    ]


def _first_line(node):
    return min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])


def _pieces(source):
    """(text, lines before it): cuts a cell that cannot be read as a whole where a line begins at the left."""
    lines, piece, start = source.split("\n"), [], 0
    for number, line in enumerate(lines):
        decorated = piece and piece[-1].startswith("@")
        if piece and not decorated and _begins_a_statement(line):
            yield "\n".join(piece), start
            piece, start = [], number
        piece.append(line)
    yield "\n".join(piece), start


def _begins_a_statement(line):
    return bool(line) and not line[0].isspace() and line[0] not in ")]}#" and _first_word(line) not in GO_ON


def _of_piece(text, lines_before, place, file):
    try:
        found = _of_text(text, place, file)
    except CANNOT_BE_READ as error:
        line = (getattr(error, "text", None) or "").strip()[:LONGEST_NAME]
        said = f"{type(error).__name__}: {getattr(error, 'msg', error)}" + (f", in the line `{line}`" if line else "")
        return [Statement(place, None, text, file, said, _named(text))]
    for statement in found:
        ast.increment_lineno(statement.node, lines_before)
    return found


def _named(text):
    """The name that a statement defines, as far as its first words tell; "" if they do not."""
    start = next((line for line in text.split("\n") if line.strip() and line[0] not in "@#"), "")[:LONGEST_NAME]
    words = start.removeprefix("async ").split(None, 1)
    if words[:1] in (["def"], ["class"]):
        return _first_word(words[1]) if words[1:] else ""
    target, assigned, value = start.partition("=")
    name = _first_word(target)
    is_name_alone = target[len(name) :].strip()[:1] in ("", ":")
    return name if assigned and value[:1] != "=" and is_name_alone else ""


def _first_word(text):
    """The letters, digits and low lines that a text begins with."""
    text = text.lstrip()
    return next((text[:i] for i, letter in enumerate(text) if not (letter.isalnum() or letter == "_")), text)
