"""One submission in the sandbox, over as many children as it takes: a new one is told what was settled."""

from __future__ import annotations

import contextlib
import inspect

from ..exercises.engine import Essay
from ..exercises.engine.cells import essay
from ..exercises.trials.called import called
from .helpers import Helpers
from .inside.wire import Broken, unpack
from .lessons import asked_in, lessons, taught_before
from .replies import error
from .talk import Lost

SECONDS_TO_READ = 60  # a notebook of hundreds of megabytes
SECONDS_TO_SETTLE = 20
GRACE = 5  # seconds after the limit, for what else a child does with an answer


class Sitting:
    """Use it in a `with`. data: the bytes of the notebook.  replaced: answers that the course's own stand in for."""

    def __init__(self, sandbox, data):
        self.sandbox, self.data, self.lesson = sandbox, data, None
        self.stack, self.child = contextlib.ExitStack(), None
        self.helpers, self.settled, self.replaced = Helpers(), [], set()
        self.all_cells_ran = False  # in this child

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.leave()

    def leave(self):
        """End the child; the next message gets a new one."""
        self.child, self.all_cells_ran = None, False
        self.stack.close()

    def read(self):
        """What is in the notebook, as inside/notebook.py tells it; or {"problem": sentence}."""
        asked = [one for lesson in lessons() for one in asked_in(lesson)]
        essays = {one.name: (one.text(), essay(one)) for one in asked if isinstance(one, Essay)}
        names = [one.name for one in asked if not isinstance(one, Essay)]
        return self._say(SECONDS_TO_READ, do="read", file=self.data, names=names, essays=essays)[0]

    def expect(self, lesson):
        """From now on the notebook is one of this lesson."""
        self.lesson = lesson
        self.helpers.functions = dict(taught_before(lesson))
        self._tell_lesson()

    def value(self, name, choice, seconds):
        """The value of an answer that is no function: (value, None) or (None, (name of the error, its text))."""
        content, numbers = self._ask(seconds + GRACE, do="value", name=name, choice=choice)
        if "error" in content:
            return None, error(content["error"])
        return unpack(content.get("value"), numbers), None

    def try_function(self, asked, choice, cases, seconds):
        """What came of trying a function, as inside/child.py tells it, and its numbers."""
        sent, functions = _without_functions(cases)
        self.helpers.functions |= functions
        try:
            return self._ask(
                seconds + GRACE, do="try", name=asked.name, choice=choice, parameters=asked.parameters,
                cases=sent, seconds=seconds, by_hand=asked.by_hand,
                trial=(asked.trial.__name__, inspect.getsource(inspect.getmodule(asked.trial))),
            )  # fmt: skip
        finally:
            for name in functions:
                del self.helpers.functions[name]

    def settle(self, asked, choice):
        """The rest of the lesson goes on with the student's function; with choice `...`, with the course's own."""
        (case,), _ = _without_functions(asked.cases(0)[:1])
        self.helpers.functions[asked.name] = asked.reference
        if asked.canonical:
            self.helpers.functions[f"{asked.name}, canonical"] = asked.canonical
        message = {"name": asked.name, "choice": choice, "returns": asked.returns, "case": case}
        message |= {"canonical": bool(asked.canonical), "as_it_is": asked.trial is not called}
        if choice is ...:
            self.replaced.add(asked.name)
        self.settled.append(message)
        try:
            self._ask(SECONDS_TO_SETTLE, do="settle", **message)
        except (Lost, Broken):
            self.settled[-1] = {**message, "choice": ...}

    def run_all(self, seconds):
        """Run all cells of the notebook; afterwards a choice of None is what they have left behind."""
        self._ask(seconds, do="run_all")
        for message in self.settled:
            self._ask(SECONDS_TO_SETTLE, do="settle", **message)
        self.all_cells_ran = True

    def _ask(self, seconds, /, **message):
        """Like _say, with a child that knows how far the lesson is."""
        if self.child is None:
            self.read()
            self._tell_lesson()
            for settled in self.settled:
                self._say(SECONDS_TO_SETTLE, do="settle", **settled)
        return self._say(seconds, **message)

    def _tell_lesson(self):
        names = [asked.name for asked in asked_in(self.lesson) if not isinstance(asked, Essay)]
        self._say(SECONDS_TO_SETTLE, do="expect", names=names, given=list(taught_before(self.lesson)))

    def _say(self, seconds, /, **message):
        if self.child is None:
            self.child = self.stack.enter_context(self.sandbox.child())
            self.child.answer = self.helpers.answer
        try:
            return self.child.say(seconds, **message)
        except (Lost, Broken):
            self.leave()
            raise


def _without_functions(cases):
    """(arguments of each case, {"call 3": function}): functions stay here, and the sandbox gets their names."""
    functions = {}

    def sent(arg):
        if not callable(arg):
            return arg
        functions[f"call {len(functions)}"] = arg
        return f"call {len(functions) - 1}"

    return [tuple(map(sent, case.args)) for case in cases], functions
