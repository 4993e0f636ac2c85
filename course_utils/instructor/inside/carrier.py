"""One child, and the bytes between it and the grader.

It reads nothing that a child says, and ends it when the grader or the clock wants it. It is a process of its own, so
that nothing of a notebook stays in the memory of the host, of which the next student's child is a copy.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from contextlib import suppress

from .frames import CHUNK, read_frame, write_frame

MOST_FROM_CHILD, LEAST_COUNTED = 2**28, 2**9  # bytes; more than all messages of one submission, however cut up
SECONDS_FOR_A_SEND = 5
SECONDS_TO_EXIT = 0.5  # for a child that has closed its socket, so that it can be said how it ended
MOST_OPEN = 1024  # this process has a dozen files open


class Carrier:
    """grader_in, grader_out: binary streams, the first not buffered.  child_main: takes read(n) and write(bytes)."""

    def __init__(self, grader_in, grader_out, child_main):
        self.grader_in, self.grader_out, self.child_main = grader_in, grader_out, child_main
        self.killed = False  # by the grader

    def serve(self, seconds):
        """A child's whole life, for at most so many seconds; then the frame E, and nothing more until K has come."""
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            self._be_the_child(theirs)
        theirs.close()
        why = "the grader has gone"
        try:
            why = self._carry(ours, time.monotonic() + seconds)
        finally:
            ours.close()
            ended = _end(child, patience=0 if why else SECONDS_TO_EXIT)
        write_frame(self.grader_out, b"E", (why or ended).encode())
        while not self.killed:
            self.killed = read_frame(self.grader_in)[0] == b"K"

    def _be_the_child(self, theirs):
        """It never comes back."""
        try:
            os.setsid()
            own = socket.socket(fileno=_only_open(theirs.fileno()))
            self.child_main(own.makefile("rb").read, own.sendall)
        finally:
            os._exit(0)

    def _carry(self, child, deadline):
        """Bytes to and fro until the child closes its socket; or why it has to end before."""
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
        self.killed = letter == b"K"
        try:
            if self.killed:
                return "killed by the grader"
            child.sendall(data)
        except TimeoutError:
            return "it does not listen"
        except OSError:  # it has gone, which the next look at it will show
            pass
        return ""


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


def _end(child, patience):
    """End the child and all that it started; returns how it ended. patience: seconds that it has to end by itself."""
    time_to_exit = time.monotonic() + patience
    ended, status = os.waitpid(child, os.WNOHANG)
    while not ended and time.monotonic() < time_to_exit:
        time.sleep(0.002)
        ended, status = os.waitpid(child, os.WNOHANG)
    for kill in (os.killpg, os.kill):  # it may not have made its group yet
        with suppress(OSError):
            kill(child, signal.SIGKILL)
    if not ended:
        _, status = os.waitpid(child, 0)
    return f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
