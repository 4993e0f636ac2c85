"""One child, and the bytes between it and the grader.

It reads nothing that a child says, and ends it when the grader or the clock wants it, or when it takes more than its
share. It is a process of its own, so that nothing of a notebook stays in the memory of the fork server, of which the
next student's child is a copy.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from .framing import CHUNK, read_frame, write_frame
from .messages import MOST_OUT

MOST_FROM_CHILD, LEAST_COUNTED = 2**28, 2**9  # bytes; more than all messages of one submission, however cut up
MOST_UNASKED = MOST_OUT + 2**20  # bytes since the grader has said something: to that there is one reply
MOST_THREADS = 64  # of a child: one that fills the machine with threads leaves no time to its neighbours
SECONDS_BETWEEN_LOOKS = 0.1  # at its threads
SECONDS_FOR_A_SEND = 5
MOST_OPEN = 1024  # this process has a dozen files open
SECONDS_TO_EXIT = 0.5  # for a child that has closed its socket, so that it can be said how it ended


class Relay:
    """grader_in, grader_out: binary streams, the first not buffered.  child_main: takes read(n) and write(bytes)."""

    def __init__(self, grader_in: BinaryIO, grader_out: BinaryIO, child_main: Callable):
        self.grader_in, self.grader_out, self.child_main = grader_in, grader_out, child_main
        self.killed = False  # by the grader
        self.carried = self.unasked = 0  # bytes
        self.next_look = 0.0  # at the child's threads

    def serve(self, seconds: float) -> None:
        """A child's whole life, for at most so many seconds; then the frame E, and nothing more until K has come."""
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            self._be_the_child(theirs)
        theirs.close()
        why = "the grader has gone"
        try:
            why = self._carry(ours, child, time.monotonic() + seconds)
        finally:
            ours.close()
            ended = _end(child, patience=0 if why else SECONDS_TO_EXIT)
        write_frame(self.grader_out, b"E", json.dumps({**ended, "why": why}).encode())
        while not self.killed:
            self.killed = read_frame(self.grader_in)[0] == b"K"

    def _be_the_child(self, theirs):
        """It never comes back."""
        try:
            os.setsid()
            own = _only_open(theirs.fileno())  # read and written like a file, for a child has no calls for sockets
            self.child_main(open(own, "rb", closefd=False).read, lambda data: _write_all(own, data))
        finally:
            os._exit(0)

    def _carry(self, socket_, child, deadline):
        """Bytes to and fro until the child closes its socket; or why it has to end before."""
        socket_.settimeout(SECONDS_FOR_A_SEND)
        while (left := deadline - time.monotonic()) > 0 and self._within_bounds():
            ready, _, _ = select.select([socket_, self.grader_in], [], [], min(left, SECONDS_BETWEEN_LOOKS))
            if self.grader_in in ready and (why := self._pass_on(socket_)):
                return why
            if socket_ in ready and not self._take_from(socket_):
                return ""
            if self._time_to_look() and _threads(child) > MOST_THREADS:
                return f"it had more than {MOST_THREADS} threads"
        return "it sent too much, or lived too long"

    def _time_to_look(self):
        now, due = time.monotonic(), self.next_look
        self.next_look = due if now < due else now + SECONDS_BETWEEN_LOOKS
        return now >= due

    def _within_bounds(self):
        return self.carried < MOST_FROM_CHILD and self.unasked < MOST_UNASKED

    def _take_from(self, socket_):
        """What the child has sent goes to the grader; False if it has closed its socket."""
        try:
            data = socket_.recv(CHUNK)
        except OSError:
            return False
        self.carried += max(len(data), LEAST_COUNTED)
        self.unasked += max(len(data), LEAST_COUNTED)
        if data:
            write_frame(self.grader_out, b"D", data)
        return bool(data)

    def _pass_on(self, socket_):
        """One frame from the grader to the child; why it is over, if it is."""
        letter, data = read_frame(self.grader_in)
        self.killed, self.unasked = letter == b"K", 0
        try:
            if self.killed:
                return "killed by the grader"
            socket_.sendall(data)
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


def _write_all(number, data):
    view = memoryview(data)
    while view:
        view = view[os.write(number, view) :]


def _threads(process):
    """How many it has; 0 where /proc does not tell."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[17])  # the 20th of all; a name may hold spaces
    except (OSError, IndexError):
        return 0


def _end(child, patience):
    """End the child and all that it started. {how: "exit 3", "signal 11" or "it hung up", cpu: seconds}.

    patience: seconds that it has to end by itself.
    """
    time_to_exit = time.monotonic() + patience
    ended, status, used = os.wait4(child, os.WNOHANG)
    while not ended and time.monotonic() < time_to_exit:
        time.sleep(0.002)
        ended, status, used = os.wait4(child, os.WNOHANG)
    for kill in (os.killpg, os.kill):  # it may not have made its group yet
        with suppress(OSError):
            kill(child, signal.SIGKILL)
    if not ended:
        _, _, used = os.wait4(child, 0)
    how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"
    return {"how": how if ended else "it hung up", "cpu": round(used.ru_utime + used.ru_stime, 3)}
