"""Finds the answers in a notebook.

Nothing is run here, and nothing rests on metadata, on the cell that was given, or on the order of cells: an answer is
whatever gives its name a value at the top level, or is handed to its check.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field

from .cells import Statement
from .names import imported_from, is_import

MOST_TRIED = 4


@dataclass
class Found:
    """What a notebook holds for one name.

    tried: the statements to try: the last, and those that a check has seen, the latest first.  blank: the text of one
    with nothing filled in.  broken: one that seems to define it and cannot be read.  imported: it is the course's own.
    hidden: only running the notebook can tell, as of exec("def softmax…").  misplaced: (where, statement) of what would
    define it, see misplaced.py; only if nothing else is found.
    """

    tried: list[Statement] = field(default_factory=list)
    blank: str | None = None
    broken: Statement | None = None
    imported: bool = False
    hidden: bool = False
    misplaced: list[tuple[str, Statement]] = field(default_factory=list)


def find(source, name) -> Found:
    """What the statements of a notebook hold for an answer."""
    found, defined, checked = Found(), [], []
    for statement in source.statements:
        handed = source.handed_over(statement, name)
        if handed:
            checked.append(statement.place)
            defined += _as_statements(source, statement, name, handed)
        if statement.error and statement.named == name:
            found.broken = statement
        elif name in source.binds[statement.place] and not (handed and source.is_check_alone(statement)):
            _sort_in(found, defined, statement, name)
        elif not handed and name in statement.text and _may_define(source, statement, name):
            found.hidden = True
    found.tried = _likeliest(defined, checked)
    for statement in found.tried:
        statement.shown = _shown(source, statement, name)
    return found


def _as_statements(source, statement, name, answers):
    """What a check is handed under another name, as statements `name = …`."""
    for number, answer in enumerate(answers):
        if getattr(answer, "id", "") != name and not _says_nothing(answer):
            yield source.assigned(name, answer, (*statement.place, number), statement.file)


def _sort_in(found, defined, statement, name):
    node = statement.node
    if is_import(node) and imported_from(node, name).startswith("course_utils"):
        found.imported = True
    elif is_blank(node):
        found.blank = statement.text
    else:
        defined.append(statement)


def _may_define(source, statement, name):
    """Does a text in it define the name, or is the name one of the texts by which something is looked up?"""
    nodes = ast.walk(statement.node) if statement.node else ()
    texts = {part.value for part in nodes if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    checks = source.checks.get(statement.place, ())
    looked_up = "globals" in source.reads[statement.place] or any(not about for about, _ in checks)
    definition = re.compile(rf"\bdef {name}\(|^[ \t]*{name}[ \t]*=[^=]", re.MULTILINE)
    return name in texts and looked_up or any(map(definition.search, texts))


def _likeliest(defined, checked):
    """The last, and those that stood last before each check, the latest first. The same text twice is one."""
    before = [[s for s in defined if s.place[:2] <= check][-1:] for check in reversed(checked)]
    found = {}
    for statement in (*defined[-1:], *(s for each in before for s in each)):
        found.setdefault(statement.text or statement.place, statement)
    return list(found.values())[:MOST_TRIED]


def _shown(source, statement, name):
    """What a reader has to see of an answer: where it only gives the name to something else, that as well."""
    node, parts = statement.node, []
    if is_import(node):
        parts = [source.files.get(imported_from(node, name), "").rstrip()]
    elif isinstance(node, ast.Assign):
        read = dict.fromkeys(part.id for part in ast.walk(node.value) if isinstance(part, ast.Name))
        before = [[s for s in source.binders[name] if s.place < statement.place] for name in read]
        parts = [each[-1].text for each in before if each and not is_import(each[-1].node)]
    return "\n\n".join(filter(None, [*parts, statement.text]))


def is_blank(node):
    """Nothing filled in: `...`, None, or a function whose body is only a docstring, `...` or pass."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return node.value is None or _says_nothing(node.value)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return all(
        isinstance(line, ast.Pass)
        or isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
        or isinstance(line, ast.Return) and (line.value is None or _says_nothing(line.value))
        for line in node.body
    )


def _says_nothing(value):
    return isinstance(value, ast.Constant) and value.value in (None, ...)
