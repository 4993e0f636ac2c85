"""Answers that may leave to the library what an exercise asks to write: seen from the names in their source.

While an answer runs, calls of the library are seen and refused. Not all of them can be seen: the source is looked at
too, and what it names is a flag for a person, not a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...exercises.engine import Exercise

SHORTEST_START = 8  # letters with which a forbidden name may begin: those of MultiheadAttention, for one
# What leads past the place where calls are seen.
WAYS_ROUND = frozenset({
    "DisableTorchFunction", "DisableTorchFunctionSubclass", "_C", "ops", "__torch_function__", "ctypes",
    "ThreadPoolExecutor", "ProcessPoolExecutor", "Thread", "Process", "start_new_thread", "multiprocessing",
})  # fmt: skip


def shortcuts(asked: Exercise, uses: Iterable[str]) -> list[str]:
    """What in the source of an answer may do the whole exercise. uses: the names that it takes from elsewhere."""
    wanted = {_letters(name) for name in getattr(asked, "by_hand", ())}
    return [name for name in uses if wanted and (name in WAYS_ROUND or _is_one_of(_letters(name), wanted))]


def _is_one_of(name, wanted):
    return any(other in name or len(name) >= SHORTEST_START and other.startswith(name) for other in wanted)


def _letters(name):
    return name.replace("_", "").casefold()
