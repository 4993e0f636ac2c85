"""The course's own functions, for code that runs in the sandbox and must not see them: the grader only passes bytes on.

Questions go to reference_server.py, which computes in a process with limits and runs no student's code, so that one
child of it serves many submissions. What it runs out of, the question's author is told of; but first a fresh child is
asked, since what went before may have used the limits up.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .failures import Lost, SandboxFault, TimeOver
from .inside.messages import message_in
from .inside.serialization import Broken

if TYPE_CHECKING:
    from .sandbox import Sandbox

SECONDS_OF_A_CALL = 10
SECONDS_TO_PREPARE = 30  # the server: to look up exercises
MOST_CALLS = 20_000  # in one submission


class References:
    """sandbox: for the server.  called: the names that the code of this submission has asked for."""

    def __init__(self, sandbox: Sandbox):
        self.sandbox, self.stack, self.server = sandbox, contextlib.ExitStack(), None
        self.given, self.lent = [], None
        self.called, self.calls = set(), 0

    def close(self) -> None:
        """End the server's child; the next question gets a new one."""
        self.server = None
        self.stack.close()

    def begin(self, names: Iterable[str]) -> None:
        """The next submission: the references of these exercises may be called.

        The first time this waits for the server to start, so that no student's time goes by with that.
        """
        self.given, self.lent, self.called, self.calls = list(names), None, set(), 0
        try:
            self._tell()
        except SandboxFault:  # it may have died since the last submission, which is no fault met by this one
            self._tell()

    def give(self, names: Iterable[str]) -> None:
        """From now on those of these exercises too."""
        self.given += names
        self._tell()

    def lend(self, name: str, seed: int) -> None:
        """The functions among the arguments of this exercise's cases may be called, until others are lent."""
        self.lent = (name, seed)
        self._tell()

    def answer(self, question: dict, numbers: bytes, seconds: float) -> bytes:
        """The bytes of the message that answers one question from the sandbox. Broken if the question is nonsense."""
        self.calls += 1
        name = question["ask"]
        if not isinstance(name, str) or self.calls > MOST_CALLS:
            raise Broken("a question for something that is not given")
        self.called.add(name[:80])
        seconds = min(seconds, SECONDS_OF_A_CALL)
        try:
            content, reply = self._compute(seconds, question, numbers)
        except TimeOver:
            return _error("TimeoutError", "long")
        except Lost:
            return _error("MemoryError", "much memory")
        if "broken" in content:
            raise Broken(content["broken"])
        return bytes(reply)

    def _compute(self, seconds, question, numbers):
        try:
            return self._say(seconds, do="compute", question=question, numbers=numbers)
        except TimeOver:
            raise
        except Lost:
            self._tell()
            return self._say(seconds, do="compute", question=question, numbers=numbers)

    def _tell(self):
        """Which functions there are; nothing of a student's plays a part in that, but the server may have ended."""
        for attempt in (1, 2):
            try:
                self._say(SECONDS_TO_PREPARE, do="give", names=self.given, lent=self.lent)
                return
            except (Lost, Broken) as why:
                if attempt == 2:
                    raise SandboxFault(f"the course's functions are not there: {why}") from None

    def _say(self, seconds, /, **message):
        if not self.server:
            self.server = self.stack.enter_context(self.sandbox.child())
        try:
            return self.server.say(seconds, **message)
        except Exception:
            self.close()
            raise


def _error(kind, what):
    return message_in({"error": [kind, f"the course's own function takes too {what} with these arguments"]})
