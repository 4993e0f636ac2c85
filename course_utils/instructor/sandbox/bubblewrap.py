"""The walls: the command that starts a program where nothing of the machine is but Python and its libraries.

Only folders that Python needs are there, by their real paths, so that no link leads past them; what must not be seen
and lies below one of these is covered. Nothing can be written anywhere: the root, /dev, /proc and all covers are
read-only, which also keeps children from each other and from the settings of the system that /proc can change. (The
devices in /dev are those of the machine; that nobody changes them themselves is for inside/seccomp.py to see to.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import torch

from ...errors import InputError

SECONDS_TO_TRY = 60
SYSTEM = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/etc/alternatives", "/etc/ld.so.cache")
STORES = ("/nix/store", "/gnu/store")  # where these systems keep all libraries
LINKED = ("/lib", "/lib32", "/lib64")  # to /usr/lib and so on, on most systems
INSTALL = "`apt-get install bubblewrap` on Debian and Ubuntu, `dnf install bubblewrap` on Fedora"
REFUSED = ("namespace", "uid map", "RTM_NEWADDR", "Operation not permitted", "Permission denied")


def python() -> str:
    """The interpreter itself, not a virtual environment's link to it."""
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


@cache
def libraries() -> tuple[Path, ...]:
    """The folders from which packages are imported: the environment's, or the user's own."""
    found = {Path(module.__file__).parent.parent for module in (torch, np)}
    found |= {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
    return tuple(sorted({folder.resolve() for folder in found if folder.is_dir()}))


@cache
def visible() -> tuple[Path, ...]:
    """All that is bound into the sandbox: folders and files."""
    named = [*SYSTEM, *LINKED, *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))]
    named += [store for store in STORES if python().startswith(store)]
    named += [Path(sys.base_prefix, "lib"), python(), *os.environ.get("LD_LIBRARY_PATH", "").split(":")]
    return tuple(sorted({Path(name).resolve() for name in named if str(name) and Path(name).exists()} | {*libraries()}))


def covered(folders: Iterable[Path]) -> list[Path]:
    """Those of these folders that would be seen inside. InputError if Python itself would have to be covered."""
    real = {Path(folder).resolve() for folder in folders}
    seen = {folder for folder in real if any(folder.is_relative_to(place) for place in visible())}
    for folder in seen:
        if is_needed(folder):
            raise InputError(f"Python's own libraries lie in {folder}, so students' code can read it: choose another.")
    return sorted(seen)


def is_needed(folder: Path) -> bool:
    """Is it one of the folders that are bound, or does it hold a shared library that Python has loaded?"""
    folder = Path(folder).resolve()
    return folder in visible() or any(library.is_relative_to(folder) for library in _shared_libraries())


@cache
def _shared_libraries():
    """Those of the system, which no folder of packages holds."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    found = {Path(line[line.index("/") :]) for line in lines if ".so" in line and "/" in line}
    return {path for path in found if not any(path.is_relative_to(folder) for folder in libraries())}


def walls(program: str, hidden: Iterable[Path] = (), shown: Iterable[tuple[Path, str]] = ()) -> list[str]:
    """The command, up to the arguments of Python. program: the path of bwrap.  hidden: folders that must not be seen.

    shown: (folder of the machine, its name inside) pairs.
    """
    covers = covered(hidden)
    command = [program, "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL"]
    for name in LINKED:
        if Path(name).is_symlink():
            command += ["--symlink", os.readlink(name), name]
    binds = [(path, ["--ro-bind", str(path), str(path)]) for path in visible()]
    steps = binds + [(path, ["--tmpfs", str(path)]) for path in covers]
    for _, step in sorted(steps, key=lambda step: len(step[0].parts)):  # what lies deeper comes on top
        command += step
    for folder, name in shown:
        command += ["--ro-bind", str(folder), name]
    command += ["--proc", "/proc", "--dev", "/dev", "--dir", "/tmp", "--chdir", "/tmp"]
    for path in (*covers, "/dev/pts", "/dev", "/proc", "/"):
        command += ["--remount-ro", str(path)]
    return [*command, python()]


def found() -> str:
    """The path of bwrap. InputError, with what to do about it, if it does not work here."""
    if sys.platform != "linux":
        raise InputError("it needs bubblewrap, which there is for Linux only")
    program = shutil.which("bwrap")
    if not program:
        raise InputError(f"bubblewrap is not installed, or not on the PATH ({INSTALL})")
    program = os.path.abspath(program)
    command = [*walls(program), "-I", "-S", "-c", "pass"]
    try:
        tried = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS_TO_TRY)
    except subprocess.TimeoutExpired:
        raise InputError(f"{program} did not come back in {SECONDS_TO_TRY} seconds; is the machine busy?") from None
    except OSError as error:
        raise InputError(f"{program} cannot be started ({error.strerror}); is it made for this machine?") from None
    if tried.returncode:
        raise InputError(_why((tried.stderr.strip().splitlines() or ["no reason given"])[-1]))
    return program


def _why(said):
    """What bwrap complained of, and what to do about it."""
    if not any(sign in said for sign in REFUSED):
        return f"bubblewrap is installed and does not work here ({said})"
    return (
        f"bubblewrap is installed, but the system refuses it the namespaces that it needs ({said}). Ubuntu since 23.10 "
        "wants an AppArmor profile for bwrap, or `sysctl kernel.apparmor_restrict_unprivileged_userns=0`. A container "
        "has to be started so that it may make them (Docker: `--security-opt seccomp=unconfined --security-opt "
        "apparmor=unconfined --security-opt systempaths=unconfined`)"
    )
