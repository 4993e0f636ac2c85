"""How long a check of a wrong answer takes, against running every known mistake on every case first, in one process.

    python benchmarks/check_time.py [exercise ...]

For each exercise six wrong answers are checked: known mistakes, and one that is none, so that all have to be tried.
Printed: the longest CPU time of a check in milliseconds, now and the other way, and how many times less it is now.
Both ways must say the same of each answer, and the longest of all checks may take a third of the other way's longest.
"""

import sys
import time
from unittest import mock

from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Exercise, diagnosis
from course_utils.exercises.engine.known import AGREEMENT, Attempt

KNOWN, RUNS = 5, 3  # known mistakes of each exercise; the quickest run of each counts
BAR = 3


def all_first(asked, tried, in_float64, on_arrays):
    """`known_mistakes`, with every mistake run on every case before anything is compared."""
    first = next(one for one in tried if one.is_wrong)
    found, best = [], AGREEMENT
    for mistake in asked.mistakes:
        attempt = Attempt(asked, mistake.wrong, in_float64, on_arrays)
        alike = [attempt.gives(one) for one in tried]
        telling = [agrees for one, agrees in zip(tried, alike) if one.is_wrong or not agrees]
        share = sum(telling) / len(telling) if alike[tried.index(first)] else 0
        if share >= best:
            found = [mistake] if share > best else [*found, mistake]
            best = share
    return found


def wrong_answers(asked):
    """Known mistakes, evenly picked, and an answer that is right but for a result like no other."""
    yield from (mistake.wrong for mistake in asked.mistakes[:: -(-len(asked.mistakes) // KNOWN)])
    yield lambda *args: [[0.123, 0.456], [0.789, 0.12]]


def checked(asked, answer):
    """(seconds of CPU, what is said) of the quickest run."""
    def handed_in(*args):  # not one of the course's own
        return answer(*args)

    runs = []
    for _ in range(RUNS):
        start = time.process_time()
        result = asked.check(handed_in)
        runs.append((time.process_time() - start, result.message))
    return min(runs)


def measured(asked):
    """Longest seconds now and the other way, and how many answers are told something else."""
    rows = []
    for answer in wrong_answers(asked):
        with mock.patch.object(diagnosis, "known_mistakes", all_first):
            before = checked(asked, answer)
        rows.append((checked(asked, answer), before))
    return max(now for (now, _), _ in rows), max(then for _, (then, _) in rows), sum(a[1] != b[1] for a, b in rows)


def main():
    wanted = sys.argv[1:] or [name for name in names() if isinstance(exercise(name), Exercise)]
    longest_now = longest_before = others = 0
    print(f"{'':24}{'mistakes':>9}{'now ms':>9}{'all first ms':>14}{'times less':>12}")
    for name in wanted:
        asked = exercise(name)
        now, before, different = measured(asked)
        print(f"{name:24}{len(asked.mistakes):9}{1000 * now:9.0f}{1000 * before:14.0f}{before / now:12.1f}", flush=True)
        longest_now, longest_before = max(now, longest_now), max(before, longest_before)
        others += different
    print(f"longest: {1000 * longest_now:.0f} ms, all first {1000 * longest_before:.0f} ms; other verdicts: {others}")
    assert not others, "the two ways do not say the same"
    assert longest_now <= longest_before / BAR, f"the longest check takes more than 1/{BAR} of the other way's"


if __name__ == "__main__":
    main()
