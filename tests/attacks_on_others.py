"""What a student can try against the rest of the class: to change, slow, stop, read, starve or outlive another process.

`notebook(name)` is lesson 02 with the attack as the first lines of attention, which is right if they have run: so a
score shows that the attack was possible, and the neighbours show what it did. What ends the child or takes its time
shows in the neighbours only.
"""

import copy

from example_class import RIGHT, answer, body, solved

# call(number on x86_64, number on aarch64, arguments...): a call of the kernel; OSError if it refuses.
CALL = """
import ctypes, os, platform
libc = ctypes.CDLL(None, use_errno=True)
def call(x86_64, aarch64, *arguments):
    number = {"x86_64": x86_64, "aarch64": aarch64}[platform.machine()]
    got = libc.syscall(number, *map(ctypes.c_long, arguments))
    if got < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return got
"""

ATTACKS = {
    # limits, schedule and signals of the fork server (1), of the relay (the parent), and of all with the same user
    "limits_files": "import resource\nresource.prlimit(1, resource.RLIMIT_NOFILE, (3, 3))",
    "limits_memory": "import resource\nresource.prlimit(1, resource.RLIMIT_AS, (10**8, 10**8))",
    "limits_time": "import resource\nresource.prlimit(1, resource.RLIMIT_CPU, (1, 1))",
    "limits_of_the_carrier": "import resource\nresource.prlimit(os.getppid(), resource.RLIMIT_FSIZE, (0, 0))",
    "limits_by_number": "limits = (ctypes.c_ulong * 2)(3, 3)\ncall(302, 261, 1, 7, ctypes.addressof(limits), 0)",
    "own_limits": "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))",
    "schedule_idle": "os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))",
    "schedule_by_number": "call(314, 274, 1, ctypes.addressof((ctypes.c_uint * 12)(48, 5)), 0)",
    "one_processor": "os.sched_setaffinity(1, {0})",
    "priority_of_all": "os.setpriority(os.PRIO_USER, os.getuid(), 19)",
    "priority_of_the_host": "os.setpriority(os.PRIO_PROCESS, 1, 19)",
    "priority_of_disks": "call(251, 30, 1, 1, 3 << 13)",
    "stops_the_carrier": "call(234, 131, os.getppid(), os.getppid(), 19)",
    "stops_the_host": "os.kill(1, 19)",
    "stops_everybody": "os.kill(-1, 19)",
    "stops_its_group": "os.killpg(0, 19)",
    "stops_by_thread": "call(200, 130, os.getppid(), 19)",
    "queues_a_signal": "call(129, 138, os.getppid(), 19, ctypes.addressof((ctypes.c_int * 32)(19, 0, -1)))",
    "signals_by_file": "call(424, 424, os.pidfd_open(os.getppid()), 19, 0, 0)",
    "signals_by_owner": "import fcntl\nfcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())",
    "signals_by_ioctl": "import fcntl\nfcntl.ioctl(3, 0x8901, ctypes.c_int(os.getppid()))",
    "moves_the_carrier": "os.setpgid(os.getppid(), os.getpid())",
    "a_session_of_its_own": "os.setsid()",
    # memory and files of others
    "writes_memory": "call(311, 271, os.getppid(), 0, 0, 0, 0, 0)",
    "reads_memory": "call(310, 270, 1, 0, 0, 0, 0, 0)",
    "opens_memory": "open('/proc/1/mem', 'rb')",
    "traces": "call(101, 117, 16, os.getppid(), 0, 0)",
    "compares": "call(312, 272, os.getpid(), os.getppid(), 0, 3, 3)",
    "takes_a_file": "call(438, 438, os.pidfd_open(1), 0, 0)",
    "opens_its_pipes": "open(f'/proc/{os.getppid()}/fd/0', 'rb')",
    "moves_pages": "call(279, 239, 1, 0, 0, 0, 0, 0)",
    "drops_pages": "call(440, 440, os.pidfd_open(1), 0, 0, 4, 0)",
    "frees_memory": "call(448, 448, os.pidfd_open(1), 0)",
    "first_to_go": "os.write(os.open('/proc/1/oom_score_adj', os.O_WRONLY), b'1000')",
    "grouped_low": "os.write(os.open('/proc/1/autogroup', os.O_WRONLY), b'19')",
    "slack": "os.write(os.open('/proc/1/timerslack_ns', os.O_WRONLY), b'1000000000')",
    "settings_of_the_system": "os.write(os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY), b'core')",
    "core_sched": "call(157, 167, 62, 1, os.getppid(), 0, 0)",
    # what would still be there for the next child
    "leaves_a_file": "os.close(os.open('/tmp/left', os.O_CREAT | os.O_WRONLY))",
    "leaves_a_folder": "os.mkdir('/dev/shm/left')",
    "leaves_shared_memory": "from multiprocessing import shared_memory as s\ns.SharedMemory('left', True, 4096)",
    "leaves_system_v_memory": "call(29, 194, 4711, 4096, 0o1666)",
    "leaves_messages": "call(68, 186, 4711, 0o1666)",
    "leaves_a_queue": "call(240, 180, ctypes.addressof(ctypes.create_string_buffer(b'left')), 0o102, 0o600, 0)",
    "leaves_a_semaphore": "import multiprocessing\nmultiprocessing.get_context('spawn').Lock()",
    "leaves_a_key": "b = ctypes.create_string_buffer(b'user')\ncall(248, 217, *[ctypes.addressof(b)] * 3, 4, -4)",
    "leaves_a_lock": "import fcntl\nfcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_EX)",
    "leaves_a_lock_on_bytes": "import fcntl\nfcntl.lockf(os.open('/dev/null', os.O_RDWR), fcntl.LOCK_EX)",
    "closes_the_device": "os.chmod('/dev/null', 0)",
    "dates_the_device": "os.utime('/dev/null', (0, 0))",
    "a_name_in_the_network": "import socket\nsocket.socket(socket.AF_UNIX).bind('\\0left')",
    "passes_a_file_on": "import socket\nsocket.socket(fileno=3).sendmsg([b'x'], [(1, 1, bytes(4))])",
    # doors to the kernel
    "watches_files": "call(294, 26, 0)",
    "faults_of_its_own": "call(323, 282, 1)",
    "ring": "call(425, 425, 8, ctypes.addressof(ctypes.create_string_buffer(120)))",
    "bpf": "call(321, 280, 0, ctypes.addressof(ctypes.create_string_buffer(64)), 64)",
    "performance": "call(298, 241, ctypes.addressof(ctypes.create_string_buffer(128)), -1, 0, -1, 0)",
    "another_namespace": "call(272, 97, 0x10000000)",
    "the_host_s_namespace": "call(308, 268, os.open('/proc/1/ns/net', os.O_RDONLY), 0)",
    "mounts": "b = ctypes.create_string_buffer(b'/tmp')\ncall(165, 40, *[ctypes.addressof(b)] * 2, 0, 4096, 0)",
    "a_process_by_clone": "call(56, 220, 17, 0, 0, 0, 0)",
    "a_process_by_clone3": "call(435, 435, ctypes.addressof((ctypes.c_ulong * 11)(*[0] * 4, 17)), 88)",
    "a_process_by_vfork": "libc.vfork() >= 0 or 1 / 0",
    "the_other_table": "call(0x40000000 + 62, 129, 1, 19)",
}  # fmt: skip

# These end the child or take its time: what they do to the neighbours is all there is to see.
ENDINGS = {
    "leaves": "os._exit(0)",
    "aborts": "os.abort()",
    "falls": "ctypes.string_at(0)",
    "hangs_up": "os.close(3)\nwhile True: pass",
    "hangs_up_asleep": "os.close(3)\nimport time\ntime.sleep(10**6)",
    "ends_all_files": "os.closerange(0, 64)",
    "goes_under": "import sys\nsys.setrecursionlimit(10**9)\nf = lambda: f()\nf()",
    "calls_of_32_bits": (
        "import mmap\nm = mmap.mmap(-1, 4096, prot=7)\nm.write(bytes([0xB8, 37, 0, 0, 0, 0xCD, 0x80, 0xC3]))\n"
        "ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(m)))()"
    ),
    "sleeps": "import time\ntime.sleep(10**6)",
    "sleeps_with_the_lock": "ctypes.PyDLL(None).sleep(10**6)",
    "counts": "sum(range(10**15))",
    "a_long_number": "len(str(7 ** 10**8))",
    "swallows": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "two_thousand_threads": (
        "import threading, torch\nx = torch.rand(300, 300)\n"
        "def burn():\n    while True: x @ x\n"
        "for _ in range(2000): threading.Thread(target=burn, daemon=True).start()\nburn()"
    ),
    "all_memory_slowly": "kept = []\nwhile True: kept.append(bytearray(10**7))",
    "all_memory_again_and_again": "while True:\n    try: torch.ones(10**9 // 4)\n    except RuntimeError: pass",
    "all_files": "kept = []\nwhile True: kept.append(open(os.devnull))",
}

SEND = """
import json, os, struct
def send(content, numbers=b""):
    text = json.dumps(content).encode() if not isinstance(content, bytes) else content
    data = struct.pack("!II", len(text), len(numbers)) + text + numbers
    while data: data = data[os.write(3, data):]
def ask(name, *args, numbers=b""):
    none = {"is": None}
    question = {"ask": name, "args": {"tuple": list(args)}, "names": [], "named": {"tuple": []}, "gradients": none}
    send(question, numbers)
def answers(value, numbers=b""):
    send({"tries": [{"value": value}] * 7}, numbers)
big, row = {"tensor": ["b1", [2**20], 0]}, {"tensor": ["b1", [1, 2**20], 0]}
"""
TAUGHT = "from course_utils.model.attention import project, similarity\n"
# Forged messages, and questions that ask for more than there is.
MESSAGES = {
    "asks_for_much": TAUGHT + "similarity(torch.zeros(0), torch.zeros(10**9, 0))",
    "asks_for_more": TAUGHT + "project(*[torch.zeros(2**20, 1), torch.zeros(1, 2**20)] * 2)",
    "asks_and_does_not_listen": "while True: ask('similarity', big, row, numbers=bytes(2**20))",
    "asks_for_nothing": "while True: ask('no_such_thing')",
    "asks_for_the_answer": "ask('attention', big, big, big, numbers=bytes(2**20))",
    "asks_for_calls": "ask('call 0')",
    "one_tensor_many_times": "answers({'list': [big] * 10_000}, bytes(2**20))",
    "large_in_all_tries": "answers({'tuple': [{'tensor': ['b1', [2**24], 0]}] * 2}, bytes(2**24))",
    "empty_axes": "answers({'tuple': [{'tensor': ['f4', [0, 2**60], 0]}] * 2})",
    "many_axes": "answers({'tensor': ['f4', [1] * 1000, 0]}, bytes(8))",
    "no_axes": "answers({'list': [{'tensor': ['f8', [], 0]}] * 10_000}, bytes(8))",
    "many_types": "answers({'list': [{'opaque': f'T{i}'} for i in range(10_000)]})",
    "many_lists": "send(b'{\"tries\": [' + b'[],' * 10**6 + b'[]]}')",
    "deep_lists": "send(b'[' * 4 * 10**6)",
    "deep_lists_that_close": "send(b'{\"tries\": ' + b'[' * 10**5 + b']' * 10**5 + b'}')",
    "long_numbers": "send(b'{\"tries\": [' + b'9' * 4 * 10**6 + b']}')",
    "long_texts": "send({'tries': [{'error': ['E' * 10**5, 'x' * 10**5]}] * 7})",
    "half_a_letter": "send({'tries': [{'error': ['\\ud800', '\\udfff']}] * 7})",
    "strange_fields": "send({'tries': [{'changed': 1.0, 'library': [[]], 'line': {}, 'value': {'is': True}}] * 7})",
    "early_pass": "send({'early': ['pass', 'right']})",
    "no_object": "send([1, 2, 3])",
    "not_a_message": "while True: os.write(3, b'\\xff' * 65536)",
    "drop_by_drop": "while True: os.write(3, b'\\0')",
    "half_a_message": "os.write(3, struct.pack('!II', 2**22, 2**24) + b'{')\nwhile True: pass",
    "many_at_once": "for _ in range(30): answers({'is': True}, bytes(2**20))",
}  # fmt: skip
ALL = {
    **{name: CALL + lines for name, lines in {**ATTACKS, **ENDINGS}.items()},
    **{name: SEND + lines for name, lines in MESSAGES.items()},
}


def notebook(name):
    """Lesson 02, all right but for this attack in attention."""
    made = copy.deepcopy(solved())
    rest = RIGHT.partition("\n")[2].replace("    ", "", 1).replace("\n    ", "\n")
    answer(made, "attention", body("attention", f"{ALL[name].strip()}\n{rest}"))
    return made
