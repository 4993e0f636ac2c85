"""Marks one notebook: tries its answers in the sandbox, compares out here, and says what a person would say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from ...exercises.engine import Choice, Essay, Exercise, Prediction
from ...exercises.engine.running import TimeUp
from ..results import Mark
from ..sandbox.failures import Lost, TimeOver
from ..sandbox.inside.notebook.notebook import ALL_CELLS, MISPLACED, SECONDS_FOR_ALL, SECONDS_PER_CELL, TO_CHECK, TO_END
from ..sandbox.inside.serialization import Broken
from ..sandbox.replies import early, error, tries
from .library_calls import shortcuts
from .outcomes import (
    NOT_STARTED,
    Outcome,
    flag_of_misplaced,
    misplaced,
    missing_module,
    raised,
    text_of,
    without_definition,
)
from .session import Session
from .torch_lock import cases_of, judged

Asked = Exercise | Prediction | Choice | Essay
KINDS = {Exercise: "exercise", Prediction: "prediction", Choice: "choice", Essay: "essay"}
TIME_OVER = "it did not come back in time: is there a loop that never ends?"
SECONDS_FOR_ALL_CELLS = SECONDS_FOR_ALL + 2 * SECONDS_PER_CELL


class ExerciseGrader:
    """Marks the exercises of one notebook in turn.

    session: the notebook in the sandbox.  overview: what stands in it.  seed: of the cases.  figures: name -> seed of a
    question's figures.  seconds: for all cases of one exercise.  flags: sentences for the instructor, as they come up.
    missing: modules that were not there and that something needed.
    """

    def __init__(
        self, session: Session, overview: Mapping, seed: int, figures: Callable[[str], int], seconds: float
    ):  # fmt: skip
        self.session, self.seed, self.figures, self.seconds = session, seed, figures, seconds
        self.answers, self.essays = overview.get("answers", {}), overview.get("essays", {})
        self.flags, self.missing, self.last_resort_taken = [], set(), False

    def mark(self, asked: Asked) -> Mark:
        """The mark of one exercise or question. Never raises for anything that a notebook does."""
        if isinstance(asked, Essay):
            return self._essay(asked)
        self.session.begin(self.seconds)
        found = self.answers.get(asked.name, {})  # read before any of the student's code ran
        outcome = self._best(asked, found)
        if isinstance(asked, Exercise):
            self.session.settle(asked, outcome.choice if outcome.status == "pass" else ...)
        score = asked.points if outcome.status == "pass" else 0
        return Mark(
            asked.name, KINDS[type(asked)], asked.points, score, outcome.status, outcome.message, outcome.mistake,
            text_of(found, outcome.choice), self._own_question(asked),
        )  # fmt: skip

    def _own_question(self, asked):
        """The text of a question with figures that are this student's own; "" of any other."""
        figures = self.figures(asked.name)
        return asked.text(figures) if figures and isinstance(asked, Prediction) else ""

    def _essay(self, asked):
        text = self.essays.get(asked.name, "")
        message, score = ("waits for its reader.", None) if text else ("nothing written.", 0)
        return Mark(asked.name, "essay", asked.points, score, "todo", message, None, text)

    def _best(self, asked, found):
        """The best of what the notebook holds for one name: usually there is one definition, and it is that."""
        if found.get("imported"):
            self.flags.append(f"{asked.name} is imported from the course.")
        best = self._best_of_code(asked, found)
        if best.status == "todo" and found.get("misplaced"):
            return self._misplaced(asked, found["misplaced"][0][0])
        if best.status == "pass":
            self._flag_shortcuts(asked, found, best.choice)
        elif best.lacks_a_module:
            self.missing.add(best.lacks_a_module)
            best.message += f" There is no {best.lacks_a_module} where this was graded; your instructor has been told."
        return best

    def _best_of_code(self, asked, found):
        numbers = range(len(found.get("tried", [])))
        if not isinstance(asked, Exercise):
            numbers = numbers[:1]  # of a choice or a number the last counts, whatever stood there before
        best = self._first_pass(asked, numbers, TO_CHECK) or without_definition(asked, found)
        if best.lacks_a_name:
            best = self._first_pass(asked, numbers, TO_END)
        if best.status != "pass" and (best.lacks_a_name or found.get("hidden")) and self._all_cells_run():
            again = self._first_pass(asked, numbers or [None], ALL_CELLS)
            best = best if again.status == "todo" else again
        return best

    def _first_pass(self, asked, numbers, how):
        """The outcome of the first choice that passes; else that of the first choice; None if there is no choice."""
        outcomes = []
        for number in numbers:
            outcomes.append(self._try(asked, (number, how)))
            if outcomes[-1].status == "pass":
                return outcomes[-1]
        lacks_a_name = any(one.lacks_a_name for one in outcomes)
        return replace(outcomes[0], lacks_a_name=lacks_a_name) if outcomes else None

    def _misplaced(self, asked, where):
        """Worth nothing, and tried all the same, so that the instructor can decide."""
        choice = (0, MISPLACED)
        self.flags.append(flag_of_misplaced(asked, where, self._try(asked, choice)))
        return misplaced(asked, where, choice)

    def _flag_shortcuts(self, asked, found, choice):
        uses = found["uses"][choice[0]] if choice and choice[0] is not None else ()
        seen = shortcuts(asked, uses)
        if seen:
            named = ", ".join(seen[:5])
            self.flags.append(f"{asked.name}: its source names {named}, which may do what is to be written.")

    def _all_cells_run(self):
        """True if all cells have run: the last resort, taken at most once a notebook."""
        if not self.last_resort_taken:
            self.last_resort_taken = True
            with contextlib.suppress(Lost, Broken):
                self.session.run_all(SECONDS_FOR_ALL_CELLS)
        return self.session.all_cells_ran

    def _try(self, asked, choice):
        try:
            attempt = self._try_function if isinstance(asked, Exercise) else self._try_value
            return self.session.twice(attempt, asked, choice)
        except TimeOver:
            return Outcome("fail", TIME_OVER, choice=choice)
        except Lost as how:
            return Outcome("fail", f"it ended Python itself, twice ({how}), so nothing came back.", choice=choice)
        except Broken as what:
            self.flags.append(f"{asked.name}: what came out of the sandbox was {what}.")
            return Outcome("fail", "what it gave back could not be read.", choice=choice)

    def _try_value(self, asked, choice):
        value, problem = self.session.value(asked.name, choice, self.seconds)
        if problem:
            return raised(problem, choice)
        result = asked.check(value, self.figures(asked.name))
        return Outcome(result.status, result.message, result.mistake, choice)

    def _try_function(self, asked, choice):
        cases = cases_of(asked, self.seed)
        self.session.references.called.clear()
        content, numbers = self.session.try_function(asked, choice, self.seed, self.seconds)
        self._flag_used(asked, content)
        if "error" in content:
            return raised(error(content["error"]), choice)
        if "early" in content:
            status, message = early(content["early"])
            return Outcome(status, NOT_STARTED if status == "todo" else message, choice=choice)
        done = tries(content.get("tries"), numbers, len(asked.parameters), len(cases))
        if any(isinstance(one.error, TimeUp) for one in done):
            self.session.leave()  # the loop may still run there
        status, message, mistake = judged(asked, cases, done, lambda: self._again(asked, choice, len(cases)))
        errors = [(type(one.error).__name__, str(one.error)) for one in done if one.error]
        lacks_a_name = any(name == "NameError" for name, _ in errors)
        module = next(filter(None, (missing_module(*one) for one in errors)), "")
        return Outcome(status, message + self._helped(), mistake, choice, lacks_a_name, module)

    def _again(self, asked, choice, n_cases):
        """What a wrong function gives the second time: one Try for each case, or [] if that cannot be."""
        try:
            content, numbers = self.session.try_function(asked, choice, self.seed, self.seconds)
            return tries(content.get("tries"), numbers, len(asked.parameters), n_cases)
        except (TimeOver, Lost, Broken):
            return []

    def _helped(self):
        """One more sentence if the function was tried with the course's own in place of the student's."""
        names = sorted(self.session.references.called & self.session.replaced)
        return f" (It was tried with the course's own {' and '.join(names)}.)" if names else ""

    def _flag_used(self, asked, content):
        used = content.get("used")
        for name in used[:5] if isinstance(used, list) else []:
            self.flags.append(f"{asked.name} calls the course's own {str(name)[:40]}.")
