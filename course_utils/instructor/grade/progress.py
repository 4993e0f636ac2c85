"""How far a run is: a bar in a terminal; in a file, a line now and then."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from ..results import Graded

WIDTH = 30  # characters of the bar
SECONDS_BETWEEN_LINES = 30  # where there is no terminal to redraw


class Progress:
    """total: submissions in all.  already: how many of them need no work."""

    def __init__(self, total: int, already: int, stream: TextIO | None = None):
        self.total, self.already, self.done, self.problems = total, already, already, 0
        self.stream = stream or sys.stderr
        self.started = self.shown = time.monotonic()
        self._draw()

    def step(self, graded: Graded) -> None:
        """One more is done."""
        self.done += 1
        self.problems += graded.problem is not None
        self._draw()

    def end(self, sentence: str) -> None:
        """The last line."""
        problems = f", {self.problems} could not be graded" if self.problems else ""
        already = f" ({self.already} of them before)" if self.already else ""
        start = "\r\x1b[K" if self.stream.isatty() else ""
        print(f"{start}{self.done} of {self.total} graded{already}{problems}: {sentence}.", file=self.stream)

    def _draw(self):
        if self.stream.isatty():
            bar = "█" * (WIDTH * self.done // max(self.total, 1))
            print(f"\r\x1b[K{bar:░<{WIDTH}} {self._line()}", end="", file=self.stream, flush=True)
        elif time.monotonic() - self.shown > SECONDS_BETWEEN_LINES:
            self.shown = time.monotonic()
            print(self._line(), file=self.stream, flush=True)

    def _line(self):
        new = self.done - self.already
        left = (time.monotonic() - self.started) / new * (self.total - self.done) if new else 0
        return f"{self.done} of {self.total} graded" + (f", about {left:.0f} s left" if left else "")
