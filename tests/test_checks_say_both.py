"""Promise: where known mistakes give the same results the check says all their hints: it cannot tell them apart."""

import itertools

import pytest
from test_checks_hold_on_every_seed import FUNCTIONS, given, in_float32, kept, name_of

from course_utils.exercises.engine.comparing import same
from course_utils.exercises.engine.diagnosis import compared
from course_utils.exercises.engine.exact import expected
from course_utils.exercises.engine.running import run_cases


def results(asked, mistakes, cases):
    """What the check would see of each mistake: one Answer per case."""
    rights = [expected(asked, case) for case in cases]
    for mistake in mistakes:
        tries, _ = run_cases(given(mistake.wrong, in_float32), cases, 10, asked.by_hand, asked.trial)
        yield mistake, [compared(asked, *one).got for one in zip(cases, tries, rights)]


def twins(asked, seed):
    """Pairs of known mistakes with other hints that give the same on every case."""
    seen = list(results(asked, asked.mistakes, asked.cases(seed)))
    for (one, ours), (other, theirs) in itertools.combinations(seen, 2):
        if one.hint != other.hint and all(map(same, ours, theirs)):
            yield one, other


def not_both(asked, seed):
    """(mistake, mistake, message) of such pairs of which only one is said."""
    asked = kept(asked)
    for one, other in twins(asked, seed):
        for mistake in (one, other):
            message = asked.check(given(mistake.wrong, in_float32), seed).message
            if not (one.hint in message and other.hint in message):
                yield one.name, other.name, message


@pytest.mark.slow
@pytest.mark.parametrize("asked", FUNCTIONS[::3], ids=name_of)
def test_both_hints_are_said(asked):
    """Where each mistake gets its own hint, twins get both: that is tried elsewhere for every exercise."""
    assert list(not_both(asked, 3)) == []


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_both_hints_are_said_on_other_seeds(asked):
    assert [found for seed in range(3, 9) for found in not_both(asked, seed)] == []
