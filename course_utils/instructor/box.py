"""The sandbox: a folder with the few files that run inside, and the command that starts Python there.

With bubblewrap the inside sees Python, its libraries and this folder, all read-only: no network, no home folder, no
submission, nothing of the course's answers. Without it, only the limits of `inside/locks.py` hold.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

PACKAGE = Path(__file__).parent.parent
# What goes in besides inside/ and data/: the part of the engine that knows no answer.
ENGINE = ("adapting", "comparing", "handed_in", "handing_over", "result", "running")
FILES = ["errors.py", "time_limit.py", "exercises/trials/called.py"]
FILES += [f"exercises/engine/{name}.py" for name in ENGINE]
PACKAGES = (".", "instructor", "exercises", "exercises/engine", "exercises/trials")
NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # some systems start no Python without
ENVIRONMENT = {
    **{name: os.environ[name] for name in NEEDED if name in os.environ},
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
}
START = "import sys; sys.path[:0] = sys.argv[1:]; from course_utils.instructor.inside.host import main; main()"
BUBBLEWRAP, LIMITS_ONLY = "bubblewrap", "limits only"


class Box:
    """A folder for the inside; `command()` starts Python in it. Close it, or use it in a `with`."""

    def __init__(self, kind):
        self.kind = kind
        self._folder = tempfile.TemporaryDirectory(prefix="grading", ignore_cleanup_errors=True)
        self.path = Path(self._folder.name)
        self.path.chmod(0o755)
        inside = self.path / "course_utils"
        for folder in ("data", "instructor/inside"):
            shutil.copytree(PACKAGE / folder, inside / folder, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PACKAGE / name, inside / name)
        for folder in PACKAGES:  # the real ones import what is not here
            (inside / folder / "__init__.py").write_text('"""A part of the course, without its answers."""\n')

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        """Delete the folder."""
        self._folder.cleanup()

    def command(self):
        """The arguments of a process that serves as inside/host.py says."""
        place = "/box" if self.kind == BUBBLEWRAP else str(self.path)
        python = [sys.executable, "-I", "-B", "-c", START, place, *map(str, _libraries())]
        return [*_bubblewrap(self.path), *python] if self.kind == BUBBLEWRAP else python


def best_kind():
    """(BUBBLEWRAP, "") if it works here; else (LIMITS_ONLY, why)."""
    if not shutil.which("bwrap"):
        return LIMITS_ONLY, "bubblewrap is not installed"
    with tempfile.TemporaryDirectory() as folder:
        command = [*_bubblewrap(Path(folder)), sys.executable, "-I", "-c", "pass"]
        tried = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
    if tried.returncode == 0:
        return BUBBLEWRAP, ""
    said = tried.stderr.strip().splitlines() or ["no reason given"]
    return LIMITS_ONLY, f"bubblewrap does not work here ({said[-1]})"


def _bubblewrap(box):
    """The bwrap command, up to what is to be run: nothing of the machine is there but what is named here."""
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"]
    for name in ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache"):
        command += _mounted(Path(name))
    for folder in sorted({Path(sys.base_prefix), Path(sys.prefix), *_libraries()}):
        if not folder.is_relative_to("/usr"):
            command += ["--ro-bind", str(folder), str(folder)]
    if any(PACKAGE.is_relative_to(folder) for folder in ("/usr", sys.base_prefix, sys.prefix, *_libraries())):
        command += ["--tmpfs", str(PACKAGE)]  # the course is installed among the libraries: hide it
    command += ["--ro-bind", str(box), "/box", "--proc", "/proc", "--dev", "/dev", "--dir", "/tmp", "--chdir", "/tmp"]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/"]


def _mounted(path):
    if path.is_symlink():  # /bin is usr/bin on most systems
        return ["--symlink", str(path.readlink()), str(path)]
    return ["--ro-bind", str(path), str(path)] if path.exists() else []


def _libraries():
    """The folders from which torch and numpy are imported: the environment's, or the user's own."""
    return sorted({Path(module.__file__).parent.parent for module in (torch, np)})
