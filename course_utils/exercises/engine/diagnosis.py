"""Tells right from wrong, and what to say of a wrong answer: the known mistake, or what else can be seen of it."""

from __future__ import annotations

import numpy as np

from .comparing import difference, same
from .exact import expected, slack
from .families import advice
from .known import Tried, known_mistakes, may_be_float64
from .raised import Raised
from .reading import Answer, answer_to
from .running import TimeUp


def judge(exercise, cases, tries, again=None, rights=None):
    """(status, message, name of the known mistake or None), from one Try per case.

    again: tries the function on the same cases once more: one Try each, or [] if that cannot be.
    rights: the right answers, if somebody has them already.
    """
    rights = rights or [expected(exercise, case) for case in cases]
    tried = [compared(exercise, *one) for one in zip(cases, tries, rights)]
    if not any(one.is_wrong for one in tried):
        return _judge_manners(exercise, tries)
    first = next(number for number, one in enumerate(tried) if one.is_wrong)
    fact = f"Case “{cases[first].label}”: {_fact(exercise, tries[first], tried[first])}"
    in_float64 = any(may_be_float64(done.value) for done in tries)
    mistakes = known_mistakes(exercise, tried, in_float64, on_arrays=tries[0].arrays)
    if mistakes:
        hints = dict.fromkeys(mistake.hint for mistake in mistakes)  # each once
        return "fail", f"{' Or: '.join(hints)} {fact}", mistakes[0].name
    name, sentence = advice(exercise, tried, tries, again)
    return "fail", f"{sentence} {fact}".strip(), name


def compared(exercise, case, done, right):
    """What came of a case beside what is right: a Tried."""
    got = _answer(exercise, case, done, right)
    is_right = same(got, right) or _is_near(got, right) and same(got, right, slack(exercise, case, right))
    return Tried(case, got, right, not is_right)


def _is_near(got, right):
    """True if rounding may be all that is wrong."""
    if got.problem:
        return False
    pairs = list(zip(got.arrays, right.arrays))
    return all(a.shape == b.shape for a, b in pairs) and all(np.isfinite(a).all() for a, _ in pairs)


def _answer(exercise, case, done, right):
    if done.error is not None:
        cause = Raised(type(done.error).__name__, str(done.error), done.operation)
        return Answer([], str(cause), cause)
    return answer_to(exercise, case, done.value, right)


def _judge_manners(exercise, tries):
    """The numbers are right. Was an argument changed, or the whole exercise left to the library?"""
    changed = [done.changed for done in tries if done.changed is not None]
    if changed:
        name = exercise.parameters[changed[0]]
        text = f"right numbers, but {name} is not the same after the call: work on a copy, {name}.clone()."
        return "fail", text, "changes its argument"
    library = [done.library for done in tries if done.library]
    if library:
        text = f"right numbers, but they come from the library's own {library[0]}; the point here is to write it."
        return "fail", text, "library call"
    return "pass", f"right, in all {len(tries)} cases.", None


def _fact(exercise, done, one):
    """What was seen on the first wrong case, in one sentence."""
    where = f"your line `{done.line}`" if done.line else "it"
    if isinstance(done.error, TimeUp):
        return f"{where} did not come back in time."
    if done.error is not None:
        return f"{where} {one.got.problem.rstrip('.')}."
    off = slack(exercise, one.case, one.right)
    return difference(one.got, one.right, exercise.behaves or exercise.returns, off, done.first_bad) + "."
