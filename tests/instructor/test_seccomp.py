"""Promise: a child can make no call of the kernel that names another process, on either kind of machine."""

import errno
import os
import re
from pathlib import Path

import pytest

from course_utils.instructor.sandbox.inside import seccomp
from course_utils.instructor.sandbox.inside.seccomp import ALLOWED, ANY_BIT, AT_LEAST, EQUAL, LOAD, MACHINES, RETURN

ME, OTHER = 7, 1
ALLOW, KILL, REFUSE, NOT_THERE = "allow", "kill", "refuse", "not there"
MEANS = {
    0x7FFF0000: ALLOW, 0x80000000: KILL, 0x50000 | errno.EPERM: REFUSE, 0x50000 | errno.ENOSYS: NOT_THERE
}  # fmt: skip

# By hand, from the kernel's tables: every way to name a process, to leave something behind, or to open a door.
REFUSED = {
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "ptrace": (101, 117),
    "kcmp": (312, 272), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "process_mrelease": (448, 448), "migrate_pages": (256, 238), "move_pages": (279, 239), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118), "sched_setattr": (314, 274), "setpgid": (109, 154), "setsid": (112, 157),
    "setrlimit": (160, 164), "get_robust_list": (274, 100), "perf_event_open": (298, 241), "bpf": (321, 280),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_setup": (206, 0), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190),
    "msgget": (68, 186), "mq_open": (240, 180), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "inotify_init1": (294, 26), "fanotify_init": (300, 262), "epoll_create1": (291, 20), "eventfd2": (290, 19),
    "timer_create": (222, 107), "timerfd_create": (283, 85), "signalfd4": (289, 74), "flock": (73, 32),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "sendto": (44, 206),
    "sendmsg": (46, 211), "recvmsg": (47, 212), "pipe2": (293, 59), "execve": (59, 221), "execveat": (322, 281),
    "clone_other": (56, 220), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "mount_setattr": (442, 442), "personality": (135, 92), "syslog": (103, 116),
    "mkdirat": (258, 34), "unlinkat": (263, 35), "renameat2": (316, 276), "linkat": (265, 37), "symlinkat": (266, 36),
    "mknodat": (259, 33), "fchmodat": (268, 53), "fchmod": (91, 52), "fchownat": (260, 54), "utimensat": (280, 88),
    "setxattr": (188, 5), "truncate": (76, 45), "ftruncate": (77, 46), "fallocate": (285, 47), "sync": (162, 81),
    "mlock": (149, 228), "mlockall": (151, 230), "mbind": (237, 235), "set_mempolicy": (238, 237),
    "setuid": (105, 146), "setgroups": (116, 159), "capset": (126, 91), "seccomp": (317, 277),
    "landlock_create_ruleset": (444, 444), "quotactl": (179, 60), "swapon": (167, 224), "reboot": (169, 142),
    "sethostname": (170, 161), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "init_module": (175, 105), "kexec_load": (246, 104), "acct": (163, 89), "vhangup": (153, 58),
}  # fmt: skip
ONLY_X86 = {"fork": 57, "vfork": 58, "open_by_handle_at": 304, "ioperm": 173, "iopl": 172, "modify_ldt": 154}


def verdict(machine, call, *arguments, files_are_safe=False):
    """What the filter of a process number ME says of a call, worked out as the kernel does."""
    column, identity = MACHINES[machine]
    words = [call, identity, 0, 0]
    for argument in (*arguments, *[0] * (6 - len(arguments))):
        words += [argument & 0xFFFFFFFF, argument >> 32 & 0xFFFFFFFF]
    return run(seccomp.instructions(column, identity, ME, files_are_safe), words)


def run(code, words):
    loaded, place = 0, 0
    while True:
        operation, if_so, if_not, value = code[place]
        if operation == RETURN:
            return MEANS[value]
        if operation == LOAD:
            loaded = words[value // 4]
        holds = {EQUAL: loaded == value, AT_LEAST: loaded >= value, ANY_BIT: bool(loaded & value)}.get(operation)
        place += 1 + (0 if operation == LOAD else if_so if holds else if_not)


@pytest.fixture(params=MACHINES)
def machine(request):
    return request.param


def test_what_torch_needs_is_allowed(machine):
    numbers = {name: number for name, both in ALLOWED.items() if (number := both[MACHINES[machine][0]]) is not None}
    assert [name for name, number in numbers.items() if verdict(machine, number) != ALLOW] == []


def test_what_names_another_process_or_outlives_the_child_is_refused(machine):
    numbers = {name: both[MACHINES[machine][0]] for name, both in REFUSED.items()}
    numbers |= ONLY_X86 if machine == "x86_64" else {}
    assert [name for name, number in numbers.items() if verdict(machine, number, OTHER) != REFUSE] == []


THREAD = 0x3D0F00  # what glibc makes a thread with
PRLIMIT64, TGKILL, FCNTL, IOCTL, PRCTL, MMAP, OPENAT = (
    seccomp.PRLIMIT64, seccomp.TGKILL, seccomp.FCNTL, seccomp.IOCTL, seccomp.PRCTL, seccomp.MMAP, seccomp.OPENAT
)  # fmt: skip
HERE = 2**64 - 100  # AT_FDCWD
F_SETOWN, F_SETLK, F_SETLEASE, F_SETOWN_EX, FIOSETOWN, TIOCSTI = 8, 6, 1024, 15, 0x8901, 0x5412
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SCHED_CORE, PR_SET_PTRACER = 1, 4, 62, 0x59616D61
ARGUMENTS = [
    (seccomp.CLONE, (THREAD,), ALLOW),
    (seccomp.CLONE, (17,), REFUSE),  # fork
    (seccomp.CLONE, (THREAD | 0x20000000,), REFUSE),  # in a new PID namespace
    (seccomp.CLONE, (THREAD | 0x1000,), REFUSE),  # with a file that names it
    (seccomp.CLONE, (0x4111,), REFUSE),  # vfork
    (PRLIMIT64, (0, 7, 0, 0x7FFF0000), ALLOW),  # reads its own
    (PRLIMIT64, (0, 7, 0x7FFF0000, 0), REFUSE),
    (PRLIMIT64, (0, 7, 2**32, 0), REFUSE),  # an address whose lower half is 0
    (PRLIMIT64, (OTHER, 7, 0, 0x7FFF0000), REFUSE),
    (PRLIMIT64, (ME, 7, 0x7FFF0000, 0), REFUSE),
    (TGKILL, (ME, ME + 1, 6), ALLOW),
    (TGKILL, (OTHER, OTHER, 6), REFUSE),
    (TGKILL, (ME, ME, 9), REFUSE),
    (TGKILL, (ME, ME, 19), REFUSE),
    (FCNTL, (3, 4, 0), ALLOW),
    *[(FCNTL, (3, command, OTHER), REFUSE) for command in (F_SETOWN, F_SETOWN_EX, F_SETLK, F_SETLEASE)],
    (IOCTL, (1, 0x5401), ALLOW),
    *[(IOCTL, (3, request), REFUSE) for request in (FIOSETOWN, TIOCSTI)],
    (PRCTL, (15,), ALLOW),
    *[(PRCTL, (option, OTHER), REFUSE) for option in (PR_SET_PDEATHSIG, PR_SET_DUMPABLE)],
    *[(PRCTL, (option, OTHER), REFUSE) for option in (PR_SCHED_CORE, PR_SET_PTRACER)],
    (MMAP, (0, 4096, 3, 0x22), ALLOW),
    (MMAP, (0, 4096, 3, 0x40022), REFUSE),  # of the machine's huge pages
    (OPENAT, (HERE, 4096, os.O_CLOEXEC), ALLOW),
    *[(OPENAT, (HERE, 4096, flag), REFUSE) for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_TMPFILE)],
]


@pytest.mark.parametrize(("numbers", "arguments", "wanted"), ARGUMENTS, ids=str)
def test_arguments_are_looked_at(machine, numbers, arguments, wanted):
    assert verdict(machine, numbers[MACHINES[machine][0]], *arguments) == wanted


def test_where_all_is_read_only_files_are_opened_as_one_likes(machine):
    number = OPENAT[MACHINES[machine][0]]
    assert verdict(machine, number, HERE, 4096, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, files_are_safe=True) == ALLOW


def test_other_doors_to_the_kernel_are_closed(machine):
    column, identity = MACHINES[machine]
    code = seccomp.instructions(column, identity, ME)
    assert run(code, [39, 0x40000003, *[0] * 14]) == KILL  # the calls of 32-bit programs
    assert verdict(machine, seccomp.CLONE3) == NOT_THERE
    assert verdict(machine, 10_000) == NOT_THERE
    assert len(code) < 4096
    if machine == "x86_64":
        assert verdict(machine, seccomp.X32 | 39) == REFUSE


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def test_the_numbers_are_those_of_the_kernel_s_headers(machine):
    if not HEADERS[machine].exists():
        pytest.skip("this machine has no kernel headers")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text(encoding="ascii"))
    theirs = {name: int(number) for name, number in found}
    column = MACHINES[machine][0]
    theirs["newfstatat"] = theirs.get("newfstatat", theirs.get("fstatat"))
    ours = {**ALLOWED, **{name: numbers for name, numbers in REFUSED.items() if name != "clone_other"}}
    ours |= {"clone": seccomp.CLONE, "prlimit64": PRLIMIT64, "tgkill": TGKILL, "fcntl": FCNTL, "ioctl": IOCTL}
    ours |= {"open": seccomp.OPEN, "openat": OPENAT}
    ours |= {"prctl": PRCTL, "mmap": MMAP, "clone3": (seccomp.CLONE3, seccomp.CLONE3)}
    wrong = {name: (numbers[column], theirs.get(name)) for name, numbers in ours.items() if numbers[column] is not None
             and name in theirs and theirs[name] != numbers[column]}  # fmt: skip
    assert wrong == {}
