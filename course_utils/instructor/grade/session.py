"""One submission in the sandbox, over as many children as it takes: a new one is told what was settled."""

from __future__ import annotations

import contextlib
import inspect
import math
import time
from collections.abc import Callable
from types import EllipsisType
from typing import BinaryIO

from ...exercises.engine import Essay, Exercise
from ...exercises.engine.cells import essay
from ...exercises.trials.called import called
from ..lessons import asked_in, lessons, taught_before
from ..sandbox.failures import Lost, SandboxFault, TimeOver
from ..sandbox.inside.notebook.names import trains
from ..sandbox.inside.notebook.notebook import Chosen
from ..sandbox.inside.serialization import Broken, unpack
from ..sandbox.remote_functions import lent_out
from ..sandbox.replies import error
from ..sandbox.sandbox import Sandbox
from .torch_lock import cases_of

SECONDS_TO_READ = 60  # a notebook of hundreds of megabytes
SECONDS_TO_SETTLE = 20
GRACE, GRACE_SHARE = 5, 1.5  # seconds after the limit, or so much of it, for what else a child does with an answer
# What is done for one exercise, and for all together, may take so many times the limit of one, and of all.
SHARE_OF_ONE, SHARE_OF_ALL = 2.5, 2.75


class Session:
    """Use it in a `with`.

    open_file: opens the notebook, to read bytes.  replaced: names of the answers for which the course's own stand in.
    """

    def __init__(self, sandbox: Sandbox, open_file: Callable[[], BinaryIO]):
        self.sandbox, self.open_file, self.lesson = sandbox, open_file, None
        self.references = sandbox.references()
        self.stack, self.child = contextlib.ExitStack(), None
        self.settled, self.replaced = [], set()
        self.all_cells_ran = False  # in this child
        self.seconds, self.deadline, self.last = 0, math.inf, math.inf  # of a try; of the exercise, and of all of them

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.leave()

    def leave(self) -> None:
        """End the child; the next message gets a new one."""
        self.child, self.all_cells_ran = None, False
        self.stack.close()

    def begin(self, seconds: float) -> None:
        """The next exercise, of which a try takes so many seconds at most."""
        self.seconds, now = seconds, time.monotonic()
        self.deadline = now + SHARE_OF_ONE * seconds
        if self.last == math.inf:
            self.last = now + SHARE_OF_ALL * seconds * len(asked_in(self.lesson))

    def twice(self, attempt: Callable, *args: object) -> object:
        """attempt(*args), and if the child is lost, again in a fresh sandbox: what happens there too is its doing."""
        try:
            return attempt(*args)
        except TimeOver as late:
            if not late.idle:
                raise
        except Lost:
            pass
        self._start_afresh()
        return attempt(*args)

    def _start_afresh(self):
        self.leave()
        started = time.monotonic()
        self.sandbox.restart()
        now = time.monotonic()
        self.last += now - started  # that was not the notebook's time
        self.deadline = max(self.deadline + now - started, now + _with_grace(self.seconds))

    def read(self) -> dict:
        """What is in the notebook, as inside/notebook.py tells it; or {"problem": sentence}."""
        told = self._read()
        if told.get("trains") and self._warm_up_for_training():
            return self._read()
        return told

    def _read(self):
        asked = [one for lesson in lessons() for one in asked_in(lesson)]
        essays = {one.name: (one.text(), essay(one)) for one in asked if isinstance(one, Essay)}
        names = [one.name for one in asked if not isinstance(one, Essay)]
        with self.open_file() as file:
            return self._say(SECONDS_TO_READ, file, do="read", names=names, essays=essays)[0]

    def expect(self, lesson: str) -> None:
        """From now on the notebook is one of this lesson."""
        self.lesson = lesson
        self.references.begin(taught_before(lesson))
        with _nothing_of_the_student_s_runs():
            if any(trains(_trial(one)) for one in asked_in(lesson)) and self._warm_up_for_training():
                self._read()
            self._tell_lesson()

    def _warm_up_for_training(self):
        """True if that was still to be done; then the child, which would do it in its student's time, is gone."""
        if self.sandbox.for_training:
            return False
        self.leave()
        self.sandbox.warm_up_for_training()
        return True

    def value(self, name: str, choice: Chosen, seconds: float) -> tuple[object, tuple[str, str] | None]:
        """The value of an answer that is no function: (value, None) or (None, (name of the error, its text))."""
        content, numbers = self._ask(_with_grace(seconds), do="value", name=name, choice=choice)
        if "error" in content:
            return None, error(content["error"])
        return unpack(content.get("value"), numbers), None

    def try_function(self, asked: Exercise, choice: Chosen, seed: int, seconds: float) -> tuple[dict, bytearray]:
        """What came of trying a function on the cases of this seed, as inside/child.py tells it, and its numbers."""
        cases, functions = lent_out(cases_of(asked, seed))
        return self._ask(
            _with_grace(seconds), (asked.name, seed) if functions else None, do="try", name=asked.name, choice=choice,
            parameters=asked.parameters, cases=cases, seconds=seconds, by_hand=asked.by_hand,
            trial=(asked.trial.__name__, _trial(asked)),
        )  # fmt: skip

    def settle(self, asked: Exercise, choice: Chosen | EllipsisType) -> None:
        """The rest of the lesson goes on with the student's function; with choice `...`, with the course's own."""
        cases, functions = lent_out(cases_of(asked, 0))
        self.references.give([asked.name])
        message = {"name": asked.name, "choice": choice, "returns": asked.returns, "case": cases[0]}
        message |= {"canonical": bool(asked.canonical), "as_it_is": asked.trial is not called}
        if choice is ...:
            self.replaced.add(asked.name)
        self.settled.append((message, (asked.name, 0) if functions else None))
        self._ask_to_settle(len(self.settled) - 1)

    def run_all(self, seconds: float) -> None:
        """Run all cells of the notebook; afterwards a choice of None is what they have left behind."""
        self._ask(seconds, do="run_all", seconds=min(seconds, self._left()))
        for number in range(len(self.settled)):
            self._ask_to_settle(number)
        self.all_cells_ran = True

    def _ask(self, seconds, lent=None, /, **message):
        """Like _say, with a child that knows how far the lesson is, and never past the deadline.

        lent: name and seed of the cases of which it may call the functions.
        """
        while self.child is None:
            if self._left() <= 0:
                raise TimeOver("the time for it was over")
            self._bring_a_child_up()
        if lent:
            self.references.lend(*lent)
        return self._say(min(seconds, self._left()), **message)

    def _bring_a_child_up(self):
        """A new child, told all that was settled; if that ends it, the next one has the course's own instead."""
        with _nothing_of_the_student_s_runs():
            self.read()
            self._tell_lesson()
        for number in range(len(self.settled)):
            if self.child:
                self._ask_to_settle(number)

    def _ask_to_settle(self, number):
        """If the student's function cannot be settled, it is the course's own from the next child on."""
        message, lent = self.settled[number]
        try:
            self._ask(SECONDS_TO_SETTLE, lent, do="settle", **message)
        except (Lost, Broken):
            self.settled[number] = {**message, "choice": ...}, lent
            self.replaced.add(message["name"])

    def _tell_lesson(self):
        names = [asked.name for asked in asked_in(self.lesson) if not isinstance(asked, Essay)]
        self._say(SECONDS_TO_SETTLE, do="expect", names=names, given=list(taught_before(self.lesson)))

    def _left(self):
        return min(self.deadline, self.last) - time.monotonic()

    def _say(self, seconds, /, file=None, **message):
        if self.child is None:
            self.child = self.stack.enter_context(self.sandbox.child())
            self.child.answer = self.references.answer
        try:
            return self.child.say(seconds, file, **message)
        except (Lost, Broken, SandboxFault):
            self.leave()
            raise


def _trial(asked):
    """The source of the module that tries an exercise; nothing for what is no function."""
    return inspect.getsource(inspect.getmodule(asked.trial)) if isinstance(asked, Exercise) else ""


@contextlib.contextmanager
def _nothing_of_the_student_s_runs():
    """Who loses a child in here has nobody to blame but the sandbox."""
    try:
        yield
    except (Lost, Broken) as why:
        raise SandboxFault(f"a child was lost before it ran anything ({why})") from None


def _with_grace(seconds):
    return seconds + min(GRACE, GRACE_SHARE * seconds)
