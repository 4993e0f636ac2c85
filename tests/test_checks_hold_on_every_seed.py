"""Promise: on every seed a right answer passes, in float32, float64 and NumPy, and a known mistake does not."""

import functools
import types
from dataclasses import replace

import pytest
import torch
from right_answers import RIGHT

from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Exercise
from course_utils.exercises.engine.diagnosis import compared
from course_utils.exercises.engine.exact import expected
from course_utils.exercises.engine.running import run_cases

FUNCTIONS = [asked for asked in map(exercise, names()) if isinstance(asked, Exercise)]
FEW, MANY = (3,), range(200)


def kept(asked):
    """The exercise on cases that keep what is right and what known mistakes give, as the grader's do for a class."""
    return replace(asked, cases=asked.kept_cases)


def in_float32(arg):
    return arg


def in_float64(arg):
    return arg.double() if isinstance(arg, torch.Tensor) and arg.is_floating_point() else arg


def in_numpy(arg):
    return arg.numpy() if isinstance(arg, torch.Tensor) else arg


def given(fn, form):
    """The answer, as somebody would see it whose numbers came in another form."""

    @functools.wraps(fn)
    def answer(*args):
        return fn(*map(form, args))

    answer.__module__ = "answer"  # also if fn is one of the course's own
    return answer


def can_take(fn, form, asked):
    """False if the answer stops at this form of its arguments."""
    if form is in_float32:
        return True
    try:
        for case in asked.cases(0):
            fn(*map(form, case.args))
    except (TypeError, AttributeError, RuntimeError, ValueError, IndexError):
        return False
    return True


def refused(asked, seeds):
    """(answer, form, seed, message) of every right answer that is not accepted.

    What is the same on every seed is tried on the first one only.
    """
    asked = kept(asked)
    fixed = fixed_cases(asked, seeds)
    others = replace(asked, cases=lambda seed: [case for i, case in enumerate(asked.cases(seed)) if i not in fixed])
    for fn in [asked.reference, *RIGHT[asked.name]]:
        for form in (in_float32, in_float64, in_numpy):
            if can_take(fn, form, asked):
                for seed in seeds:
                    result = (asked if seed == seeds[0] else others).check(given(fn, form), seed)
                    if result.status != "pass":
                        yield fn.__name__, form.__name__, seed, result.message


def is_refused(asked, mistake, cases):
    """True if it does one of the cases wrong; the others are then not tried."""
    for case in cases:
        (done,), _ = run_cases(given(mistake.wrong, in_float32), [case], 10, asked.by_hand, asked.trial)
        assert type(done.error).__name__ != "NameError", f"{mistake.name}: {done.error}"  # a slip of the bank's own
        if compared(asked, case, done, expected(asked, case)).is_wrong or done.changed is not None or done.library:
            return True
    return False


def accepted(asked, seeds):
    """(mistake, seed) of every known mistake that is not refused.

    What a case that is the same on every seed refuses is refused on every seed, so the others alone are tried on all.
    """
    fixed, cases = fixed_cases(asked, seeds), asked.cases(seeds[0])
    left = [one for one in asked.mistakes if not is_refused(asked, one, [cases[i] for i in fixed])]
    for seed in seeds:
        yield from ((one.name, seed) for one in left if not is_refused(asked, one, asked.cases(seed)))


def fixed_cases(asked, seeds):
    """The numbers of the cases that are the same on every one of these seeds."""
    cases, *others = map(asked.cases, seeds)
    return [i for i, case in enumerate(cases) if all(alike(case.args, other[i].args) for other in others)]


def alike(one, other):
    """True if two arguments of cases are the same."""
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.shape == other.shape and torch.equal(one, other)
    if isinstance(one, types.FunctionType):
        cells = [[cell.cell_contents for cell in fn.__closure__ or ()] for fn in (one, other)]
        return one.__code__ is other.__code__ and all(map(alike, *cells))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def name_of(asked):
    return asked.name


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_right_answers_pass(asked):
    assert list(refused(asked, FEW)) == []


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_right_answers_pass_on_many_seeds(asked):
    assert list(refused(asked, MANY)) == []


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_known_mistakes_do_not_pass(asked):
    assert list(accepted(asked, FEW)) == []


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_known_mistakes_do_not_pass_on_many_seeds(asked):
    assert list(accepted(asked, MANY)) == []


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_each_known_mistake_is_refused_by_a_case_that_is_always_the_same(asked):
    cases = asked.cases(0)
    fixed = [cases[i] for i in fixed_cases(asked, range(3))]
    assert [one.name for one in asked.mistakes if not is_refused(asked, one, fixed)] == []
