"""Promise: a check accepts every right answer, refuses every known mistake, and says which one it was."""

import pytest
from right_answers import RIGHT
from test_checks_hold_on_every_seed import kept

from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Choice, Exercise, Prediction

EXERCISES = [exercise(name) for name in names()]
FUNCTIONS = [asked for asked in EXERCISES if isinstance(asked, Exercise)]
QUESTIONS = [asked for asked in EXERCISES if isinstance(asked, (Choice, Prediction))]
SEEDS = (0, 1, 2026)


def handed_in(fn):
    """The function as a learner's: not one whose module is the course's own."""

    def answer(*args):
        return fn(*args)

    return answer


def name_of(thing):
    return thing.name


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_reference_passes(asked):
    for seed in SEEDS:
        result = asked.check(handed_in(asked.reference), seed)
        assert result.status == "pass", result.message


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_right_answers_pass(asked):
    answers = RIGHT[asked.name]
    assert len(answers) >= 4
    for answer in answers:
        result = asked.check(answer)
        assert result.status == "pass", f"{answer.__name__}: {result.message}"


def without_their_hint(asked, mistakes, seeds):
    """(mistake, seed, what is said) wherever a known mistake is not refused with its own hint."""
    for mistake in mistakes:
        for seed in seeds:
            result = asked.check(handed_in(mistake.wrong), seed)
            if result.status != "fail" or mistake.hint not in result.message:
                yield mistake.name, seed, result.message


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_some_mistakes_get_their_own_hint(asked):
    """Each mistake is compared with all others, so more of them are tried in the slow tests below."""
    assert len(asked.mistakes) >= 6
    assert list(without_their_hint(asked, asked.mistakes[:: len(asked.mistakes) // 6], (0,))) == []


@pytest.mark.slow
@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_many_mistakes_get_their_own_hint(asked):
    """All of them, if they are fewer than a hundred."""
    assert list(without_their_hint(kept(asked), asked.mistakes[:: 1 + len(asked.mistakes) // 100], (1,))) == []


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_all_mistakes_get_their_own_hint_on_many_seeds(asked):
    assert list(without_their_hint(kept(asked), asked.mistakes, (*range(20), 2026))) == []


@pytest.mark.parametrize("asked", FUNCTIONS, ids=name_of)
def test_the_courses_own_earns_nothing(asked):
    assert asked.check(asked.reference).status == "todo"


@pytest.mark.parametrize("asked", QUESTIONS, ids=name_of)
def test_questions(asked):
    right = eval(asked.solution())
    assert asked.check(right).status == "pass"
    assert asked.check(...).status == "todo"
    assert asked.check("what?").status == "fail"


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if isinstance(q, Prediction)], ids=name_of)
def test_wrong_numbers_get_their_own_hint(asked):
    for seed in SEEDS:
        figures = asked.numbers(seed)
        for mistake in asked.mistakes:
            result = asked.check(mistake.wrong(**figures), seed)
            assert (result.status, result.mistake) == ("fail", mistake.name)


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if isinstance(q, Choice)], ids=name_of)
def test_each_option_has_its_sentence(asked):
    assert sum(option.right for option in asked.options.values()) == 1
    for key, option in asked.options.items():
        result = asked.check(f" {key.upper()}) ")
        assert option.why in result.message and (result.status == "pass") == option.right
