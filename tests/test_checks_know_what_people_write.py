"""Promise: a mistake is named however it is spelled, in torch or NumPy."""

import pytest
from wrong_answers import WRONG

from course_utils.exercises import exercise

ANSWERS = [(name, fn, mistake) for name, answers in WRONG.items() for fn, mistake in answers]


@pytest.mark.parametrize("name, answer, mistake", ANSWERS, ids=[f"{name}: {mistake}" for name, _, mistake in ANSWERS])
def test_what_people_write_gets_its_name(name, answer, mistake):
    result = exercise(name).check(answer)
    assert (result.status, result.mistake) == ("fail", mistake), result.message
