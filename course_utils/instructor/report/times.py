"""When work was handed in, as a platform's export says it: Moodle's worksheet, or any list with a column of times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ...errors import InputError
from ..lessons import known
from ..results import Graded
from ..submissions.class_list import read_class_list
from ..submissions.roster import Roster
from ..variants import same_name

HEADINGS = (
    "last modified (submission)", "submission time", "submitted at", "submitted", "handed in", "time", "date",
    "zuletzt geändert (abgabe)", "abgegeben", "dernière modification (travail remis)", "提交时间",
)  # fmt: skip
FORMATS = (  # besides ISO's
    "%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%d %B %Y, %I:%M %p", "%b %d, %Y at %I:%M%p", "%m/%d/%Y %I:%M %p",
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%d/%m/%Y %H:%M",
)  # fmt: skip
NOT_HANDED_IN = ("", "-", "–")


def read_times(files: Iterable[tuple[str, Path]]) -> dict[tuple[str, str], float]:
    """{(name in the file, lesson): seconds since 1970}. files: (lesson, file) pairs."""
    found = {}
    for lesson, file in files:
        lesson = known(lesson)
        for student in read_class_list(Path(file)).students:
            told = {heading.casefold(): cell for heading, cell in student.row}
            heading = next((one for one in HEADINGS if one in told), None)
            if heading is None:
                raise InputError(f"{file} has no column of times; it may be called: {', '.join(HEADINGS[:6])}.")
            if told[heading] not in NOT_HANDED_IN:
                found[student.name, lesson] = moment(told[heading], file)
    return found


def moment(text: str, file: Path) -> float:
    """Seconds since 1970; in the time of this machine, if the text names no zone."""
    for read in (datetime.fromisoformat, *(lambda text, form=form: datetime.strptime(text, form) for form in FORMATS)):
        try:
            return read(text.strip()).timestamp()
        except (ValueError, OverflowError, OSError):
            continue
    raise InputError(f"{file}: {text!r} is no time that is understood; 2026-12-04 18:00 is.")


def with_times(results: list[Graded], times: Mapping[tuple[str, str], float]) -> list[Graded]:
    """The results, each with the time that the export gives for it.

    A name of the export that is written as one of the results is that one's, and nobody's else who is called nearly so.
    """
    written = {same_name(one.student) for one in results}
    exact = {(same_name(name), lesson): time for (name, lesson), time in times.items()}
    roster = Roster(dict.fromkeys(name for name, _ in times if same_name(name) not in written))

    def told(one):
        names = [one.student, roster.meant_alone(one.student) or ""]
        found = (exact.get((same_name(name), one.lesson)) for name in names)
        return next(filter(None, found), one.handed_in)

    return [replace(one, handed_in=told(one)) for one in results]
