"""Kernels that start at once: copies of one process that has imported what every lesson imports and nobody here wrote.

`use_in(folder)` makes every Jupyter that is started from now on take them: nbval, nbclient, JupyterLab, nbgrader.
As a program it is what Jupyter starts for a kernel: it asks for a copy, and stands for it as long as that runs.
"""

import gc
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PLACE = "COURSE_WARM_KERNELS"  # environment variable: the socket at which copies are asked for
KERNEL = "kernels/python3"
SECONDS_BETWEEN_LOOKS = 2  # whether the tests are still there
SECONDS_TO_START = 60


def use_in(folder):
    """Let Jupyter find them, as the kernel "python3", and return where it does.

    folder: for their socket. Pytest's workers, and a pytest within pytest, share those of the first.
    """
    if PLACE not in os.environ:
        spec = {"argv": [sys.executable, "-IS", __file__, "{connection_file}"], "language": "python"}
        home = Path(folder, KERNEL)
        home.mkdir(parents=True)
        (home / "kernel.json").write_text(json.dumps({**spec, "display_name": "Python 3"}), encoding="utf-8")
        os.environ.update({PLACE: str(Path(folder, str(os.getpid()))), "JUPYTER_PATH": str(folder)})
    return os.path.join(os.environ["JUPYTER_PATH"], KERNEL)


def serve(place):
    """Import, then answer with a copy each time somebody asks, as long as the process lives after which it is named."""
    os.environ["JPY_PARENT_PID"] = str(os.getpid())  # a kernel ends with its parent, which is this process
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as a kernel sets it
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import torch._dynamo  # noqa: F401  which torch's first optimizer imports
    import torch.optim  # noqa: F401

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        Path(f"{place}.new").unlink(missing_ok=True)
        door.bind(f"{place}.new")
        door.listen()
        os.rename(f"{place}.new", place)  # now it is ready
        while os.path.exists(f"/proc/{Path(place).name}"):
            if select.select([door], [], [], SECONDS_BETWEEN_LOOKS)[0]:
                with door.accept()[0] as asked:
                    if os.fork() == 0:
                        door.close()
                        be_a_kernel(asked)


def be_a_kernel(asked):
    """The copy's whole life. It has the files, the folder and the environment of who has asked, and ends with them."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    text, files, _, _ = socket.recv_fds(asked, 2**20, 3)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    told = json.loads(text)
    os.chdir(told["folder"])
    parent = os.environ["JPY_PARENT_PID"]
    os.environ.clear()
    os.environ.update(told["environment"], JPY_PARENT_PID=parent)
    sys.argv = ["ipykernel_launcher", "-f", told["file"]]
    sys.path = [path for path in sys.path if path != str(Path(__file__).parent)]
    random.seed()
    asked.sendall(str(os.getpid()).encode())
    threading.Thread(target=lambda: asked.recv(1) or os._exit(1), daemon=True).start()
    try:
        sys.modules["ipykernel.kernelapp"].launch_new_instance()
    finally:
        os._exit(0)


def ask(place, file):
    """Have a kernel that reads this connection file, pass interrupts on to it, and end when it ends."""
    with connected(place) as asked:
        told = {"file": file, "folder": os.getcwd(), "environment": dict(os.environ)}
        socket.send_fds(asked, [json.dumps(told).encode()], [0, 1, 2])
        kernel = int(asked.recv(20))
        signal.signal(signal.SIGINT, lambda *_: os.kill(kernel, signal.SIGINT))
        asked.recv(1)


def connected(place):
    """A socket to the process that serves; whoever finds none starts one."""
    import fcntl  # which Windows has not

    with open(f"{place}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asked, deadline = connect(place), time.monotonic() + SECONDS_TO_START
        if not asked:
            with open(f"{place}.log", "a") as log:  # not the files of who asks: somebody may wait until they are closed
                command = [sys.executable, __file__, "--serve", place]
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        while not asked and time.monotonic() < deadline:
            time.sleep(0.05)
            asked = connect(place)
    if not asked:
        raise RuntimeError(f"no process serves kernels: {Path(f'{place}.log').read_text()}")
    return asked


def connect(place):
    """A socket, or None."""
    asked = socket.socket(socket.AF_UNIX)
    try:
        asked.connect(place)
        return asked
    except OSError:
        asked.close()
        return None


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(sys.argv[2])
    else:
        ask(os.environ[PLACE], sys.argv[1])
