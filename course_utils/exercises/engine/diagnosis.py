"""Tells right from wrong, and which mistake it was: a wrong answer is compared with what known mistakes give."""

from __future__ import annotations

import warnings

import numpy as np

from .comparing import Answer, difference, read, same
from .exact import expected as expected_of
from .exact import slack
from .handing_over import copies
from .running import TimeUp

AGREEMENT = 0.6  # share of the telling cases on which a known mistake must do what the learner's function does


def judge(exercise, cases, tries):
    """(status, message, name of the known mistake or None), from one Try per case."""
    expected = [expected_of(exercise, case) for case in cases]
    got = [_read_try(exercise, done, wanted) for done, wanted in zip(tries, expected)]
    wrong = [i for i, case in enumerate(cases) if not _is_right(exercise, case, got[i], expected[i])]
    if not wrong:
        return _judge_manners(exercise, cases, tries)
    first = wrong[0]
    fact = f"Case “{cases[first].label}”: {_fact(exercise, tries[first], got[first], expected[first])}"
    mistake = _known_mistake(exercise, cases, got, expected, first)
    if mistake:
        return "fail", f"{mistake.hint} {fact}", mistake.name
    return "fail", f"{_broken_rule(exercise, got[first], expected[first])}{fact}", None


def _is_right(exercise, case, answer, expected):
    return same(answer, expected) or same(answer, expected, slack(exercise, case, expected))


def _judge_manners(exercise, cases, tries):
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
    return "pass", f"right, in all {len(cases)} cases.", None


def _known_mistake(exercise, cases, got, expected, first):
    """The mistake that does the same on the first wrong case and on most others that can tell; None if none does."""
    scored = []
    for mistake in exercise.mistakes:
        if same(_answer(exercise, mistake.wrong, cases[first], expected[first]), got[first]):
            theirs = [_answer(exercise, mistake.wrong, case, like) for case, like in zip(cases, expected)]
            scored.append((_agreement(theirs, got, expected), mistake))
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= AGREEMENT else None


def _agreement(theirs, got, expected):
    """Share of agreeing cases, counted only where one of the two is wrong: being right alike says nothing."""
    telling = [
        same(mine, known) for mine, known, right in zip(got, theirs, expected) if not (same(mine, right) and same(known, right))
    ]
    return sum(telling) / len(telling)


def _answer(exercise, fn, case, like=None):
    try:
        with warnings.catch_warnings(action="ignore"):
            value = exercise.trial(fn, *copies(case.args))
    except Exception as error:  # a known mistake may well raise
        return Answer([], _raised(error))
    return read(value, exercise.returns, exercise.canonical, like)


def _read_try(exercise, done, expected):
    if done.error is not None:
        return Answer([], _raised(done.error))
    return read(done.value, exercise.returns, exercise.canonical, like=expected)


def _raised(error):
    return f"raised {type(error).__name__}: {str(error).strip().splitlines()[0][:160] if str(error).strip() else ''}"


def _fact(exercise, done, answer, expected):
    """What was seen on the first wrong case, in one sentence."""
    if isinstance(done.error, TimeUp):
        return "it did not come back in time: is there a loop that never ends?"
    if done.error is not None:
        where = f"your line `{done.line}` " if done.line else "it "
        return f"{where}{answer.problem.rstrip('.')}."
    return difference(answer, expected, exercise.returns, done.first_bad) + "."


def _broken_rule(exercise, answer, expected):
    fits = not answer.problem and all(a.shape == b.shape for a, b in zip(answer.arrays, expected.arrays))
    if fits and not any(np.isnan(array).any() for array in answer.arrays):  # of NaN no rule holds, whatever it says
        for holds, sentence in exercise.rules:
            if not holds(*answer.arrays):
                return f"{sentence} "
    return ""
