"""The class on one page: which exercise, which mistake, how often, and what to say about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from html import escape
from statistics import median

from ...exercises import exercise
from ...exercises.engine import Choice
from ...exercises.engine.display import rich_text
from ..wording import counted, lesson_title, points
from . import charts, similar_code
from .gradebook import columns
from .pages import bullets, page, table

KINDS = {
    "right": "right",
    "mistake": "a known mistake",
    "other": "wrong otherwise, or in part",
    "todo": "not handed in",
    "waiting": "not read yet",
}
REPLACED = "a later file of this student counts instead."
GONE = "left out: the file is not there any more."
SAME_CODE = (
    f"Answers of {similar_code.SHORT} lines or more that are the same but for spaces and comments. A reason to ask, "
    "not a verdict: there are not many ways to write some of them."
)


def class_page(results, replaced=(), gone=()):
    """The HTML page. results: one for each student and lesson.  replaced: by a later one.  gone: without a file now."""
    students = {one.student for one in results}
    body = [f"<h1>{counted(len(students), 'student')}</h1>", _spread(results, students)]
    for lesson in sorted({one.lesson for one in results if one.exercises}):
        body += _lesson(lesson, [one for one in results if one.lesson == lesson])
    body += [*_missing(results), *_to_look_at(results, replaced, gone), *_identical(results)]
    return page("The class", "\n".join(body))


def _spread(results, students):
    totals = Counter(dict.fromkeys(students, 0))
    for one in results:
        totals[one.student] += sum(mark.score or 0 for mark in one.exercises)
    most, values = sum(columns(results).values()), sorted(totals.values())
    if not values:
        return "<p>There are no results here yet.</p>"
    unread = sum(mark.score is None for one in results for mark in one.exercises)
    later = f" {counted(unread, 'text')} not read yet, and not counted." if unread else ""
    middle = f"The student in the middle has {points(median(values))} of {points(most)} points"
    return f"<p>{middle}; from {points(values[0])} to {points(values[-1])}.{later}</p>"


def kind_of(mark):
    """Which of KINDS an answer is."""
    if mark.score is None:
        return "waiting"
    if mark.status != "fail":
        return "right" if mark.status == "pass" else "todo"
    return "mistake" if mark.mistake else "other"


def _lesson(lesson, results):
    """Heading, the bars of its exercises, and its mistakes."""
    rows, mistakes = defaultdict(Counter), defaultdict(list)
    for one in results:
        for mark in one.exercises:
            rows[mark.name][kind_of(mark)] += 1
            if kind_of(mark) == "mistake":
                mistakes[mark.name, mark.mistake].append(mark)
    used = {kind: name for kind, name in KINDS.items() if any(counts[kind] for counts in rows.values())}
    right = [f"{name} {counts['right']}" for name, counts in rows.items()]
    alt = f"Of {counted(len(results), 'student')}, right in each exercise: {', '.join(right)}."
    yield f"<h2>{escape(lesson_title(lesson))}</h2>"
    ends = {name: f"{row['right'] / len(results):.0%} right" for name, row in rows.items() if not row["waiting"]}
    yield charts.stacked(rows, used, len(results), ends, alt)
    ranked = sorted(mistakes.items(), key=lambda found: (-len(found[1]), found[0]))
    yield from _mistakes(ranked) if ranked else ["<p>Nobody made a mistake that the course knows.</p>"]


def _mistakes(ranked):
    """What to explain again: every mistake, the most frequent first, with the sentence that its students were told."""
    longest = len(ranked[0][1])
    rows = [
        (len(marks), charts.bar(len(marks), longest, "mistake"), escape(name),
         *map(rich_text, told(name, mistake, marks[0].message)))
        for (name, mistake), marks in ranked
    ]  # fmt: skip
    yield "<h3>What to explain again</h3>"
    yield table(["students#", "", "exercise", "mistake", "what the course says to it"], rows)


def told(name, mistake, message):
    """(what the mistake is, the sentence that belongs to it). message: what one student was told of it."""
    asked = exercise(name)
    if isinstance(asked, Choice):
        chosen = asked.options.get(mistake.removeprefix("chose "))
        return (f"{mistake}: {chosen.text}" if chosen else mistake), message
    return mistake, next((known.hint for known in asked.mistakes if known.name == mistake), message)


def missing_modules(results):
    """A sentence for each module that was not there where notebooks were graded that need it, the most needed first."""
    counts = Counter(module for one in results for module in one.missing)
    for module, count in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
        need = f"{counted(count, 'notebook needs', 'notebooks need')} {module}, which was not there"
        yield f"{need}: install it where you grade, and give the same command again."


def _missing(results):
    sentences = list(missing_modules(results))
    if sentences:
        yield "<h2>Missing where it was graded</h2>"
        yield bullets(sentences)


def _to_look_at(results, replaced, gone):
    """Files that could not be graded, files that do not count, and flags."""
    notes = [(one, note) for one in results for note in [one.problem, *one.flags] if note]
    notes += [(one, why) for ones, why in ((replaced, REPLACED), (gone, GONE)) for one in ones]
    notes.sort(key=lambda noted: (noted[0].student.casefold(), noted[0].submission))
    if notes:
        rows = [(escape(one.student), escape(one.submission), rich_text(note)) for one, note in notes]
        yield "<h2>To look at</h2>"
        yield table(["student", "file", "what was seen"], rows)


def _identical(results):
    """Groups of students with the same code."""
    found = similar_code.groups(results)
    if found:
        yield "<h2>The same code</h2>"
        yield f"<p>{SAME_CODE}</p>"
        rows = [
            (lines, escape(name), "the course's own solution" if own else "", escape(", ".join(students)))
            for name, lines, own, students in found
        ]
        yield table(["lines#", "exercise", "note", "students"], rows)
