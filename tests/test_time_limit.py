"""Promise: somebody else's function has so many seconds, is stopped then, and says what it gave or raised before."""

import itertools
import time

import pytest

from course_utils.time_limit import TimeUp, finishes, value_within


def for_ever():
    for _ in itertools.count():
        try:
            time.sleep(0.01)
        except Exception:
            pass


def test_in_time_its_value_or_its_error_comes_back():
    assert value_within(5, lambda: 7) == 7
    with pytest.raises(SystemExit):
        value_within(5, lambda: exit())


def test_a_loop_without_end_is_stopped():
    began = time.perf_counter()
    with pytest.raises(TimeUp):
        value_within(0.2, for_ever)
    assert not finishes(for_ever, 0.2)
    assert time.perf_counter() - began < 5


def test_what_takes_its_time_has_it():
    seen = []
    assert finishes(lambda: seen.append(1), 5)
    assert seen == [1]
