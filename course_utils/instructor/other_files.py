"""What was handed in and is no notebook: `grade` notes it, for the report to name it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .submissions.submission import HandedIn

FILE = "noted/other_files.json"  # not beside the results: each JSON file there is one


@dataclass(frozen=True)
class Noted:
    """student: whose it is, as its path says, or "".  file: its path.  kind: what it is, "" for a plain file."""

    student: str
    file: str
    kind: str

    @property
    def sentence(self) -> str:
        return f"{Path(self.file).name} is {self.kind or 'no notebook'}."


def write(found: HandedIn, out: Path) -> None:
    """Keep them beside the results. What was noted of folders that were not looked through now stays."""
    if found.roots:
        noted = _read(out) | {str(root.resolve()): [] for root in found.roots}
        for one in found.others:
            noted[str(one.root.resolve())].append([one.student, str(one.file), one.kind])
        if not any(noted.values()) and not (out / FILE).exists():
            return
        (out / FILE).parent.mkdir(parents=True, exist_ok=True)
        (out / FILE).write_text(json.dumps(noted, indent=1), encoding="utf-8")


def _read(out):
    try:
        return dict(json.loads((out / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def read(out: Path) -> list[Noted]:
    """All that was noted, in the order of the students."""
    found = [Noted(*map(str, one)) for ones in _read(out).values() for one in ones]
    return sorted(found, key=lambda one: (one.student.casefold(), one.file))
