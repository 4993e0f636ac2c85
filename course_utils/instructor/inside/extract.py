"""Finds the answers in a notebook: which statements define them, and which others those need.

Nothing is run here, and nothing rests on metadata, on the cell that was given, or on the order of cells: an answer is
whatever gives its name a value at the top level. Names are read off the compiled code, so that a local variable is
never taken for a global one.
"""

from __future__ import annotations

import ast
import dis
import re
import types
import warnings
from dataclasses import dataclass, field

from .cells import Statement

GLOBALS_READ, GLOBALS_WRITTEN = {"LOAD_GLOBAL", "LOAD_NAME"}, {"STORE_NAME", "STORE_GLOBAL"}


@dataclass
class Found:
    """What a notebook holds for one name.

    tried: the statements to try, the likeliest first; at most two.  blank: the text of a cell with nothing filled in.
    broken: a statement that seems to define it and cannot be read.  imported: it is the course's own.
    hidden: a text defines it, as in exec("def softmax…"), so that only running the notebook can tell.
    """

    tried: list[Statement] = field(default_factory=list)
    blank: str | None = None
    broken: Statement | None = None
    imported: bool = False
    hidden: bool = False


class Source:
    """The statements of a notebook, and who binds and who reads which name."""

    def __init__(self, statements):
        self.statements = statements
        self.reads, self.binds = {}, {}
        for statement in statements:
            self.reads[statement.place], self.binds[statement.place] = _names(statement.node)

    def find(self, name) -> Found:
        """The statements that define an answer."""
        found, last_check = Found(), None
        for statement in self.statements:
            if statement.error and statement.named == name:
                found.broken = statement
            elif is_check_of(statement.node, name):
                last_check = statement.place
            elif name in self.binds[statement.place]:
                _sort_in(found, statement, name)
            elif name in statement.text and _defined_in_a_text(statement.node, name):
                found.hidden = True
        before = [statement for statement in found.tried if last_check and statement.place < last_check]
        found.tried = _without_repeats(found.tried[-1:] + before[-1:])
        return found

    def needed_by(self, statement, settled, answers):
        """The statements to run before and with this one, in order.

        settled: names that have their value already.  answers: Found for each name of the lesson; of these, only the
        likeliest definition is taken.
        """
        own = self.binds[statement.place] & set(answers)
        earlier = [s for s in self.statements if s.place <= statement.place and self._builds_on(s, own)]
        needed = {s.place for s in earlier} | {statement.place}
        names = [name for s in (*earlier, statement) for name in self.reads[s.place]]
        seen = set(settled) | own
        while names:
            name = names.pop()
            if name in seen:
                continue
            seen.add(name)
            for other in self._definitions(name, answers):
                needed.add(other.place)
                names += self.reads[other.place]
        return [statement for statement in self.statements if statement.place in needed]

    def _builds_on(self, statement, names):
        """Does it give one of the names a value that a later `name = wrap(name)` may start from?"""
        bound = names & self.binds[statement.place]
        return bound and not _is_import(statement.node) and not any(is_check_of(statement.node, name) for name in bound)

    def _definitions(self, name, answers):
        if name in answers:
            return answers[name].tried[:1]
        own = [s for s in self.statements if name in self.binds[s.place] or _is_star(s.node)]
        assigned = any(name in self.binds[s.place] and not _is_import(s.node) for s in own)
        return own + [s for s in self.statements if _changes(s.node, name, only_target=not assigned)]


def _names(node):
    """(names read, names bound) of a top-level statement, inside its functions too."""
    read, bound = set(), set()
    try:
        with warnings.catch_warnings(action="ignore"):
            codes = [compile(ast.Module([node], []), "", "exec")]
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError, AttributeError):
        return read, bound
    while codes:
        code = codes.pop()
        codes += [const for const in code.co_consts if isinstance(const, types.CodeType)]
        for step in dis.get_instructions(code):
            if step.opname in GLOBALS_READ:
                read.add(step.argval)
            if step.opname in GLOBALS_WRITTEN and (code.co_name == "<module>" or step.opname == "STORE_GLOBAL"):
                bound.add(step.argval)
    return read, bound


def _sort_in(found, statement, name):
    node = statement.node
    if _is_import(node) and (getattr(node, "module", None) or _imported_as(node, name)).startswith("course_utils"):
        found.imported = True
    elif is_blank(node):
        found.blank = statement.text
    else:
        found.tried.append(statement)


def _imported_as(node, name):
    return next((alias.name for alias in node.names if name == (alias.asname or alias.name.split(".")[0])), "")


def _without_repeats(statements):
    """The same text twice, as after copying a cell, is one."""
    return list({statement.text: statement for statement in reversed(statements)}.values())[::-1]


def is_check_of(node, name):
    """Is it `name = check(name)`, or `check(name, "name")` on its own?"""
    call = getattr(node, "value", None) if isinstance(node, ast.Expr | ast.Assign) else None
    if not isinstance(call, ast.Call) or getattr(call.func, "id", getattr(call.func, "attr", "")) != "check":
        return False
    bound = {target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)}
    handed = {getattr(arg, "id", getattr(arg, "value", None)) for arg in call.args}
    return name in bound or name in handed


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


def _defined_in_a_text(node, name):
    texts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant)) if node else ()
    definition = re.compile(rf"\bdef {name}\(|^\s*{name}\s*=[^=]", re.MULTILINE)
    return any(isinstance(text, str) and definition.search(text) for text in texts)


def _says_nothing(value):
    return isinstance(value, ast.Constant) and value.value in (None, ...)


def _is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def _is_star(node):
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and not str(node.module).startswith("course_")


def _changes(node, name, only_target):
    """Does the statement, or one in its loops and conditions, change what the name stands for?"""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False  # only when it is called
    inner = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)) if node else ()
    return _root_changed(node, only_target) == name or any(_changes(part, name, only_target) for part in inner)


def _root_changed(node, only_target):
    """The name of what `name.x = 1`, `name[0] = 1` or, if wished, `name.append(1)` changes."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not only_target:
        target = node.value.func
    else:
        return None
    if not isinstance(target, ast.Attribute | ast.Subscript):
        return None
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return getattr(target, "id", None)
