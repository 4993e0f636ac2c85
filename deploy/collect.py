"""Copies what learners have handed in into a folder for `grade`, with the time at which each notebook came.

    sudo python deploy/collect.py /srv/hand-in submitted

A notebook goes to submitted/LOGIN/NAME/NAME.ipynb, the time beside it, as nbgrader writes it: `grade` and the rule for
late work read it. The time is that of the last change, which its owner cannot set back. Only plain files that belong to
the owner of the folder are taken: a link could lead to a neighbour's work, or to any file that root may read. What is
not taken is named. Do it again at any time; a notebook that has changed is copied again.
"""

from __future__ import annotations

import argparse
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

SUFFIX = ".ipynb"
LARGEST = 50_000_000  # bytes; the lessons, run, have less than one million


def collect(hand_in: Path, out: Path) -> list[str]:
    """Copy all of it. Returns sentences about what was left."""
    left = []
    for folder in sorted(path for path in hand_in.iterdir() if path.is_dir()):
        owner = folder.stat(follow_symlinks=False).st_uid
        for name in sorted(os.listdir(folder)):
            if name.startswith("."):
                continue  # JupyterLab's checkpoints
            try:
                data, when = _read(folder / name, owner)
            except (OSError, ValueError) as why:
                left.append(f"{folder.name}/{name} is not taken: {getattr(why, 'strerror', None) or why}.")
                continue
            _write(out / folder.name / Path(name).stem, name, data, when)
    return left


def _read(path, owner):
    """(bytes, time) of a notebook that is the owner's. ValueError or OSError if it is not to be taken."""
    if path.suffix.lower() != SUFFIX:
        raise ValueError("no notebook")
    if path.is_symlink():
        raise ValueError("a link")
    # What is looked at is what is read, whatever its owner puts in its place meanwhile; and no pipe keeps us waiting.
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise ValueError("no plain file")
        if about.st_uid != owner:
            raise ValueError("another person's file")
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError("too large")
    return data, datetime.fromtimestamp(about.st_ctime, UTC)


def _write(folder, name, data, when):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    os.utime(folder / name, (when.timestamp(), when.timestamp()))  # of two by one learner the later one counts
    (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S.%f} UTC")


def main(arguments: list[str] | None = None) -> int:
    """Collect, and say what was left. Returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hand_in", type=Path, help="the folder with a folder of each learner")
    parser.add_argument("out", type=Path, help="where the copies go")
    options = parser.parse_args(arguments)
    left = collect(options.hand_in, options.out)
    print(*left, sep="\n", end="\n" if left else "", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
