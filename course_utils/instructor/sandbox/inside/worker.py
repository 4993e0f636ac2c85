"""The conversation of one child with the grader: each message says what to do, each reply what came out.

The child reads the notebook before any of the student's code runs; from then on nothing that it says is believed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from types import EllipsisType, SimpleNamespace

import torch

from ....exercises.engine.adapting import in_lesson_form
from ....exercises.engine.handed_in import not_callable_so, not_started
from ....exercises.engine.running import TimeUp, run_cases
from ....exercises.trials.called import called
from . import import_hooks, limits
from .messages import message_out, read_message_in
from .notebook.cells import NoNotebook
from .notebook.notebook import Chosen, Notebook
from .serialization import Packer, TooMuch
from .stubs import Stub


class Worker:
    """read(n) gives n bytes from the grader, write(bytes) sends some."""

    def __init__(self, read: Callable[[int], bytes], write: Callable[[bytes], None]):
        self.read, self.write, self.notebook = read, write, None
        self.used = set()  # answers of the course that the student's code has called

    def serve(self) -> None:
        """Forever: one message, one reply. The grader ends it."""
        while True:
            message = read_message_in(self.read)
            packer = Packer()
            reply = getattr(self, f"do_{message.pop('do')}")(packer, **message)
            try:
                self.write(message_out({**reply, "used": sorted(self.used)}, packer.numbers))
            except TooMuch as why:
                self.write(message_out({"problem": f"There is too much in it: {why}.", "error": ["TooMuch", str(why)]}))
            self.used.clear()

    def ask(self, question: dict, numbers: bytes) -> dict:
        """Ask the grader in the midst of it."""
        self.write(message_out(question, numbers))
        return read_message_in(self.read)

    def do_read(self, packer: Packer, names: list[str], essays: dict, file: bytes = b"") -> dict:
        """Read the notebook; nothing of it has run yet."""
        try:
            self.notebook = Notebook(file)
        except NoNotebook as problem:
            return {"problem": str(problem)}
        except MemoryError:
            return {"problem": "The notebook takes too much memory to read."}
        return self.notebook.overview(names, essays)

    def do_expect(self, packer: Packer, names: list[str], given: list[str]) -> dict:
        """Say which exercises it is about, and which functions of the course may be called."""
        self.notebook.expect(names)
        functions = {name: Stub(name, self.ask) for name in given}
        import_hooks.install(set(names), functions, self.used.add)
        return {}

    def do_value(self, packer: Packer, name: str, choice: Chosen) -> dict:
        """The value of an answer that is no function."""
        value, problem = self._value(name, choice)
        try:
            return problem or {"value": packer.pack(value)}
        except TooMuch as too_much:
            return {"error": ["TooMuch", str(too_much)]}

    def do_try(
        self, packer: Packer, name: str, choice: Chosen, parameters: list[str], cases: list[tuple], seconds: float,
        by_hand: frozenset[str], trial: tuple[str, str],
    ) -> dict:  # fmt: skip
        """Try a function on the cases: what it gave and did, one entry for each case.

        cases: the arguments of each.  trial: the name of the function that tries it, and the source of its module.
        """
        fn, problem = self._value(name, choice)
        if problem:
            return problem
        early = not_started(fn, name) or not_callable_so(fn, name, parameters)
        if early:
            return {"early": [early.status, early.message]}
        tries, _ = run_cases(fn, self._cases(cases), seconds, by_hand, _function(*trial))
        return {"tries": [_told(packer, done) for done in tries]}

    def do_settle(
        self, packer: Packer, name: str, choice: Chosen | EllipsisType, returns: dict[str, str], canonical: bool,
        case: tuple, as_it_is: bool,
    ) -> dict:  # fmt: skip
        """What the name stands for from now on: the student's own function, in the lesson's form, or the course's."""
        reference = Stub(name, self.ask)
        if choice is ...:
            self.notebook.settle(name, reference)
            return {}
        asked = SimpleNamespace(
            cases=lambda seed: self._cases([case]),
            trial=called,
            returns=returns,
            reference=reference,
            canonical=Stub(f"{name}, canonical", self.ask) if canonical else None,
        )
        value = self.notebook.value(name, choice)
        self.notebook.settle(name, value if as_it_is else in_lesson_form(value, asked))
        return {}

    def do_run_all(self, packer: Packer, seconds: float) -> dict:
        """Run every code cell, whatever fails."""
        self.notebook.run_all_cells(seconds)
        return {}

    def _value(self, name, choice):
        """(value, None), or (None, what to reply)."""
        try:
            return self.notebook.value(name, choice), None
        except BaseException as error:  # SystemExit too
            return None, {"error": _error(error)}

    def _cases(self, cases):
        """Cases as the engine takes them; a text that begins with "call " stands for a function of the grader's."""
        return [SimpleNamespace(args=tuple(map(self._argument, args))) for args in cases]

    def _argument(self, arg):
        return Stub(arg, self.ask) if isinstance(arg, str) and arg.startswith("call ") else arg


def _function(name, source):
    """The function of that name in a module, from its source."""
    module = {"__name__": "trial"}
    exec(source, module)
    return module[name]


def _told(packer, done):
    told = {"line": done.line[:300], "first_bad": done.first_bad[:300]}
    told |= {"changed": done.changed, "library": done.library, "operation": done.operation[:80]}
    told |= {"recursive": done.recursive, "arrays": done.arrays, "warned": list(done.warned)}
    told["unused"] = list(done.unused)
    if isinstance(done.error, TimeUp):
        return {**told, "time_up": True}
    if done.error is not None:
        return {**told, "error": _error(done.error)}
    try:
        return {**told, "value": packer.pack(done.value)}
    except TooMuch as problem:
        return {**told, "error": ["TooMuch", str(problem)]}


def _error(error):
    try:
        text = str(error)
    except BaseException:  # a class of the student's own, with a faulty __str__
        text = ""
    return [type(error).__name__[:80], text[:500]]


def warm_up() -> None:
    """Do once what is slow the first time, so that every child finds it done."""

    def answer(x):
        out = (torch.softmax(x, -1) @ x.mT).exp().sum()
        out.backward()
        return out

    torch.set_num_threads(1)
    import_hooks.modules_of_the_course()
    case = SimpleNamespace(args=(torch.rand(2, 3, requires_grad=True),))
    tries, _ = run_cases(answer, [case], 10)
    Packer().pack(tries[0].value)


def warm_up_for_training() -> None:
    """What is slow the first time an optimizer is made: torch then imports its compiler."""
    tempfile.tempdir = "/"  # torch.optim asks for one when it is first used
    torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1).step()


def main(read: Callable[[int], bytes], write: Callable[[bytes], None]) -> None:
    """A child's whole life."""
    os.environ.pop("COURSE_STRICT", None)
    limits.lock()
    Worker(read, write).serve()
