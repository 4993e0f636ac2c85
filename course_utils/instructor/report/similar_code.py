"""Answers of several students that are the same code, or nearly: a reason to look, not a verdict."""

from __future__ import annotations

import inspect
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import numpy as np

from ...exercises import exercise
from ..results import Graded

SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
SHORT = 5  # lines: shorter answers are often alike by chance
# copydetect looks at runs of so many letters, of code in which all names are one; this is the share of them that two
# answers have in common, and how many letters of each that the course has not written there must be.
RUN, WINDOW, NEAR, LEAST = 12, 4, 0.8, 60
MOST = 20  # pairs on a page


def groups(results: Iterable[Graded]) -> list[tuple[str, int, bool, list[str]]]:
    """[(exercise's name, lines, True if it is the course's own solution, students)], the longest code first.

    Names of students are sorted. Spaces, comments and the docstring do not tell two answers apart; names do.
    """
    found = _students(results)
    alike = [
        (name, len(text.splitlines()), text == _own(name), sorted(students, key=str.casefold))
        for (name, text), students in found.items()
        if len(students) > 1 and len(text.splitlines()) >= SHORT
    ]
    return sorted(alike, key=lambda group: (-group[1], group[0], group[3]))


def _students(results):
    """{(exercise's name, code without spaces and comments): who has handed it in}."""
    found = defaultdict(set)
    for one in results:
        for mark in one.exercises:
            if mark.kind == "exercise" and mark.score is not None and mark.status != "todo":
                found[mark.name, _bare(mark.answer)].add(one.student)
    return found


def near(results: Iterable[Graded]) -> list[tuple[str, float, str, str]] | None:
    """[(exercise's name, share in common, a student, another)], the likest first; None where copydetect is missing.

    Names of variables do not tell two answers apart, and what stands in the course's solution too does not count.
    """
    try:
        import copydetect
    except ImportError:
        return None

    def fingerprint(text, known=None, window=WINDOW):
        return copydetect.CodeFingerprint(
            "answer.py", RUN, window, boilerplate=known, language="python", fp=io.StringIO(text)
        )

    by_exercise, found = defaultdict(list), []
    for (name, text), students in _students(results).items():
        if len(text.splitlines()) >= SHORT:
            by_exercise[name].append((text, min(students, key=str.casefold)))
    for name, answers in by_exercise.items():
        known = np.array(sorted(fingerprint(_own(name), window=1).hashes))
        prints = [(fingerprint(text, known), student) for text, student in answers]
        long = [(one, student) for one, student in prints if one.token_coverage >= LEAST]
        for (one, student), (other, another) in combinations(long, 2):
            in_common, fewer = len(one.hashes & other.hashes), min(len(one.hashes), len(other.hashes))
            if student != another and in_common >= NEAR / 2 * fewer:  # the rest is not worth a closer look
                share = min(copydetect.compare_files(one, other)[1])
                found += [(name, float(share), *sorted([student, another], key=str.casefold))] if share >= NEAR else []
    return sorted(found, key=lambda pair: (-pair[1], pair[0], pair[2:]))[:MOST]


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
