"""Promise: twenty learners at once work through lesson 02 on the hub, and get the points that a person would give.

`pytest -m exhaustive -n 0 tests/hub` runs it, and prints what it took: the figures in deploy/README.md.
"""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from classroom import answered, come_in, fair_totals, makes_errors, run_all, totals
from measuring import processes
from sandboxes import BWRAP

pytestmark = pytest.mark.exhaustive
LEARNERS = 20
SECONDS = 1200


@pytest.mark.skipif(not BWRAP, reason="needs bubblewrap")
def test_a_class_of_twenty(hub, tmp_path, capsys):
    everybody_has_run_it, measured = threading.Barrier(LEARNERS + 1), threading.Event()
    started = time.monotonic()

    def work(number):
        try:
            return work_through(number)
        except Exception:
            everybody_has_run_it.abort()  # nobody waits for who cannot come
            raise

    def work_through(number):
        learner, path = come_in(hub, number)
        came_in = time.monotonic() - started
        notebook = answered(learner.read(path), number)
        with learner.kernel(path) as kernel:
            errors = run_all(kernel, notebook)
            everybody_has_run_it.wait(SECONDS)
            measured.wait(SECONDS)
        learner.save(path, notebook)
        learner.copy(path, "hand-in")
        return came_in, errors

    with ThreadPoolExecutor(LEARNERS) as pool:
        class_ = [pool.submit(work, number) for number in range(LEARNERS)]
        try:
            everybody_has_run_it.wait(SECONDS)
        except threading.BrokenBarrierError:
            [learner.result() for learner in class_]
        minutes, taken = (time.monotonic() - started) / 60, processes(hub.folder)
        measured.set()
        came_in, errors = zip(*(learner.result() for learner in class_))
    with capsys.disabled():
        print("\n" + summary(came_in, minutes, taken))
    assert sum(one.kind == "kernel" for one in taken) == LEARNERS
    points, _ = totals(hub, tmp_path, LEARNERS)
    assert points == fair_totals(LEARNERS) and len(set(points.values())) > 3
    assert [n for n in range(LEARNERS) if bool(errors[n]) != makes_errors(n)] == []


def summary(came_in, minutes, taken):
    """Lines to be read."""
    lines = [f"the lesson was open after {statistics.median(came_in):.0f} s (median), {max(came_in):.0f} s (last)"]
    lines.append(f"all had run it after {minutes:.1f} minutes")
    for kind in ("server", "kernel", "hub", "proxy"):
        memory = [one.memory for one in taken if one.kind == kind]
        cpu = sum(one.cpu for one in taken if one.kind == kind)
        lines.append(
            f"{kind}: {len(memory)} × {statistics.mean(memory):.0f} MB (at most {max(memory):.0f}), {cpu:.0f} CPU s"
        )
    return "\n".join(lines)
