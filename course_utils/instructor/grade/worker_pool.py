"""Grades many submissions: several at once, each once, so that a run can be stopped and taken up again."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import queue
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from .. import results
from ..results import Graded
from ..sandbox.failures import SandboxFault
from ..sandbox.image import Image
from ..sandbox.sandbox import Sandbox
from ..submissions.file_names import readable
from ..submissions.submission import Submission
from .submission_grader import Settings, digest, grade

LONGEST_NAME = 40  # characters of a file's name in that of its result, which may have 255 bytes


def result_path(submission: Submission, out: Path) -> Path:
    """Where the result of a submission is kept: the name and a mark of the file's place, whoever it turns out to be."""
    place = submission.place
    mark = hashlib.sha256(os.fsencode(place)).hexdigest()[:10]
    named = place.stem if submission.names.parts[-1].usual.person else f"{place.parent.name} {place.stem}"
    name = re.sub(r"[^\w-]+", "_", readable(named))[:LONGEST_NAME]
    return out / f"{name}.{mark}.json"


def still_to_do(submissions: Iterable[Submission], settings: Settings, out: Path) -> list[Submission]:
    """Those without a result, and those whose file, seed or course has changed since."""
    return [one for one in submissions if not _is_done(one, settings, result_path(one, out))]


def _is_done(submission, settings, path):
    try:
        graded = results.read(path)
    except (OSError, ValueError):
        return False
    found_since = any(map(_is_installed, graded.missing))
    return graded.digest == digest(submission, settings, graded.owner) and not found_since


def _is_installed(module):
    """Has a module been installed that was missing? Nothing of it is run to find out."""
    try:
        return module.isidentifier() and importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


class WorkerPool:
    """Grades submissions with several sandboxes at once.

    done(graded): called in the main thread for each submission that is done.
    faults: (submission, sentence) of those on which the sandbox has failed; they have no result.
    """

    def __init__(self, image: Image, settings: Settings, out: Path, done: Callable[[Graded], None]):
        self.image, self.settings, self.out, self.done = image, settings, out, done
        self.waiting, self.finished = queue.SimpleQueue(), queue.SimpleQueue()
        self.sandboxes, self.stopped, self.faults = [], False, []

    def grade_all(self, submissions: list[Submission], workers: int) -> None:
        """Grade them all. Whatever ends it early (Ctrl-C, no sandbox) ends the sandboxes; what was done is kept."""
        for one in submissions:
            self.waiting.put(one)
        self.sandboxes = [Sandbox(self.image) for _ in range(min(workers, len(submissions)))]
        threads = [threading.Thread(target=self._work, args=(sandbox,), daemon=True) for sandbox in self.sandboxes]
        try:
            for thread in threads:
                thread.start()
            for _ in submissions:
                self._take_one()
        finally:
            self.stopped = True
            for sandbox in self.sandboxes:
                sandbox.stop()

    def _take_one(self):
        submission, graded = self.finished.get()
        if isinstance(graded, SandboxFault):
            self.faults.append((submission, str(graded)))
        elif isinstance(graded, BaseException):
            raise graded
        else:
            self.done(graded)

    def _work(self, sandbox):
        while not self.stopped:
            try:
                submission = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                graded = grade(submission, self.settings, sandbox)
                if not self.stopped:
                    results.write(graded, result_path(submission, self.out))
            except BaseException as error:  # there is no sandbox, or the disk is full: the main thread says so
                graded = error
            self.finished.put((submission, graded))
