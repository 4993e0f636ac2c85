"""The cells of a notebook file, read so that no odd file stops it, and the statements in them."""

from __future__ import annotations

import ast
import contextlib
import json
import re
from dataclasses import dataclass, field

MAGIC = re.compile(r"^(\s*)(?:[%!].*|\?.*|[^#'\"]*[^\s?]\?{1,2}\s*)$")  # %matplotlib inline, !ls, ?help, help?
MAGIC_VALUE = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$")  # files = !ls
RUNS_ITS_BODY = ("%%time", "%%timeit", "%%capture", "%%prun")  # cell magics with Python below them
CONTINUES = re.compile(r"[\s)\]}#]|(?:else|elif|except|finally|case)\b")  # begins no statement of its own
NAMED = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)|(\w+)\s*(?::[^=]*)?=(?!=)")


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

    place: tuple[int, int]
    node: ast.stmt | None
    text: str
    file: str = ""  # what a traceback calls the cell
    error: str = ""
    named: str = ""  # for one that could not be read: the name that it seems to define


def read_cells(data: bytes) -> tuple[list[Cell], dict]:
    """The cells of a notebook of any version, and the course's own marks on the whole. NoNotebook if it is none."""
    if not data.strip():
        raise NoNotebook("The file is empty.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NoNotebook("The file is no notebook: it is not written in JSON.") from None
    found = _cell_list(content)
    if found is None:
        raise NoNotebook("The file is no notebook: it has no cells.")
    return [_cell(raw) for raw in found if isinstance(raw, dict)], _marks(content)


def _cell_list(content):
    """The list of cells, also of a notebook of version 3, which has sheets of cells."""
    if not isinstance(content, dict):
        return None
    sheets = content.get("worksheets")
    if isinstance(sheets, list) and not isinstance(content.get("cells"), list):
        content = sheets[0] if sheets and isinstance(sheets[0], dict) else {}
    return content.get("cells") if isinstance(content.get("cells"), list) else None


def _cell(raw):
    source = raw.get("source", raw.get("input", ""))
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return Cell(str(raw.get("cell_type", "code")), source.replace("\r\n", "\n"), _marks(raw), str(raw.get("id", "")))


def _marks(raw):
    metadata = raw.get("metadata")
    marks = metadata.get("course") if isinstance(metadata, dict) else None
    return {str(key): str(value)[:200] for key, value in marks.items()} if isinstance(marks, dict) else {}


def statements(cells):
    """All top-level statements of the code cells, in order; what cannot be read is there too, with its error."""
    found = []
    for number, cell in enumerate(cells):
        if cell.kind == "code":
            found += _cell_statements(number, cell.source)
    return found


def _cell_statements(number, source):
    file = f"<cell {number + 1}>"
    for text in (source, without_magics(source)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            body = ast.parse(text).body
            return [Statement((number, i), node, _text_of(text, node), file) for i, node in enumerate(body)]
    found = []
    for text, lines_before in _pieces(without_magics(source)):
        found += _piece_statements(number, len(found), text, lines_before, file)
    return found


def _text_of(source, node):
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return "\n".join(source.splitlines()[first - 1 : node.end_lineno])


def without_magics(source):
    """The same lines, with what only IPython understands replaced by nothing."""
    lines = source.splitlines()
    if lines and lines[0].startswith("%%"):
        lines = ["", *lines[1:]] if lines[0].startswith(RUNS_ITS_BODY) else [""] * len(lines)
    lines = [MAGIC_VALUE.sub(r"\1None", line) for line in lines]
    return "\n".join(MAGIC.sub(r"\1pass", line) for line in lines)


def _pieces(source):
    """(text, lines before it): cuts a cell that cannot be read as a whole where a line begins at the left."""
    lines, piece, start = source.splitlines(), [], 0
    for number, line in enumerate(lines):
        decorated = piece and piece[-1].startswith("@")
        if line and not CONTINUES.match(line) and piece and not decorated:
            yield "\n".join(piece), start
            piece, start = [], number
        piece.append(line)
    yield "\n".join(piece), start


def _piece_statements(number, first, text, lines_before, file):
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        name = NAMED.search(text)
        line = (getattr(error, "text", None) or "").strip()
        said = f"{type(error).__name__}: {getattr(error, 'msg', error)}" + (f", in the line `{line}`" if line else "")
        return [Statement((number, first), None, text, file, said, next(filter(None, name.groups())) if name else "")]
    found = [Statement((number, first + i), node, _text_of(text, node), file) for i, node in enumerate(body)]
    for statement in found:
        ast.increment_lineno(statement.node, lines_before)
    return found
