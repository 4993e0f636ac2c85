"""The conversation of the grader with one child of a sandbox: a message, perhaps questions back, a reply."""

from __future__ import annotations

import contextlib
import json
import os
import time
from typing import TYPE_CHECKING, BinaryIO

from .failures import Lost, SandboxFault, TimeOver
from .inside.framing import CHUNK
from .inside.messages import message_in, read_message_out
from .inside.serialization import Broken

if TYPE_CHECKING:
    from .sandbox import Sandbox

SECONDS_TO_END = 30  # from the order to end a child until it is reported, on a busy machine
OUT_OF_MEMORY = "signal 9"  # no child can send it, not even to itself


class Child:
    """One child. `say` sends a message and gives the reply.

    answer: (question, numbers, seconds) -> the bytes of a message; what to do with the child's questions in between.
    """

    def __init__(self, sandbox: Sandbox):
        self.sandbox, self.waiting, self.answer = sandbox, bytearray(), None
        self.ended = self.left = False  # it is there no more; nobody wants it any more
        self.waited, self.cpu = 0.0, 0.0  # seconds: for its replies; on a processor, known when it has ended

    def say(self, seconds: float, /, behind: BinaryIO | None = None, **message: object) -> tuple[dict, bytearray]:
        """(reply, numbers). Lost or TimeOver if there is none, Broken if it is nonsense, SandboxFault if it is neither.

        behind: a file, opened to read bytes, whose contents go with the message.
        """
        started = time.monotonic()
        try:
            return self._exchange(started + seconds, message, behind)
        except TimeOver as late:
            self.waited += time.monotonic() - started
            self.end()
            if not self.ended:
                raise SandboxFault("the sandbox does not end a child") from None
            late.idle = self.cpu < self.waited / 2
            raise
        finally:
            self.waited += time.monotonic() - started

    def end(self) -> None:
        """End it, and wait until the process has seen to that; if it does not, the process goes too."""
        if self.left:
            return
        self.left, deadline = True, time.monotonic() + SECONDS_TO_END
        with contextlib.suppress(Lost, SandboxFault):
            self.sandbox.send(b"K")
            while not self.ended:
                self._take_frame(deadline)
        if not self.ended:
            self.sandbox.close()

    def _exchange(self, deadline, message, behind):
        size = behind.seek(0, os.SEEK_END) if behind else 0
        self._send(message_in(message, size), deadline)
        if behind:
            self._send_file(behind, size, deadline)
        while True:
            content, numbers = read_message_out(lambda count: self._read(count, deadline))
            if "ask" not in content:
                return content, numbers
            if not self.answer:
                raise Broken("a question that nobody expects")
            self._send(self.answer(content, numbers, deadline - time.monotonic()), deadline)

    def _send(self, data, deadline):
        """Frame by frame; TimeOver if it is taken too slowly."""
        data = memoryview(data)
        for start in range(0, len(data), CHUNK):
            if time.monotonic() > deadline:
                raise TimeOver("it did not listen in time")
            self.sandbox.send(b"D", data[start : start + CHUNK])

    def _send_file(self, file, size, deadline):
        """Never all of it in memory: a notebook may be large."""
        file.seek(0)
        while size:
            data = file.read(min(CHUNK, size))
            if not data:
                raise OSError(None, "it became shorter while it was read")
            self._send(data, deadline)
            size -= len(data)

    def _read(self, count, deadline):
        while len(self.waiting) < count:
            self.waiting += self._take_frame(deadline)
        data = self.waiting[:count]
        del self.waiting[:count]
        return data

    def _take_frame(self, deadline):
        """The child's next bytes; Lost if it has ended."""
        letter, data = self.sandbox.next_frame(deadline - time.monotonic())
        if letter != b"E":
            return data
        self.ended, told = True, json.loads(data)
        self.cpu = told.get("cpu", 0.0)
        if "fault" in told:
            raise SandboxFault(told["fault"])
        if told["how"] == OUT_OF_MEMORY:
            raise SandboxFault("the system ended it, as it does when memory runs out")
        raise Lost(told["why"] or told["how"])
