"""What a process that runs a student's code may not do, by the kernel's means: limits and forbidden calls.

Every lock that the system knows is used, and one that it does not know is left out: Windows has none of them.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import struct
import sys

MEMORY = 3 * 2**30  # bytes on top of what torch needs
CPU_SECONDS = 300  # of one process; the grader's own clock is far stricter
FILE_BYTES, OPEN_FILES = 0, 64

PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 4, 38, 22, 2

# Call: its number on (x86_64, aarch64); None where there is none. To make processes, to meet others, the network, rare
# doors of the kernel, and memory that outlives its process.
FORBIDDEN = {
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "ptrace": (101, 117), "pidfd_open": (434, 434),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "setpriority": (141, 140),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "io_uring_setup": (425, 425),
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180), "memfd_create": (319, 279),
    "add_key": (248, 217), "keyctl": (250, 219), "bpf": (321, 280), "userfaultfd": (323, 282),
    "perf_event_open": (298, 241), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "setsid": (112, 157),
    "setpgid": (109, 154),
}  # fmt: skip
CLONE, CLONE3 = (56, 220), (435, 435)
CLONE_THREAD = 0x10000
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, and the kernel's own number
X32 = 0x40000000  # x86_64 has every call a second time, from here on

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # the five instructions of a filter
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000


def hide_from_children():
    """Nobody may look into this process's memory, its own children included."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def lock():
    """Put every lock on this process that the system knows, for good."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")  # if the machine runs out of memory, this process goes first, and no neighbour
    _limit()
    if sys.platform == "linux" and platform.machine() in MACHINES:
        _forbid(_filter(*MACHINES[platform.machine()]))


def _limit():
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {"CPU": CPU_SECONDS, "FSIZE": FILE_BYTES, "NOFILE": OPEN_FILES, "CORE": 0, "AS": _memory_in_use() + MEMORY}
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):  # macOS refuses some
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _memory_in_use():
    """Bytes of address space that this process has taken; torch alone takes gigabytes of it on some machines."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * 4096
    except OSError:
        return 2**33


def _filter(column, machine):
    """The instructions, as bytes: refuse what is FORBIDDEN, allow threads but no processes, allow the rest."""
    refused = sorted({numbers[column] for numbers in FORBIDDEN.values()} - {None})
    code = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, machine), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    if column == 0:
        code += [(AT_LEAST, 0, 1, X32), (RETURN, 0, 0, REFUSE | errno.EPERM)]
    for number in refused:
        code += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | errno.EPERM)]
    # With "no such call" the C library falls back from clone3 to clone, whose flags can be seen here.
    code += [(EQUAL, 0, 1, CLONE3[column]), (RETURN, 0, 0, REFUSE | errno.ENOSYS)]
    code += [(EQUAL, 0, 3, CLONE[column]), (LOAD, 0, 0, 16), (ANY_BIT, 1, 0, CLONE_THREAD)]
    code += [(RETURN, 0, 0, REFUSE | errno.EPERM), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)


def _forbid(code):
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    system = ctypes.CDLL(None, use_errno=True)
    program = Program(len(code) // 8, code)
    if system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        system.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0)
