"""Answers of several students that are the same code: a reason to look, not a verdict."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict

from ..exercises import exercise

SHORT = 5  # lines: shorter answers are often alike by chance


def groups(results):
    """[(exercise's name, lines, True if it is the course's own solution, students)], the longest code first.

    Names of students are sorted. Spaces, comments and the docstring do not tell two answers apart; names do.
    """
    found = defaultdict(set)
    for one in results:
        for mark in one.exercises:
            if mark.kind == "exercise" and mark.score is not None and mark.status != "todo":
                found[mark.name, _bare(mark.answer)].add(one.student)
    alike = [
        (name, len(text.splitlines()), text == _own(name), sorted(students, key=str.casefold))
        for (name, text), students in found.items()
        if len(students) > 1 and len(text.splitlines()) >= SHORT
    ]
    return sorted(alike, key=lambda group: (-group[1], group[0], group[3]))


def _own(name):
    return _bare(inspect.getsource(exercise(name).reference))


def _bare(source):
    """The code as Python would write it, without comments and docstrings; as it stands if it cannot be read."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source.strip()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)
