"""Which names a statement reads, binds and changes. Read off the compiled code, so that no local name is mistaken."""

from __future__ import annotations

import ast
import dis
import types

READ = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}
WRITTEN = {"STORE_NAME", "STORE_GLOBAL"}
MOST_USED, LONGEST_USED = 2000, 60  # names, and letters of one, that are told of an answer


def names(code) -> tuple[set[str], set[str]]:
    """(names read, names bound) at the top level by a compiled statement, by its functions too."""
    read, bound, waiting = set(), set(), [code] if code else []
    while waiting:
        code = waiting.pop()
        waiting += [const for const in code.co_consts if isinstance(const, types.CodeType)]
        for step in dis.get_instructions(code):
            if step.opname in READ:
                read.add(step.argval)
            if step.opname in WRITTEN and (code.co_name == "<module>" or step.opname == "STORE_GLOBAL"):
                bound.add(step.argval)
    return read, bound


def uses(nodes) -> list[str]:
    """What these statements take from elsewhere: attributes, what is imported, and texts that may be names of such."""
    found = set()
    for node in (part for statement in nodes for part in ast.walk(statement)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found |= set(node.name.split("."))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            found.add(node.value)
    return sorted(name for name in found if len(name) <= LONGEST_USED)[:MOST_USED]


def modules_of(node) -> list[str]:
    """What an import imports from; nothing for any other statement."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def is_import(node) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def star_of(node) -> str | None:
    """The module of which a statement imports everything, None if it does not."""
    return node.module or "" if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" else None


def imported_from(node, name) -> str:
    """The module from which an import takes a name; "" if it does not."""
    if isinstance(node, ast.ImportFrom):
        return node.module or "" if {name, "*"} & {alias.asname or alias.name for alias in node.names} else ""
    aliases = getattr(node, "names", [])
    return next((alias.name for alias in aliases if name == (alias.asname or alias.name.split(".")[0])), "")


def changed(node, calls) -> set[str]:
    """The names of what a statement, or one in its loops and conditions, changes: `name.x = 1`, `name[0] = 1`.

    calls: `name.append(1)` changes it, too.
    """
    found, waiting = set(), [node] if node else []
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):  # those only when called
            found |= {_root(target) for target in _targets(node, calls)}
            waiting += [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt | ast.excepthandler)]
    return found - {None}


def _targets(node, calls):
    if isinstance(node, ast.Assign | ast.Delete):
        return node.targets
    if isinstance(node, ast.AugAssign):
        return [node.target]
    if calls and isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [node.value.func]
    return []


def _root(target):
    """The name that an attribute or an item belongs to."""
    if not isinstance(target, ast.Attribute | ast.Subscript):
        return None
    while isinstance(target, ast.Attribute | ast.Subscript):
        target = target.value
    return getattr(target, "id", None)


def trains(code: str) -> bool:
    """May it make torch import its compiler, which takes a second or more? An optimizer does that too."""
    return any(name in code for name in ("optim", "compile", "dynamo", "flex_attention"))
