"""Lets learners, who are not root, use a Python that lies in a folder of root's: for the hub's processes alone.

It is done with mounts in a namespace of their own, so that nothing on the machine changes.
"""

import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def command(words, stage):
    """The command, run where others may pass. stage: an empty folder that only root can enter."""
    needed = {Path(path).resolve() for path in (sys.prefix, sys.base_prefix)}
    if not (closed := {folder for path in needed if (folder := _closed(path))}):
        return words
    needed |= {ROOT, Path(shutil.which("node")).resolve().parents[1]}
    return ["unshare", "--mount", "sh", "-ec", "\n".join(_mounts(closed, needed, stage)) + '\nexec "$@"', "sh", *words]


def why_not():
    """Why a learner cannot be somebody else here; "" if it works."""
    if not hasattr(os, "geteuid") or os.geteuid():
        return "needs root, to start the servers of learners who cannot read each other's files"
    if any(_closed(Path(path).resolve()) for path in (sys.prefix, sys.base_prefix)):
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode:
            return "this Python lies in a folder of root's, and mounting it elsewhere is not allowed here"
    return ""


def _closed(path):
    """The outermost folder on the way to a path that others may not pass through, or None."""
    for folder in (*reversed(path.parents), path):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def _mounts(closed, needed, stage):
    """Lines of shell: each closed folder is covered by an empty one, into which only what is needed is put back."""
    for number, folder in enumerate(sorted(closed)):
        aside = stage / str(number)
        yield shlex.join(["mkdir", str(aside)])
        yield shlex.join(["mount", "--bind", str(folder), str(aside)])
        yield shlex.join(["mount", "-t", "tmpfs", "-o", "mode=755", "none", str(folder)])
        for path in sorted(_inside(folder, needed)):
            old = str(aside / path.relative_to(folder))
            yield shlex.join(["mkdir" if path.is_dir() else "touch", *["-p"] * path.is_dir(), str(path)])
            yield shlex.join(["mount", "--bind", old, str(path)])


def _inside(folder, needed):
    """What is needed out of a folder; what lies in it, if that is all of it."""
    for path in needed:
        if path == folder:
            yield from (child for child in folder.iterdir() if not child.is_symlink())
        elif path.is_relative_to(folder):
            yield path
