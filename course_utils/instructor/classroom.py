"""Grades many submissions: several at once, each once, so that a run can be stopped and taken up again."""

from __future__ import annotations

import hashlib
import os
import queue
import re
import threading
from collections import defaultdict
from pathlib import Path

from . import results
from .grading import digest, grade
from .talk import Sandbox

LONGEST_NAME = 40  # characters of a student's name in the name of a file, which may have 255 bytes
REPEAT = "More than one notebook of this student"


def result_path(submission, out: Path) -> Path:
    """Where the result of a submission is kept: the student's name, and a mark of the file's place."""
    place = hashlib.sha256(os.fsencode(submission.place)).hexdigest()[:10]
    name = re.sub(r"[^\w-]+", "_", submission.student)[:LONGEST_NAME]
    return out / f"{name}.{place}.json"


def still_to_do(submissions, settings, out: Path) -> list:
    """Those without a result, and those whose file, seed or course has changed since."""
    return [one for one in submissions if _digest_in(result_path(one, out)) != digest(one, settings)]


def _digest_in(path):
    try:
        return results.read(path).digest
    except (OSError, ValueError):
        return None


class Classroom:
    """Grades submissions with several sandboxes at once.

    done(graded): called in the main thread for each submission that is done.
    """

    def __init__(self, box, settings, out: Path, done):
        self.box, self.settings, self.out, self.done = box, settings, out, done
        self.waiting, self.finished = queue.SimpleQueue(), queue.SimpleQueue()
        self.sandboxes, self.stopped = [], False

    def grade_all(self, submissions, workers):
        """Grade them all. Whatever ends it early (Ctrl-C, no sandbox) ends the sandboxes; what was done is kept."""
        for one in submissions:
            self.waiting.put(one)
        self.sandboxes = [Sandbox(self.box) for _ in range(min(workers, len(submissions)))]
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
        graded = self.finished.get()
        if isinstance(graded, BaseException):
            raise graded
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
            self.finished.put(graded)


def flag_repeats(paths):
    """Say in each of these results if the same student has handed in the same lesson more than once."""
    found = {path: results.read(path) for path in paths}
    groups = defaultdict(list)
    for path, graded in found.items():
        groups[graded.student, graded.lesson].append(path)
    counting = {one.submission for one in results.counting(list(found.values()))}
    for group in groups.values():
        for path in group:
            _flag_repeat(path, found[path], len(group), found[path].submission in counting)


def _flag_repeat(path, graded, count, counts):
    flags = [flag for flag in graded.flags if not flag.startswith(REPEAT)]
    if count > 1:
        flags.append(f"{REPEAT} ({count} for this lesson); {'this' if counts else 'another, later'} one counts.")
    if flags != graded.flags:
        graded.flags = flags
        results.write(graded, path)
