"""The grader's side of the conversation with the sandbox: a process that lasts, and one child in it at a time."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
import time

from .box import ENVIRONMENT
from .inside.frames import CHUNK, GraderGone, read_frame, write_frame
from .inside.wire import Broken, message_in, read_message_out

SECONDS_TO_START = 120  # importing torch on a busy machine
SECONDS_TO_END = 10  # from the order to end a child until it is reported
SECONDS_OF_A_CHILD = 600  # the host ends it then, if the grader does not before


class Lost(Exception):
    """The child cannot go on. The message says how it ended."""


class TimeOver(Lost):
    """It did not reply in time."""


class SandboxFails(Exception):
    """Python does not start in the sandbox: nothing can be graded."""


class Sandbox:
    """Starts the process when it is needed, and again when it has died; `child()` gives a fresh one to talk to."""

    def __init__(self, box):
        self.box, self.process, self.frames, self.stopped = box, None, None, False

    def stop(self):
        """Close it for good, from whichever thread."""
        self.stopped = True
        self.close()

    def close(self):
        """End the process and all in it."""
        process, self.process = self.process, None
        if process:
            process.kill()
            process.wait()
            with contextlib.suppress(OSError):  # what could not be sent
                process.stdin.close()

    @contextlib.contextmanager
    def child(self):
        """A Child that nobody has talked to yet; it is ended afterwards, whatever happened."""
        for attempt in (1, 2):  # the process may have died since the last submission
            try:
                self._start()
                self.send(b"S", str(SECONDS_OF_A_CHILD).encode())
                break
            except OSError:
                self.close()
                if attempt == 2:
                    raise SandboxFails("The sandbox ends as soon as it has started.") from None
        child = Child(self)
        try:
            yield child
        finally:
            child.end()

    def send(self, letter, data=b""):
        """One frame to the process; OSError if it is not there any more."""
        write_frame(self.process.stdin, letter, data)

    def next_frame(self, seconds):
        """(letter, bytes) from the process. TimeOver if none comes, Lost if the process has ended."""
        try:
            if seconds <= 0:  # whoever sends frames without end has no more time than others
                raise queue.Empty
            letter, data = self.frames.get(timeout=seconds)
        except queue.Empty:
            raise TimeOver("it did not come back in time") from None
        if letter is None:
            self.close()
            raise Lost("the sandbox has ended")
        return letter, data

    def _start(self):
        if self.stopped:
            raise SandboxFails("The sandbox was stopped.")
        if self.process and self.process.poll() is None:
            return
        self.close()
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            self.box.command(), stdin=pipe, stdout=pipe, stderr=pipe, env=ENVIRONMENT, start_new_session=True
        )
        self.frames = queue.SimpleQueue()  # never full, so that neither side waits for the other; the host counts
        complaints = []
        threading.Thread(target=_listen, args=(self.process.stdout, self.frames), daemon=True).start()
        threading.Thread(target=_keep_last, args=(self.process.stderr, complaints), daemon=True).start()
        try:
            self.next_frame(SECONDS_TO_START)
        except Lost as why:
            self.close()
            raise SandboxFails(f"Python does not start in the sandbox: {' '.join(complaints) or why}") from None


class Child:
    """One child: `say` sends a message and gives the reply. answer: what to do with its questions in between."""

    def __init__(self, sandbox):
        self.sandbox, self.waiting, self.ended = sandbox, bytearray(), False
        self.answer = None

    def say(self, seconds, /, **message):
        """(reply, numbers). Lost or TimeOver if there is none, Broken if it is nonsense."""
        deadline = time.monotonic() + seconds
        self._send(message)
        while True:
            content, numbers = read_message_out(lambda count: self._read(count, deadline))
            if "ask" not in content:
                return content, numbers
            if not self.answer:
                raise Broken("a question that nobody expects")
            self._send(self.answer(content, numbers))

    def end(self):
        """End it, and wait until the process has seen to that; if it does not, the process goes too."""
        with contextlib.suppress(OSError, Lost):
            if self.sandbox.process:
                self.sandbox.send(b"K")
            deadline = time.monotonic() + SECONDS_TO_END
            while self.sandbox.process and not self.ended:
                letter, _ = self.sandbox.next_frame(deadline - time.monotonic())
                self.ended = letter == b"E"
        if not self.ended:
            self.sandbox.close()

    def _send(self, message):
        data = memoryview(message_in(message))
        try:
            for start in range(0, len(data), CHUNK):
                self.sandbox.send(b"D", bytes(data[start : start + CHUNK]))
        except OSError:
            raise Lost("the sandbox has ended") from None

    def _read(self, count, deadline):
        while len(self.waiting) < count:
            letter, data = self.sandbox.next_frame(deadline - time.monotonic())
            if letter == b"E":
                self.ended = True
                raise Lost(data.decode())
            self.waiting += data
        data = bytes(self.waiting[:count])
        del self.waiting[:count]
        return data


def _listen(stream, frames):
    """Put what the process sends into the queue; at its end, a frame without a letter."""
    with contextlib.suppress(GraderGone, ValueError):
        while True:
            frames.put(read_frame(stream))
    frames.put((None, b""))


def _keep_last(stream, lines):
    """Read the process's complaints and keep the last line of them."""
    for line in stream:
        lines[:] = [line.decode(errors="replace").strip()]
