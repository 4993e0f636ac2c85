"""The plan of a term, one file that all commands read: lessons, exercises, points, dates, the rule for late work."""

from __future__ import annotations

import argparse
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ..errors import InputError
from . import lessons
from .results import Graded

SECONDS_OF_A_DAY = 24 * 60 * 60
TOP = {"course", "due", "late", "lessons", "exercises"}
LATE, LESSON = {"per_day", "days", "minutes_of_grace"}, {"due", "points"}


@dataclass(frozen=True)
class LateRule:
    """per_day: share of the points that each begun day costs.  days: after so many nothing counts.

    minutes_of_grace: so late is not late.
    """

    per_day: float = 0.0
    days: float = math.inf
    minutes_of_grace: float = 0.0

    def share_left(self, seconds: float) -> float:
        """What is left of the points, so many seconds after the date: 1 all of them, 0 none."""
        if seconds <= 60 * self.minutes_of_grace:
            return 1.0
        begun = math.ceil(seconds / SECONDS_OF_A_DAY)
        return 0.0 if begun > self.days else max(0.0, 1 - self.per_day * begun)


@dataclass(frozen=True)
class Plan:
    """points: {lesson: {exercise: points}}, of what counts.  due: {lesson: when}, where there is a date."""

    course: str = ""
    points: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    due: Mapping[str, datetime] = field(default_factory=dict)
    late: LateRule = LateRule()

    def counts(self, lesson: str, exercise: str) -> bool:
        """False if the plan leaves an exercise out."""
        return lesson not in self.points or bool(self.points[lesson].get(exercise))

    def counted(self, one: Graded) -> Graded:
        """A result as the plan counts it: with its exercises, its points, and what being late costs."""
        points = self.points.get(one.lesson)
        if points is None:
            return one
        marks = [_worth(mark, points[mark.name]) for mark in one.exercises if points.get(mark.name)]
        return self._late(replace(one, exercises=marks))

    def _late(self, one):
        due = self.due.get(one.lesson)
        if due is None or not one.handed_in:
            return one
        late = one.handed_in - due.timestamp()
        share = self.late.share_left(late)
        if share == 1:
            return one
        marks = [replace(mark, score=mark.score and mark.score * share) for mark in one.exercises]
        flag = f"{_said(late)} late: {share:.0%} of the points count."
        return replace(one, exercises=marks, flags=[*one.flags, flag])


def _worth(mark, points):
    """The mark with other points for the same share of them."""
    return replace(mark, points=points, score=mark.score and mark.score * points / mark.points)


def _said(seconds):
    hours = seconds / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"


def add_plan_argument(parser: argparse.ArgumentParser, use: str) -> None:
    """What every command asks about the plan. use: what it is good for there."""
    parser.add_argument("--plan", type=Path, metavar="FILE", help=use)


def plan_asked_for(options: argparse.Namespace) -> Plan:
    """The plan that was named on the command line; an empty one, and the course's own exercises alone, without."""
    lessons.use()
    return read_plan(options.plan) if options.plan else Plan()


def read_plan(file: Path) -> Plan:
    """Also makes the exercises and lessons that lie beside it known (lessons.use), and no others.

    InputError, with the place in the file, if it is not as `default_plan` shows it.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The plan {file} cannot be read: {error}.") from None
    try:
        _use_what_lies_beside(file, told)
        return _plan(told)
    except InputError as problem:
        raise InputError(f"The plan {file}: {problem}") from None


def _use_what_lies_beside(file, told):
    """The folder that `exercises` names, and the notebook of each lesson that has one there."""
    _only(told, TOP, "it")
    folder = told.get("exercises")
    if folder is not None and not (isinstance(folder, str) and (file.parent / folder).is_dir()):
        raise InputError(f"exercises = {folder!r} names no folder beside it.")
    notebooks = [file.parent / f"{lesson}.ipynb" for lesson in _table(told, "lessons")]
    lessons.use(folder and file.parent / folder, [path for path in notebooks if path.is_file()])


def _plan(told):
    due, points = {}, {}
    for key, of_lesson in _table(told, "lessons").items():
        lesson = lessons.known(str(key))
        _only(of_lesson, LESSON, f"lesson {key}")
        when = of_lesson.get("due", told.get("due"))
        if when:
            due[lesson] = _date(when, f"lesson {key}")
        points[lesson] = _points(of_lesson.get("points"), lesson)
    if not points:
        raise InputError("it names no lesson; `assign --print-plan` prints one that names all.")
    late = _table(told, "late")
    _only(late, LATE, "[late]")
    numbers = {name: _number(value, 0, f"{name} in [late]") for name, value in late.items()}
    return Plan(str(told.get("course", "")), points, due, LateRule(**numbers))


def _table(told, name):
    table = told.get(name, {})
    if not isinstance(table, dict):
        raise InputError(f"{name} is no table; write [{name}] above its lines.")
    return table


def _only(table, known, where):
    if not isinstance(table, dict):
        raise InputError(f"{where} is no table.")
    strange = sorted(set(table) - known)
    if strange:
        place = ", which belongs to the top of the file" if strange[0] in TOP - known else ""
        raise InputError(f"{where} has {strange[0]!r}{place}; known are {', '.join(sorted(known))}.")


def _date(value, where):
    """In the time of this machine, if the plan names no zone."""
    try:
        when = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise InputError(f'due of {where} is no date: write "2026-12-04 18:00".') from None
    return when.astimezone()


def _points(told, lesson):
    """{exercise: points}. What is not named has the course's; without a table all do; 0 leaves an exercise out."""
    usual = {asked.name: asked.points for asked in lessons.asked_in(lesson)}
    told = {} if told is None else told
    _only(told, set(usual), f"points of {lesson}")
    return usual | {name: _number(value, 0, f"points of {name}") for name, value in told.items()}


def _number(value, least, where):
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < 1e6:
        raise InputError(f"{where} must be a number from {least} up, not {value!r}.")
    return value


def default_plan() -> str:
    """The text of a plan with all that there is."""
    lines = [
        'course = ""',
        '# due = "2026-12-04 18:00"     of every lesson that has none of its own',
        '# exercises = "ours"       a folder of your own exercises beside this file',
        "",
        "[late]",
        "per_day = 0.0            # share of the points that each begun day costs",
        "# days = 3               after so many, nothing counts",
        "minutes_of_grace = 0",
    ]
    for lesson in lessons.lessons():
        lines += ["", f'[lessons."{lesson[:2]}"]', '# due = "2026-12-04 18:00"', f'[lessons."{lesson[:2]}".points]']
        lines += [f"{asked.name} = {asked.points}" for asked in lessons.asked_in(lesson)]
    return "\n".join(lines) + "\n"
