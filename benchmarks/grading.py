"""What grading a class costs: `grade` on all of it, and `nbgrader autograde` on some of the same notebooks.

    python benchmarks/grading.py [STUDENTS]        300 of them if nothing is said

The notebooks are what nbgrader released of lesson 03, three exercises and three questions, filled in by a script. The
experiments of the lesson are left out: nbgrader would run them, `grade` would not. `grade` works with its sandbox, its
limits and two workers; it is stopped when half is done, as by Ctrl-C, and started again. nbgrader gets one student in
twenty. Printed: CPU and wall seconds for each submission, start-up included, and how many scores are what a person
would give. Compare the rows with each other: seconds differ from machine to machine and with its load. Linux only, for
it counts the CPU time of processes that were killed.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))  # where the class is made

from generated_class import LESSON, fill_in  # noqa: E402
from nbgrader_course import Course  # noqa: E402

from course_utils.instructor import results  # noqa: E402

SEED = 90731
BAR, TIMES_LESS = 0.2, 12  # CPU seconds for each submission, and how many times less than nbgrader's
FOR_NBGRADER = "s?[02468]0"  # of s000, s001, ...: one in twenty
STOPPED = 130  # exit status after Ctrl-C
PR_SET_CHILD_SUBREAPER = 36  # from linux/prctl.h


class Watch:
    """Measures what happens in a `with`: seconds on the clock, and CPU seconds of all processes started in it."""

    def __enter__(self):
        self.started, self.used = time.monotonic(), _used_by_children()
        return self

    def __exit__(self, *error):
        self.wall = time.monotonic() - self.started
        self.cpu = _used_by_children() - self.used


def inherit_orphans():
    """From now on a process whose parent was killed is ours to wait for, and its CPU time is counted."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError("the kernel does not hand orphans over")


def _used_by_children():
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:  # all have ended
        pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def hand_in(course, count):
    """Fill in and submit `count` notebooks. Returns {student: points that a person would give}."""
    fair = {}
    for number in range(count):
        notebook = course.released()
        fair[f"s{number:03}"] = fill_in(notebook, number)
        course.submit(f"s{number:03}", notebook)
    return fair


def grade(submissions, out, until=None):
    """Run `grade`; interrupt it when there are `until` results. Returns its exit status."""
    command = [sys.executable, "-m", "course_utils.instructor", "grade", str(submissions), "--out", str(out)]
    command += ["--seed", str(SEED), "--workers", "2", "--sandbox", "bubblewrap"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as grader:
        while until and grader.poll() is None:
            if len(list(out.glob("*.json"))) >= until:
                grader.send_signal(signal.SIGINT)
                break
            time.sleep(0.2)
    return grader.returncode


def grade_in_two_runs(submissions, out, count):
    """Grade all, stopped once. Returns (what it took, {student: points}); AssertionError if anything is done twice."""
    with Watch() as watch:
        assert grade(submissions, out, until=count // 2) == STOPPED
        kept = {path: path.stat().st_mtime_ns for path in out.glob("*.json")}
        assert grade(submissions, out) == 0
    assert count // 2 <= len(kept) < count
    assert all(path.stat().st_mtime_ns == written for path, written in kept.items())
    print(f"stopped with {len(kept)} of {count} graded; all of them were kept, and the rest graded afterwards")
    return watch, {one.student: sum(mark.score or 0 for mark in one.exercises) for one in results.read_all(out)}


def autograde(course, students):
    """The same from nbgrader."""
    with Watch() as watch:
        course.nbgrader("autograde", LESSON, f"--student={students}")
    return watch, course.scores()


def row(name, watch, scores, fair):
    """One line of the table."""
    right = sum(scores[student] == fair[student] for student in scores)
    each = f"{watch.cpu / len(scores):12.2f}{watch.wall / len(scores):14.2f}"
    print(f"{name:22}{len(scores):12}{each}{right:15} of {len(scores)}")


def main():
    count = int(sys.argv[1]) if sys.argv[1:] else 300
    inherit_orphans()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it, `grade` must not
    with tempfile.TemporaryDirectory(prefix="class") as folder:
        course = Course(folder, LESSON)
        course.release(SEED)
        fair = hand_in(course, count)
        ours, our_scores = grade_in_two_runs(course.folder / "submitted", Path(folder, "results"), count)
        theirs, their_scores = autograde(course, FOR_NBGRADER)
    print(f"{'':22}{'submissions':>12}{'CPU s each':>12}{'wall s each':>14}{'right scores':>19}")
    row("grade, 2 workers", ours, our_scores, fair)
    row("nbgrader autograde", theirs, their_scores, fair)
    times = theirs.cpu / len(their_scores) / (ours.cpu / count)
    print(f"nbgrader takes {times:.0f} times as many CPU seconds")
    assert ours.cpu / count <= BAR, f"more than {BAR} CPU seconds each"
    assert times >= TIMES_LESS, f"nbgrader does not take {TIMES_LESS} times as many"


if __name__ == "__main__":
    main()
