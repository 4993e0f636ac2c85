"""What a learner's code may try on a folder, in a kernel: their own, where all of it works, or a neighbour's.

    python attempts.py learner HOME HAND_IN RUN
    python attempts.py machine HUB HAND_IN RUN

print what came of each as JSON: "done", or the name of the error. Learners run it: it needs nothing but Python.
"""

import json
import os
import shutil
import socket
import sys
from pathlib import Path

FILE = "02_softmax_attention.ipynb"
SCRATCH = "to_be_lost.ipynb"  # in both folders


def attempts(home, hand_in, run):
    """{what is tried: how}."""
    lost, mine = hand_in / SCRATCH, Path.home() / "taken.ipynb"
    return {
        "list the home": lambda: os.listdir(home),
        "list the hand-in": lambda: os.listdir(hand_in),
        "read what was handed in": lambda: (hand_in / FILE).read_bytes(),
        "ask how large it is": lambda: (hand_in / FILE).stat(),
        "copy it": lambda: shutil.copy(hand_in / FILE, mine),
        "link to it": lambda: os.link(lost, mine.with_name("link.ipynb")),
        "read the notebook": lambda: (home / "course/notebooks" / FILE).read_bytes(),
        "hand something in": lambda: (hand_in / "more.txt").write_text(""),
        "write over it": lambda: lost.write_text("{}"),
        "add to it": lambda: lost.open("a").write(" "),
        "rename it": lambda: lost.rename(hand_in / "other.ipynb"),
        "delete it": lambda: (hand_in / "other.ipynb").unlink(),
        "open the folder to all": lambda: hand_in.chmod(0o700),
        "write into the home": lambda: (home / "new.py").write_text("1"),
        "talk to the kernels": lambda: [_connect(run / name) for name in os.listdir(run) if "-ipc-" in name],
        "read the server's own files": lambda: [
            (run / name).read_bytes() for name in os.listdir(run) if name[-5:] == ".json"
        ],
        "see the environment of a process": lambda: _environments(home.stat().st_uid),
    }


def on_the_machine(hub, hand_in, run):
    """What nobody may but the hub: {what is tried: how}."""
    return {
        "list who has handed in": lambda: os.listdir(hand_in),
        "hand in as somebody new": lambda: (hand_in / "nobody").mkdir(),
        "move everything away": lambda: hand_in.rename(hand_in.with_name("gone")),
        "list whose server runs": lambda: os.listdir(run),
        "read the hub's database": lambda: (hub / "jupyterhub.sqlite").read_bytes(),
        "read the hub's secret": lambda: (hub / "jupyterhub_cookie_secret").read_bytes(),
    }


def _connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.connect(str(path))


def _environments(owner):
    """Of all processes of an account."""
    for process in Path("/proc").glob("[0-9]*"):
        if process.stat().st_uid == owner:
            (process / "environ").read_bytes()


def outcome(attempt):
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "done"


if __name__ == "__main__":
    table = on_the_machine if sys.argv[1] == "machine" else attempts
    tried = table(*map(Path, sys.argv[2:]))
    print(json.dumps({what: outcome(attempt) for what, attempt in tried.items()}))
