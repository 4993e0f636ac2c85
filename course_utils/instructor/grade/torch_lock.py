"""What is computed with torch out here, by one thread at a time.

While the right numbers are found, torch's default dtype is float64, and there is one default for all threads: numbers
that another thread made meanwhile would be of the wrong dtype, and somebody else's right answer would be refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from ...exercises.engine import Case, Exercise
from ...exercises.engine.diagnosis import judge
from ...exercises.engine.running import Try

_turn = threading.Lock()


def cases_of(asked: Exercise, seed: int) -> list[Case]:
    """The cases of an exercise, the same for every answer."""
    with _turn:
        return asked.kept_cases(seed)


def judged(
    asked: Exercise, cases: list[Case], done: list[Try], again: Callable[[], list[Try]]
) -> tuple[str, str, str | None]:
    """(status, message, name of the mistake) of what an answer gave. again: tries it once more; others may compute."""

    def meanwhile():
        _turn.release()
        try:
            return again()
        finally:
            _turn.acquire()

    with _turn:
        return judge(asked, cases, done, meanwhile)
