"""Answers of several students that are the same code: a reason to look, not a verdict."""

from __future__ import annotations

import inspect
import io
import tokenize
from collections import defaultdict

from ...exercises import exercise

SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
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
    """The words of the code, a line for each of its own, without comments and docstrings; as it stands if it is none.

    It is taken apart into words only: no depth and no size of it can stop a report, as a tree of it could.
    """
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, ValueError, MemoryError):
        return source.strip()
    lines, line, depth = [], [], 0
    for token in tokens:
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type == tokenize.NEWLINE:
            lines += [] if [kind for kind, _ in line] == [tokenize.STRING] else [_line(depth, line)]
            line = []
        elif token.type not in SILENT:
            line.append((token.type, token.string))
    return "\n".join(lines)


def _line(depth, words):
    """A line with one space between the words."""
    return "    " * depth + " ".join(word for _, word in words)
