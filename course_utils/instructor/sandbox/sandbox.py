"""A process of the sandbox, as the grader sees it: it lasts, and has one child at a time."""

from __future__ import annotations

import contextlib
import os
import queue
import select
import signal
import subprocess
import threading
from collections.abc import Iterator

from .child import Child
from .failures import SandboxFails, SandboxFault, TimeOver
from .image import ENVIRONMENT, Image
from .inside.framing import GraderGone, frame, read_frame
from .reference_client import References

SECONDS_TO_START = 120  # importing torch on a busy machine
SECONDS_TO_TAKE = 15  # a frame, or a part of it; the fork server itself waits for a child for a third of that
SECONDS_OF_A_CHILD = 600  # the fork server ends it then, if the grader does not before
ATTEMPTS = 2  # to start it
LONGEST_COMPLAINT = 300  # bytes of what it says when it does not start


class Sandbox:
    """Starts the process when it is needed, and again when it has died; `child()` gives a fresh one to talk to.

    program: what runs in it, one of image.PROGRAMS.
    """

    def __init__(self, image: Image, program: str = "answers"):
        self.image, self.program = image, program
        self.process, self.frames, self.complaints = None, None, []
        self.ready, self.stopped, self.companion = False, False, None
        self.for_training = False

    def references(self) -> References:
        """The References that belong to this sandbox, in one of their own. Both start at the same time."""
        self.companion = self.companion or References(Sandbox(self.image, "references"))
        self.launch()
        self.companion.sandbox.launch()
        return self.companion

    def warm_up_for_training(self) -> None:
        """From its next child on, making an optimizer is as quick as any other call. SandboxFault if it fails."""
        self.for_training = True
        if not self.process:
            return  # the next one does it when it starts
        self.send(b"W")
        try:
            self.next_frame(SECONDS_TO_START)
        except TimeOver:
            self.close()
            raise SandboxFault("the sandbox does not warm up") from None

    def stop(self) -> None:
        """Close it for good, from whichever thread."""
        self.stopped = True
        self.close()
        if self.companion:
            self.companion.sandbox.stop()

    def close_all(self) -> None:
        """Close it and its companion: nothing of what has failed is used again."""
        self.close()
        if self.companion:
            self.companion.close()
            self.companion.sandbox.close()

    def restart(self) -> None:
        """A fresh process."""
        self.close()
        self._start()

    def close(self) -> None:
        """End the process and all in it; the next child gets a fresh one."""
        process, self.process = self.process, None
        if process:
            _kill(process)
            process.wait()
            with contextlib.suppress(OSError):  # what could not be sent
                process.stdin.close()

    @contextlib.contextmanager
    def child(self) -> Iterator[Child]:
        """A Child that nobody has talked to yet; it is ended afterwards, whatever happened."""
        child = self._new_child()
        try:
            yield child
        finally:
            child.end()

    def _new_child(self):
        for _ in range(ATTEMPTS):  # the process may have died since the last submission
            with contextlib.suppress(SandboxFault):
                self._start()
                self.send(b"S", str(SECONDS_OF_A_CHILD).encode())
                return Child(self)
            self.close()
        raise SandboxFails("The sandbox ends as soon as it has started.")

    def send(self, letter: bytes, data: bytes = b"") -> None:
        """One frame to the process; SandboxFault if it is not there any more, or takes nothing."""
        process = self.process
        if not process:
            raise SandboxFault("the sandbox has ended")
        try:
            _write(process.stdin.fileno(), frame(letter, bytes(data)))
        except (OSError, ValueError):
            self.close()
            raise SandboxFault("the sandbox takes nothing any more") from None

    def next_frame(self, seconds: float) -> tuple[bytes, bytes]:
        """(letter, bytes) from the process. TimeOver if none comes, SandboxFault if the process has ended."""
        try:
            if seconds <= 0:  # whoever sends frames without end has no more time than others
                raise queue.Empty
            letter, data = self.frames.get(timeout=seconds)
        except queue.Empty:
            raise TimeOver("it did not come back in time") from None
        if letter is None:
            self.close()
            raise SandboxFault("the sandbox has ended")
        return letter, data

    def launch(self) -> None:
        """Start the process, if it does not run, without waiting until it is ready."""
        if self.stopped:
            raise SandboxFails("The sandbox was stopped.")
        if self.process and self.process.poll() is None:
            return
        self.close()
        self.ready, pipe = False, subprocess.PIPE
        self.process = subprocess.Popen(
            self.image.command(self.program),
            stdin=pipe, stdout=pipe, stderr=pipe, env=ENVIRONMENT, start_new_session=True,
        )  # fmt: skip
        self.frames = queue.SimpleQueue()  # never full, so that neither side waits for the other; the relay counts
        self.complaints = []
        threading.Thread(target=_listen, args=(self.process.stdout, self.frames), daemon=True).start()
        threading.Thread(target=_keep_last, args=(self.process.stderr, self.complaints), daemon=True).start()

    def _start(self):
        self.launch()
        if self.ready:
            return
        try:
            self.next_frame(SECONDS_TO_START)
        except (TimeOver, SandboxFault) as why:
            self.close()
            raise SandboxFails(f"Python does not start in the sandbox: {' '.join(self.complaints) or why}") from None
        self.ready = True
        if self.for_training:
            self.warm_up_for_training()


def _write(number, data):
    """All of it, to a pipe that somebody may have stopped reading; OSError if nothing is taken for long."""
    view, waiting = memoryview(data), None
    if hasattr(select, "poll"):  # not on Windows
        os.set_blocking(number, False)
        waiting = select.poll()
        waiting.register(number, select.POLLOUT)
    while view:
        if waiting and not waiting.poll(1000 * SECONDS_TO_TAKE):
            raise TimeoutError
        with contextlib.suppress(BlockingIOError):
            view = view[os.write(number, view) :]


def _kill(process):
    """The process and its relay, which is in its group."""
    if os.name == "posix" and process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _listen(stream, frames):
    """Put what the process sends into the queue; at its end, a frame without a letter."""
    with contextlib.suppress(GraderGone, ValueError, OSError):
        while True:
            frames.put(read_frame(stream))
    frames.put((None, b""))


def _keep_last(stream, lines):
    """Read the process's complaints and keep the last line of them."""
    for line in stream:
        lines[:] = [line[-LONGEST_COMPLAINT:].decode(errors="replace").strip()]
