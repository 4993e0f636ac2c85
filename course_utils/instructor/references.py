"""The course's own functions, for code that runs in the sandbox and must not see them: the grader only passes bytes on.

Questions go to reference_server.py, which computes in a process with limits. What it runs out of, the question's author
is told of.
"""

from __future__ import annotations

import contextlib

from .failures import Lost, SandboxFault, TimeOver
from .inside.messages import message_in
from .inside.wire import Broken

SECONDS_OF_A_CALL = 10
SECONDS_TO_PREPARE = 30  # the server: to look up exercises
MOST_CALLS = 20_000  # in one submission


class References:
    """For one submission. sandbox: for the server.  called: the names that the student's code has asked for."""

    def __init__(self, sandbox):
        self.sandbox, self.stack, self.server = sandbox, contextlib.ExitStack(), None
        self.given, self.lent = [], None
        self.called, self.calls = set(), 0

    def close(self):
        """End the server's child; the next question gets a new one."""
        self.server = None
        self.stack.close()

    def give(self, names):
        """From now on the references of these exercises may be called.

        The first time this waits for the server to start, so that no student's time goes by with that.
        """
        self.given += names
        if self.server:
            self._tell(do="give", names=list(names))
        else:
            self._prepare()

    def lend(self, name, seed):
        """The functions among the arguments of this exercise's cases may be called, until others are lent."""
        self.lent = {"name": name, "seed": seed}
        if self.server:
            self._tell(do="lend", **self.lent)

    def answer(self, question, numbers, seconds):
        """The bytes of the message that answers one question from the sandbox. Broken if the question is nonsense."""
        self.calls += 1
        name = question["ask"]
        if not isinstance(name, str) or self.calls > MOST_CALLS:
            raise Broken("a question for something that is not given")
        self.called.add(name[:80])
        seconds = min(seconds, SECONDS_OF_A_CALL)
        try:
            content, reply = self._ask(seconds, do="compute", question=question, numbers=numbers)
        except TimeOver:
            return _error("TimeoutError", "long")
        except Lost:
            return _error("MemoryError", "much memory")
        if "broken" in content:
            raise Broken(content["broken"])
        return bytes(reply)

    def _ask(self, seconds, /, **message):
        """Like _say, with a server that has what was given and lent."""
        if not self.server:
            self._prepare()
        return self._say(seconds, **message)

    def _prepare(self):
        self.server = self.stack.enter_context(self.sandbox.child())
        self._tell(do="give", names=self.given)
        if self.lent:
            self._tell(do="lend", **self.lent)

    def _tell(self, **message):
        """Something in which nothing of a student's plays a part."""
        try:
            self._say(SECONDS_TO_PREPARE, **message)
        except (Lost, Broken) as why:
            raise SandboxFault(f"the course's functions are not there: {why}") from None

    def _say(self, seconds, /, **message):
        try:
            return self.server.say(seconds, **message)
        except Exception:
            self.close()
            raise


def _error(kind, what):
    return message_in({"error": [kind, f"the course's own function takes too {what} with these arguments"]})
