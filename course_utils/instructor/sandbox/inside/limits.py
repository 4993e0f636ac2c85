"""What a process that runs a student's code may take, by the kernel's means: limits; seccomp.py says what it may do.

Every limit that the system knows is set, and one that it does not know is left out: Windows has none of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

from . import seccomp

MEMORY = 3 * 2**30  # bytes on top of what torch needs
CPU_SECONDS = 300  # of one process; the grader's own clock is far stricter
FILE_BYTES, OPEN_FILES = 0, 64

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4  # from linux/prctl.h


def hide_from_children() -> None:
    """Nobody may look into this process's memory, its own children included."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def lock(memory: int = MEMORY) -> None:
    """Put every lock on this process that the system knows, for good. memory: bytes beyond what it has taken so far."""
    _limit(memory)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # it does not outlive its relay
    if seccomp.is_known_here():
        seccomp.forbid()


def _limit(memory):
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {"CPU": CPU_SECONDS, "FSIZE": FILE_BYTES, "NOFILE": OPEN_FILES, "CORE": 0, "AS": _memory_in_use() + memory}
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):  # macOS refuses some
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _memory_in_use():
    """Bytes of address space that this process has taken; torch alone takes gigabytes of it on some machines."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 2**33
