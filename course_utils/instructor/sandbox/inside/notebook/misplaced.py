"""Answers where no cell of code has them: in a cell that has become text, or under a name that is nearly the right one.

They are worth nothing as they stand, for the notebook's own check would not see them. The instructor is told.
"""

from __future__ import annotations

import ast
import textwrap
from collections import defaultdict
from dataclasses import replace

from .cells import Statement, statements_in
from .extract import is_blank

KINDS = {"markdown": "text", "raw": "raw"}
FENCES = ("```", "~~~")


class Misplaced:
    """source: the statements of the notebook's cells of code."""

    def __init__(self, cells, source):
        self.source, self.spelled = source, defaultdict(list)
        self.texts = [(number, cell) for number, cell in enumerate(cells) if cell.kind != "code"]
        for statement in source.statements:
            for name in _defines(statement.node):
                self.spelled[_letters(name)].append((name, statement))

    def find(self, name) -> list[tuple[str, Statement]]:
        """(where, statement) of what would define the answer: where is "a text cell", or another name, as "Softmax"."""
        return [*self._in_text(name), *self._under_another_name(name)]

    def _in_text(self, name):
        starts = tuple(start + name for start in ("", "def ", "class "))
        for number, cell in reversed(self.texts):
            if name not in cell.source or not any(line.lstrip().startswith(starts) for line in cell.source.split("\n")):
                continue
            for statement in reversed(_statements(cell, number)):
                if name in _defines(statement.node) and not is_blank(statement.node):
                    self.source.look_at(statement)
                    yield f"a {KINDS.get(cell.kind, 'text')} cell", statement

    def _under_another_name(self, name):
        for other, statement in reversed(self.spelled[_letters(name)]):
            if other != name and not is_blank(statement.node):
                value = ast.copy_location(ast.Name(other, ast.Load()), statement.node)
                yield other, self.source.assigned(name, value, (*statement.place, 0), statement.file)


def _statements(cell, number):
    """What is Python in a cell of text, all of it or what stands between fences."""
    found, block = [], []
    for line in [*cell.source.split("\n"), FENCES[0]]:
        if line.lstrip().startswith(FENCES):
            for statement in statements_in(textwrap.dedent("\n".join(block)), number):
                found.append(replace(statement, place=(number, len(found))))
            block = []
        else:
            block.append(line)
    return found


def _defines(node):
    """The names to which a statement gives a function, a class or a value, but for what a check gives back."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _letters(name):
    return "".join(letter for letter in name.casefold() if letter.isalpha())
