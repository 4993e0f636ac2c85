"""What an exercise is: a right implementation, the cases to try, and the mistakes people make."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property

import torch

from ..trials.called import called
from .assembly import Assembly
from .diagnosis import judge
from .exact import expected
from .handed_in import not_callable_so, not_started
from .result import Mistake, Result
from .running import run_cases

SECONDS_PER_CHECK = 10


@dataclass(frozen=True)
class Case:
    """One call of the function: what is special about it in a few words, and its arguments.

    It remembers what was worked out of it, for whoever judges many answers on the same cases.
    """

    label: str
    args: tuple
    memory: dict = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, work: Callable[[], object]) -> object:
        """What work() gives; it is done only the first time that this key is asked for."""
        if key not in self.memory:
            self.memory[key] = work()
        return self.memory[key]


@dataclass(frozen=True)
class Exercise:
    """A function for the learner to write. One table: it makes the stub, the check and the list of common errors.

    reference: the right implementation; its signature and docstring are the stub, its source is the solution.
    cases: seed -> list of Case, from easy to hard, where every axis has another size.
    returns: the axes of each result by name, as {"out": "q_len d_v", "weights": "q_len k_len"}.
    rules: (holds(*arrays) -> bool, sentence) pairs, said when a wrong answer is no known mistake.
    by_hand: names of torch functions that would do the whole exercise; calling one is told, not accepted.
    canonical: turns equally right forms of a result (an additive mask, say) into one; array -> array.
    trial: how the function is tried, if one call does not show what it does: trial(fn, *arguments of the case) gives
    what is compared. See trials/.
    behaviour: of a design, where many answers are right: what it does is compared, not what it is. A function of the
    case's arguments and the result's arrays that gives a tuple of arrays, or a ValueError that says what is wrong with
    them; `behaves` names these arrays' axes, as `returns` names those of the results, and `rules` are about them.
    assembly: a right answer in parts, with other parts, for what none of the mistakes explains.
    """

    name: str
    lesson: str
    reference: Callable
    cases: Callable[[int], list[Case]]
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, str]
    points: int
    minutes: int
    returns: dict[str, str]
    rules: tuple[tuple[Callable, str], ...] = ()
    by_hand: frozenset[str] = frozenset()
    canonical: Callable | None = None
    trial: Callable = called
    behaviour: Callable | None = None
    behaves: dict[str, str] = field(default_factory=dict)
    assembly: Assembly | None = None

    @property
    def parameters(self) -> list[str]:
        """Names of the function's arguments, in order."""
        return list(inspect.signature(self.reference).parameters)

    def kept_cases(self, seed) -> list[Case]:
        """The cases of a seed, the same objects each time: for whoever runs no answer on them that might change them."""
        if seed not in self._kept:
            self._kept[seed] = self.cases(seed)
        return self._kept[seed]

    @cached_property
    def _kept(self):
        return {}

    def check(self, fn, seed=0) -> Result:
        """Try the learner's function on every case. Never raises: whatever it does becomes a Result."""
        early = not_started(fn, self.name) or not_callable_so(fn, self.name, self.parameters)
        if early:
            return early
        cases = self.cases(seed)

        def run():
            return run_cases(fn, cases, SECONDS_PER_CHECK, self.by_hand, self.trial)

        with torch.random.fork_rng(devices=[]):  # a check leaves the reader's random numbers as they were
            rights = [expected(self, case) for case in cases]  # first: what is slow only once is then over
            tries, printed = run()
            status, message, mistake = judge(self, cases, tries, lambda: run()[0], rights)
        warned = "\n".join(text for done in tries for text in done.warned)
        return Result(status, message, mistake, printed, warned)
