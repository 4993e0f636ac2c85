"""Which calls of the kernel a process that runs a student's code may make: those listed here, and no others.

Why a list of what is allowed. A process can be named to the kernel in some sixty ways (limits, schedule, signals,
memory, cgroups, keys, message queues, the owner of a file), and each new kernel brings more; whoever lists what is
forbidden forgets one. Torch needs about a hundred calls, and they do not change. A call that can do both, such as
prlimit64, is allowed with arguments that mean the caller itself: the filter looks at them. So no child can name its
fork server, its relay or the next child, whatever number that has. A PID namespace for each child would hide those
processes, but not sockets, locks, queues or the doors to the kernel, and it asks for rights that the fork server had
better not keep; systems that restrict user namespaces refuse it. And it would hold nothing without bubblewrap.

What the filter cannot see are paths. That nothing can be written, and that /proc changes nobody, is bubblewrap's part;
without it no file may be opened but to read it, not even /dev/null.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2  # from linux/prctl.h

# Call: its number on (x86_64, aarch64); None where there is none.
ALLOWED = {
    # its own memory and threads
    "brk": (12, 214), "munmap": (11, 215), "mprotect": (10, 226), "mremap": (25, 216), "madvise": (28, 233),
    "mincore": (27, 232), "msync": (26, 227), "futex": (202, 98), "set_robust_list": (273, 99), "rseq": (334, 293),
    "set_tid_address": (218, 96), "exit": (60, 93), "exit_group": (231, 94), "sched_yield": (24, 124),
    "gettid": (186, 178), "restart_syscall": (219, 128), "arch_prctl": (158, None),
    # how it takes signals, and the time
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132), "pause": (34, None),
    "alarm": (37, None), "setitimer": (38, 103), "getitimer": (36, 102), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101), "gettimeofday": (96, 169),
    "time": (201, None), "times": (100, 153),
    # files that are there: none can be made, changed or locked
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "pwrite64": (18, 68), "preadv": (295, 69), "pwritev": (296, 70), "preadv2": (327, 286), "pwritev2": (328, 287),
    "lseek": (8, 62), "close": (3, 57), "close_range": (436, 436), "dup": (32, 23), "dup2": (33, None),
    "dup3": (292, 24), "stat": (4, None), "fstat": (5, 80), "lstat": (6, None), "newfstatat": (262, 79),
    "statx": (332, 291), "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439),
    "readlink": (89, None), "readlinkat": (267, 78), "getdents": (78, None), "getdents64": (217, 61),
    "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50), "umask": (95, 166), "statfs": (137, 43),
    "fstatfs": (138, 44), "fadvise64": (221, 223), "poll": (7, None), "ppoll": (271, 73), "select": (23, None),
    "pselect6": (270, 72),
    # what it is and where it runs: these only tell
    "getpid": (39, 172), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175), "getgid": (104, 176),
    "getegid": (108, 177), "getresuid": (118, 148), "getresgid": (120, 150), "getgroups": (115, 158),
    "getpgrp": (111, None), "getpgid": (121, 155), "getsid": (124, 156), "uname": (63, 160), "sysinfo": (99, 179),
    "getrusage": (98, 165), "getrlimit": (97, 163), "getpriority": (140, 141), "sched_getaffinity": (204, 123),
    "sched_getscheduler": (145, 120), "sched_getparam": (143, 121), "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126), "sched_rr_get_interval": (148, 127), "getcpu": (309, 168),
    "capget": (125, 90), "getrandom": (318, 278),
}  # fmt: skip
# Allowed with the arguments that _checks() says.
CLONE, PRLIMIT64, TGKILL, FCNTL, IOCTL, PRCTL, MMAP, OPEN, OPENAT = (
    (56, 220), (302, 261), (234, 131), (72, 25), (16, 29), (157, 167), (9, 222), (2, None), (257, 56),
)  # fmt: skip
CLONE3 = 435
LAST_KNOWN = 480  # a later call is "not there": the C library then takes an older one

THREAD, FLAGS_OF_A_THREAD = 0x10000, 0x7D0F00  # CLONE_THREAD, and all flags that a C library makes threads with
UNSTOPPABLE = (9, 19)  # SIGKILL, SIGSTOP: who gets these, even from itself, cannot say why
FILE_COMMANDS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no owner, no lock
TERMINAL, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = (0x5401, 0x5413, 0x802C542A), 0x541B, 0x5421, 0x5450, 0x5451
PROCESS_QUESTIONS = (3, 15, 16, 21, 23, 39, 0x53564D41)  # dumpable? name (both ways), locks?, names of memory
TO_CHANGE_A_FILE = 0o1 | 0o2 | 0o100 | 0o1000 | 0o20000000  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_TMPFILE
MAP_LOCKED, MAP_HUGETLB = 0x2000, 0x40000  # memory of which the machine has little

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, and the kernel's own number
X32 = 0x40000000  # x86_64 has every call a second time, from here on

Instruction = tuple[int, int, int, int]  # operation, how many to skip if it holds, and if not, value
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # the instructions of a filter
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # where they stand, in bytes, in what a filter sees
ALLOW, KILL, REFUSE = (RETURN, 0, 0, 0x7FFF0000), (RETURN, 0, 0, 0x80000000), (RETURN, 0, 0, 0x50000 | errno.EPERM)
NOT_THERE = (RETURN, 0, 0, 0x50000 | errno.ENOSYS)


def is_known_here() -> bool:
    """Has this system such a filter, and is its table above?"""
    return sys.platform == "linux" and platform.machine() in MACHINES


def forbid() -> None:
    """From now on this process can make no other calls, for good. OSError if the kernel does not take the filter."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]

    code = pack(instructions(*MACHINES[platform.machine()], os.getpid(), _all_is_read_only()))
    program = ctypes.byref(Program(len(code) // 8, code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(PR_SET_SECCOMP, FILTER, program, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel does not take the filter of calls")


def _all_is_read_only():
    """As in bubblewrap; then a file may be opened as one likes, which libraries do with /dev/null."""
    return all(os.statvfs(path).f_flag & os.ST_RDONLY for path in ("/", "/tmp", os.getcwd()))


def pack(code: Iterable[Instruction]) -> bytes:
    """Instructions as the kernel reads them."""
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)


def instructions(column: int, machine: int, process: int, files_are_safe: bool = False) -> list[Instruction]:
    """The filter for a process of this number: (operation, how many to skip if it holds, if not, value) each.

    files_are_safe: none can be made or changed anyway.
    """
    code = [(LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, machine), KILL, (LOAD, 0, 0, NUMBER)]
    if column == 0:
        code += [(AT_LEAST, 0, 1, X32), REFUSE]
    for number in sorted({numbers[column] for numbers in ALLOWED.values()} - {None}):
        code += [(EQUAL, 0, 1, number), ALLOW]
    for numbers, check in _checks(process, files_are_safe):
        check = [*check, ALLOW]
        code += [(EQUAL, 0, len(check), numbers[column]), *check] if numbers[column] is not None else []
    # With "no such call" the C library falls back from clone3 to clone, whose flags can be seen here.
    return [*code, (EQUAL, 0, 1, CLONE3), NOT_THERE, (AT_LEAST, 0, 1, LAST_KNOWN + 1), NOT_THERE, REFUSE]


def _checks(process, files_are_safe):
    """(numbers of a call, what its arguments must be) each."""
    changes = 0 if files_are_safe else TO_CHANGE_A_FILE
    return [
        (OPEN, _none_of(1, changes)),
        (OPENAT, _none_of(2, changes)),
        (CLONE, _some_of(0, THREAD) + _none_of(0, ~FLAGS_OF_A_THREAD)),
        (PRLIMIT64, _one_of(0, (0,)) + _one_of(2, (0,)) + _one_of(2, (0,), half=1)),  # its own, and only to read them
        (TGKILL, _one_of(0, (process,)) + _not_one_of(2, UNSTOPPABLE)),
        (FCNTL, _one_of(1, FILE_COMMANDS)),
        (IOCTL, _one_of(1, (*TERMINAL, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX))),
        (PRCTL, _one_of(0, PROCESS_QUESTIONS)),
        (MMAP, _none_of(3, MAP_LOCKED | MAP_HUGETLB)),
    ]


def _load(argument, half=0):
    """The lower (0) or upper (1) 32 bits of an argument. Of most the kernel itself takes no more than the lower."""
    return (LOAD, 0, 0, ARGUMENTS + 8 * argument + 4 * half)


def _one_of(argument, values, half=0):
    tests = [(EQUAL, len(values) - i, 0, value) for i, value in enumerate(values)]
    return [_load(argument, half), *tests, REFUSE]


def _not_one_of(argument, values):
    return [_load(argument)] + [step for value in values for step in ((EQUAL, 0, 1, value), REFUSE)]


def _some_of(argument, bits):
    return [_load(argument), (ANY_BIT, 1, 0, bits), REFUSE]


def _none_of(argument, bits):
    return [_load(argument), (ANY_BIT, 0, 1, bits & 0xFFFFFFFF), REFUSE]
