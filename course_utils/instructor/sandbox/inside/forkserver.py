"""The one process of the sandbox that lasts: it has torch ready and is copied for each submission.

It never runs a student's code, reads nothing that a child says and holds nothing of a notebook. As process 1 of the
sandbox it cannot be killed from within it. It listens on its standard input and answers on its standard output.

From the grader: S start a child, D bytes for the child, K end it; W, between children, warm up for training, which many
notebooks do without. To the grader: R ready, D bytes from the child, E it has ended. To every S belong one K and one E.
A child lives for at most the seconds that S names. With E comes JSON: {"how": "exit 0", "signal 11" or the like, "cpu":
seconds, "why": why it had to, if it had}; or {"fault": sentence} if the sandbox itself has failed.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import BinaryIO

from . import limits
from .framing import CHUNK, GraderGone, read_frame, write_frame
from .relay import Relay


class ForkServer:
    """grader_in, grader_out: binary streams, the first not buffered.  child: a module, as main() says."""

    def __init__(self, grader_in: BinaryIO, grader_out: BinaryIO, child: ModuleType):
        self.grader_in, self.grader_out, self.child = grader_in, grader_out, child

    def serve(self) -> None:
        """Forever: one child after the other."""
        _warm_up(self.child.warm_up)
        write_frame(self.grader_out, b"R")
        with suppress(GraderGone):
            while True:
                letter, data = read_frame(self.grader_in)
                if letter == b"S" and hasattr(os, "fork"):
                    self._one_child(float(data))
                elif letter == b"W":
                    _warm_up(self.child.warm_up_for_training)
                    write_frame(self.grader_out, b"R")
                elif letter == b"S":
                    return self._be_the_child()  # no fork on Windows: a process for each submission

    def _one_child(self, seconds):
        relay = os.fork()
        if relay == 0:
            try:
                Relay(self.grader_in, self.grader_out, self.child.main).serve(seconds)
            except BaseException:
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(relay, 0)
        _end_all_others()
        if status:
            write_frame(self.grader_out, b"E", json.dumps({"fault": "nobody carries its bytes"}).encode())

    def _be_the_child(self):
        waiting = bytearray()

        def read(count: int) -> bytes:
            while len(waiting) < count:
                letter, data = read_frame(self.grader_in)
                if letter == b"K":
                    raise GraderGone
                waiting.extend(data)
            data = bytes(waiting[:count])
            del waiting[:count]
            return data

        def write(data: bytes) -> None:
            for start in range(0, len(data), CHUNK):
                write_frame(self.grader_out, b"D", data[start : start + CHUNK])

        self.child.main(read, write)


def _warm_up(work: Callable[[], None]):
    work()
    gc.collect()
    gc.freeze()  # forks then share these pages instead of copying them


def _end_all_others():
    """As process 1 of a sandbox, end whatever a child has left there."""
    if os.getpid() == 1:
        with suppress(OSError):
            os.kill(-1, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)


def main(child: ModuleType) -> None:
    """Warm up, then serve. child: a module with main(read, write), warm_up() and perhaps warm_up_for_training()."""
    limits.hide_from_children()
    grader_in, grader_out = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # whatever a library prints must not get into a frame
    ForkServer(grader_in, grader_out, child).serve()
