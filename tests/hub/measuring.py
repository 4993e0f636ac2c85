"""What the processes of a hub take: memory as PSS, in which shared pages are divided among those who share them."""

import os
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1e6
TICKS = os.sysconf("SC_CLK_TCK")
KINDS = {  # by a word of its command line
    "ipykernel_launcher": "kernel",
    "jupyterhub-singleuser": "server",
    "configurable-http-proxy": "proxy",
    "loopback_config.py": "hub",
}


@dataclass(frozen=True)
class Process:
    """kind: one of KINDS.  owner: the uid.  memory: MB, PSS.  cpu: seconds, with those of its children that ended."""

    kind: str
    owner: int
    memory: float
    cpu: float


def processes(folder):
    """Those of a hub whose folder this is."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
            environment = (process / "environ").read_bytes().decode(errors="replace")
            if str(folder) not in words + environment:
                continue
            kind = next((kind for word, kind in KINDS.items() if word in words), "")
            if kind:
                found.append(Process(kind, process.stat().st_uid, _memory(process), _cpu(process)))
        except OSError:
            continue  # it has ended meanwhile
    return found


def _memory(process):
    lines = (process / "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / MEGABYTE


def _cpu(process):
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS
