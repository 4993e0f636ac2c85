"""The class on one page: which exercise, which mistake, how often, and what to say about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from statistics import mean, median, pstdev

from ...exercises import exercise
from ...exercises.engine import Choice, Exercise
from ..other_files import Noted
from ..results import Graded, Mark
from ..submissions.class_list import ClassList
from ..variants import same_name
from ..wording import counted, points
from . import similar_code
from .gradebook import columns
from .pages import lines_of, page

KINDS = {
    "right": "right",
    "mistake": "a known mistake",
    "other": "wrong otherwise, or in part",
    "todo": "not handed in",
    "waiting": "not read yet",
}
REPLACED = "a later file of this student counts instead."
GONE = "left out: the file is not there any more."


def class_page(
    results: list[Graded],
    replaced: Iterable[Graded] = (),
    gone: Iterable[Graded] = (),
    absent: Iterable[str] = (),
    others: Iterable[Noted] = (),
    listed: ClassList | None = None,
) -> str:
    """The HTML page.

    results: one for each student and lesson.  replaced: by a later one.  gone: without a file now.  absent: students of
    the list who handed in no notebook.  others: files that are no notebooks.  listed: the class, for its sections.
    """
    students = {one.student for one in results}
    lessons = sorted({one.lesson for one in results if one.exercises})
    return page(
        "class.html", "The class", students=len(students), totals=_totals(results, students), absent=sorted(absent),
        sections=_sections(results, listed),
        lessons=[_lesson(lesson, [one for one in results if one.lesson == lesson]) for lesson in lessons],
        kinds=KINDS, missing=list(missing_modules(results)), notes=_to_look_at(results, replaced, gone, others),
        same_code=similar_code.groups(results), short=similar_code.SHORT, near=similar_code.near(results),
    )  # fmt: skip


def _totals(results, students):
    """What the first sentence says: points of all lessons together, of each student."""
    totals = Counter(dict.fromkeys(students, 0))
    for one in results:
        totals[one.student] += sum(mark.score or 0 for mark in one.exercises)
    unread = sum(mark.score is None for one in results for mark in one.exercises)
    values = sorted(totals.values()) or [0]
    return {
        "middle": median(values), "least": values[0], "most": values[-1], "all": sum(columns(results).values()),
        "unread": unread,
    }  # fmt: skip


def _sections(results, listed):
    """(section, how many of it have handed in, how many it has, mean and spread of their points), if there are some."""
    sums, found = Counter(), defaultdict(list)
    for one in results:
        sums[same_name(one.student)] += sum(mark.score or 0 for mark in one.exercises)
    for student in listed.students if listed else ():
        found[student.section].append(sums.get(same_name(student.name)))
    rows = []
    for section, of_each in sorted(found.items(), key=lambda pair: (not pair[0], pair[0])):
        there = [value for value in of_each if value is not None]
        rows.append((section or "no section", len(there), len(of_each), _mean_and_spread(there) if there else ""))
    return rows if len(rows) > 1 else []


def _mean_and_spread(values):
    return f"{points(mean(values))} ± {points(pstdev(values))}"


def kind_of(mark: Mark) -> str:
    """Which of KINDS an answer is."""
    if mark.score is None:
        return "waiting"
    if mark.status != "fail":
        return "right" if mark.status == "pass" else "todo"
    return "mistake" if mark.mistake else "other"


def _lesson(lesson, results):
    """A row for each of its exercises, and its mistakes, the most frequent first."""
    marks, mistakes = defaultdict(list), defaultdict(list)
    for one in results:
        for mark in one.exercises:
            marks[mark.name].append(mark)
            if kind_of(mark) == "mistake":
                mistakes[mark.name, mark.mistake].append(mark)
    rows = [_row(name, found) for name, found in marks.items()]
    used = [kind for kind in KINDS if any(kind == part[0] for row in rows for part in row["parts"])]
    ranked = sorted(mistakes.items(), key=lambda found: (-len(found[1]), found[0]))
    most = len(ranked[0][1]) if ranked else 0
    return {"name": lesson, "students": len(results), "rows": rows, "used": used,
            "mistakes": [_mistake(*key, found, most) for key, found in ranked]}  # fmt: skip


def _row(name, marks):
    """One exercise: its bar, and once all texts are read, how many have it right, and mean and spread of the points."""
    counts, scores = Counter(map(kind_of, marks)), [mark.score for mark in marks]
    parts = [(kind, 100 * counts[kind] / len(marks), f"{counts[kind]} {words}") for kind, words in KINDS.items()]
    asked = exercise(name)
    row = {
        "name": name, "of": marks[0].points, "parts": [part for part in parts if part[1]], "right": "", "mean": "",
        "question": [] if isinstance(asked, Exercise) else lines_of(asked.text()),
    }  # fmt: skip
    if None in scores:
        return row
    return {**row, "right": f"{counts['right'] / len(marks):.0%}", "mean": _mean_and_spread(scores)}


def _mistake(name, mistake, marks, most):
    """What to explain again, with the sentence that its students were told."""
    what, hint = told(name, mistake, marks[0].message)
    bar = [("mistake", 100 * len(marks) / most, f"{len(marks)}")]
    return {"count": len(marks), "bar": bar, "exercise": name, "what": what, "hint": hint}


def told(name: str, mistake: str, message: str) -> tuple[str, str]:
    """(what the mistake is, the sentence that belongs to it). message: what one student was told of it."""
    asked = exercise(name)
    if isinstance(asked, Choice):
        chosen = asked.options.get(mistake.removeprefix("chose "))
        return (f"{mistake}: {chosen.text}" if chosen else mistake), message
    return mistake, next((known.hint for known in asked.mistakes if known.name == mistake), message)


def missing_modules(results: Iterable[Graded]) -> Iterator[str]:
    """A sentence for each module that was not there where notebooks were graded that need it, the most needed first."""
    counts = Counter(module for one in results for module in one.missing)
    for module, count in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
        need = f"{counted(count, 'notebook needs', 'notebooks need')} {module}, which was not there"
        yield f"{need}: install it where you grade, and give the same command again."


def _to_look_at(results, replaced, gone, others):
    """(student, file, sentence): files that could not be graded or are no notebooks or do not count, and flags."""
    notes = [(one, note) for one in results for note in [one.problem, *one.flags] if note]
    notes += [(one, why) for ones, why in ((replaced, REPLACED), (gone, GONE)) for one in ones]
    found = [(one.student, one.submission, note) for one, note in notes]
    found += [(one.student, one.file, one.sentence) for one in others]
    return sorted(found, key=lambda note: (note[0].casefold(), note[1]))
