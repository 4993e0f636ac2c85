"""The one process of the sandbox that lasts: it has torch ready and forks a child for each submission.

It never runs a student's code and reads nothing that a child says; it only carries bytes between the grader, on its own
standard input and output, and the child. As process 1 of the sandbox it cannot be killed from within it.

A frame is one letter and a length, then so many bytes.
From the grader: S start a child, D bytes for the child, K kill it.  To the grader: R ready, D bytes from the child,
E it has ended (how, as text). A child lives for at most the seconds that S names.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress

FRAME = struct.Struct("!cI")
CHUNK = 2**16
MOST_FROM_CHILD, LEAST_COUNTED = 2**28, 2**9  # bytes; more than all messages of one submission, however cut up
SECONDS_FOR_A_SEND = 5
MOST_OPEN = 1024  # this process has a dozen files open


class GraderGone(Exception):
    """Standard input has ended: there is nobody to work for."""


def read_exactly(stream, count):
    """count bytes, or GraderGone. The stream is not buffered, so that `select` sees all there is."""
    data = bytearray()
    while len(data) < count:
        piece = stream.read(count - len(data))
        if not piece:
            raise GraderGone
        data += piece
    return bytes(data)


def read_frame(stream):
    """(letter, bytes) of the next frame."""
    letter, length = FRAME.unpack(read_exactly(stream, FRAME.size))
    return letter, read_exactly(stream, length)


def write_frame(stream, letter, data=b""):
    stream.write(FRAME.pack(letter, len(data)) + data)
    stream.flush()


class Host:
    """grader_in, grader_out: binary streams, the first not buffered.  child_main: takes read(n) and write(bytes)."""

    def __init__(self, grader_in, grader_out, child_main):
        self.grader_in, self.grader_out, self.child_main = grader_in, grader_out, child_main

    def serve(self):
        """Forever: one child after the other."""
        write_frame(self.grader_out, b"R")
        with suppress(GraderGone):
            while True:
                letter, data = read_frame(self.grader_in)
                if letter == b"S" and hasattr(os, "fork"):
                    write_frame(self.grader_out, b"E", self._one_child(float(data)).encode())
                elif letter == b"S":
                    return self._be_the_child()  # no fork on Windows: a process for each submission

    def _one_child(self, seconds):
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            self._run_child(theirs)
        theirs.close()
        said = "the grader has gone"
        try:
            said = self._carry(ours, time.monotonic() + seconds)
        finally:
            ours.close()
            ended = _kill(child, patience=0 if said else 0.5)
        return said or ended

    def _run_child(self, theirs):
        """The child's life; it never comes back."""
        try:
            os.setsid()
            own = socket.socket(fileno=_only_open(theirs.fileno()))
            self.child_main(own.makefile("rb").read, own.sendall)
        finally:
            os._exit(0)

    def _carry(self, child, deadline):
        """Bytes to and fro until the child ends, the grader kills it, or its time is over; why, if not the first."""
        child.settimeout(SECONDS_FOR_A_SEND)
        carried = 0
        while (left := deadline - time.monotonic()) > 0 and carried < MOST_FROM_CHILD:
            ready, _, _ = select.select([child, self.grader_in], [], [], left)
            if self.grader_in in ready and (why := self._pass_on(child)):
                return why
            if child in ready:
                data = _receive(child)
                if not data:
                    return ""
                carried += max(len(data), LEAST_COUNTED)
                write_frame(self.grader_out, b"D", data)
        return "too much or too long"

    def _pass_on(self, child):
        """One frame from the grader to the child; why it is over, if it is."""
        letter, data = read_frame(self.grader_in)
        try:
            if letter == b"K":
                return "killed by the grader"
            child.sendall(data)
        except TimeoutError:
            return "it does not listen"
        except OSError:  # it has gone, which the next look at it will show
            pass
        return ""

    def _be_the_child(self):
        waiting = bytearray()

        def read(count):
            while len(waiting) < count:
                waiting.extend(read_frame(self.grader_in)[1])
            data = bytes(waiting[:count])
            del waiting[:count]
            return data

        self.child_main(read, lambda data: write_frame(self.grader_out, b"D", data))


def _only_open(number):
    """Close all files but this one, and give its new number: the grader's own pipes are no business of the child."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.dup2(number, 3)
    os.closerange(4, MOST_OPEN)
    return 3


def _receive(child):
    try:
        return child.recv(CHUNK)
    except OSError:
        return b""


def _kill(child, patience):
    """End the child and all that it started; returns how it ended. patience: seconds that it has to end by itself."""
    time_to_exit = time.monotonic() + patience
    ended, status = os.waitpid(child, os.WNOHANG)
    while not ended and time.monotonic() < time_to_exit:
        time.sleep(0.002)
        ended, status = os.waitpid(child, os.WNOHANG)
    with suppress(OSError):
        os.kill(-1, signal.SIGKILL) if os.getpid() == 1 else os.killpg(child, signal.SIGKILL)
    if not ended:
        _, status = os.waitpid(child, 0)
    with suppress(ChildProcessError):  # as process 1 it inherits the orphans
        while os.getpid() == 1:
            os.waitpid(-1, 0)
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"


def main():
    """Warm up, then serve."""
    from . import child, locks

    locks.hide_from_children()
    grader_in, grader_out = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # whatever a library prints must not get into a frame
    child.warm_up()
    gc.collect()
    gc.freeze()  # forks then share these pages instead of copying them
    Host(grader_in, grader_out, child.main).serve()


if __name__ == "__main__":
    sys.exit(main())
