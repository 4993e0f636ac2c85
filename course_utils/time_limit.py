"""A time limit for a function that somebody else wrote: it runs in a thread, and is stopped there when time is up."""

from __future__ import annotations

import contextlib
import ctypes
import threading


class TimeUp(BaseException):
    """Raised inside a function that runs too long; no `except Exception` of its own swallows it."""


def finishes(work, seconds):
    """Run work() in a thread of its own. True if it was done in time; else TimeUp is raised in it, and it is left."""

    def quietly():
        with contextlib.suppress(TimeUp):
            work()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    try:
        thread.join(seconds)
        return not thread.is_alive()
    finally:  # also when the reader interrupts the wait
        _stop(thread)


def value_within(seconds, work):
    """What work() gives back or raises. Raises TimeUp if it is not done by then."""
    done = []

    def keep():
        try:
            done.append((work(), None))
        except BaseException as error:  # it may raise anything, SystemExit too
            done.append((None, error))

    finishes(keep, seconds)
    if not done:  # it never heard: C code, or code that catches everything
        raise TimeUp
    value, error = done[0]
    if error is not None:
        raise error
    return value


def _stop(thread):
    """Raise TimeUp in a thread that still runs. Code that catches everything may need it more than once."""
    for _ in range(5):
        if not thread.is_alive():
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp))
        thread.join(0.2)
