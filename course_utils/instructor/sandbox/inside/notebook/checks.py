"""The calls of `check` in a notebook: which answer each is about, and what it is handed."""

from __future__ import annotations

import ast

DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda  # their insides run when called


def other_names_of_check(nodes) -> set[str]:
    """What `check` is called here: itself, and every `from … import check as verify`."""
    found = {"check"}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_utils"):
            found |= {alias.asname or alias.name for alias in node.names if alias.name == "check"}
    return found


def checks_in(node, called=frozenset({"check"})) -> list[tuple[str, ast.expr]]:
    """(name of the answer, what is handed over) for each call of `check` in a top-level statement.

    "" for an answer whose name only running can tell.
    """
    found, waiting = [], [node] if node else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, DEFINITIONS):
            continue
        waiting += ast.iter_child_nodes(part)
        if isinstance(part, ast.Call) and _name_of(part.func) in called:
            given = {keyword.arg: keyword.value for keyword in part.keywords}
            answer = part.args[0] if part.args else given.get("answer")
            if answer is not None:
                found.append((_about(part, answer, given), answer))
    return found


def _about(call, answer, given):
    """The name of the answer, as the course's own check would find it."""
    said = call.args[1] if call.args[1:] else given.get("name")
    if said is None and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Call):
        said = next(iter(call.func.value.args), None)  # exercise("softmax").check(mine)
    if said is None:
        return _name_of(answer)
    return said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""


def _name_of(node):
    return getattr(node, "id", getattr(node, "attr", ""))


def is_check_alone(node, called=frozenset({"check"})) -> bool:
    """Is the statement nothing but a check, as `softmax = check(softmax)` or `check(softmax)`?"""
    call = node.value if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign) else None
    return isinstance(call, ast.Call) and _name_of(call.func) in called
