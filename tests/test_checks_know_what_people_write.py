"""Promise: a mistake is named however it is spelled, in torch or NumPy, and shows on cases that no seed changes."""

import pytest
import torch
from wrong_answers import WRONG

from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Exercise
from course_utils.exercises.engine.comparing import same
from course_utils.exercises.engine.exact import expected
from course_utils.exercises.engine.handing_over import copies
from course_utils.exercises.engine.reading import read

ANSWERS = [(name, fn, mistake) for name, answers in WRONG.items() for fn, mistake in answers]
FUNCTIONS = [name for name in names() if isinstance(exercise(name), Exercise)]


@pytest.mark.parametrize("name, answer, mistake", ANSWERS, ids=[f"{name}: {mistake}" for name, _, mistake in ANSWERS])
def test_what_people_write_gets_its_name(name, answer, mistake):
    result = exercise(name).check(answer)
    assert (result.status, result.mistake) == ("fail", mistake), result.message


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_mistake_shows_on_a_fixed_case(name):
    asked = exercise(name)
    fixed = [one for one, other in zip(asked.cases(3), asked.cases(4), strict=True) if is_same(one.args, other.args)]
    rights = [(case, expected(asked, case)) for case in fixed]
    unseen = [it.name for it in asked.mistakes if all(does_right(asked, it.wrong, *pair) for pair in rights)]
    assert unseen == []


def does_right(asked, fn, case, right):
    try:
        value = asked.trial(fn, *copies(case.args))
    except Exception:  # a mistake may well raise
        return False
    return same(read(value, asked.returns, asked.canonical, right), right)


def is_same(one, other):
    """Equal arguments; functions are equal if their code and what they have closed over are."""
    if isinstance(one, torch.Tensor):
        return one.shape == other.shape and torch.equal(one, other)
    if isinstance(one, (tuple, list)) and type(one) is type(other):
        return len(one) == len(other) and all(map(is_same, one, other))
    if callable(one):
        return one is other or (one.__code__ is other.__code__ and is_same(closed_over(one), closed_over(other)))
    return one == other


def closed_over(fn):
    return [cell.cell_contents for cell in fn.__closure__ or ()]
