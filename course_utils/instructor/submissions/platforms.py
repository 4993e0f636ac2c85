"""What learning platforms make of the names of files when a teacher downloads them all.

Moodle:      Jane Doe_12345_assignsubmission_file_/x.ipynb, or all of it in one file's name; blind: Participant_12345_…
Canvas:      doejane_LATE_1234_567890_x-1.ipynb: the sortable name in small letters, the person's and the file's number
Blackboard:  Homework 1_jdoe_attempt_2026-11-28-10-33-22_x.ipynb
Gradescope:  submission_23450/x.ipynb
ILIAS:       Doe_Jane_12345/x.ipynb, or Doe_Jane_jdoe_12345: not to be told from a name that somebody chose
"""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST_NUMBER = 3  # digits of Canvas' numbers; shorter ones may be a lesson's


@dataclass(frozen=True)
class Named:
    """person: their name as the platform gives it, "" if it hides it.  key: its own number of them.  rest: the file."""

    platform: str
    person: str
    key: str
    rest: str = ""


def by_platform(text: str) -> Named | None:
    """What a name says that a platform has written, None if it is none of a platform's."""
    return _moodle(text) or _blackboard(text) or _gradescope(text) or _canvas(text)


def _moodle(text):
    head, found, rest = text.partition("_assignsubmission_")
    person, _, key = head.rpartition("_")
    if not found or not key.isdecimal() or not person:
        return None
    return Named("Moodle", "" if person.casefold() == "participant" else person, key, rest.partition("_")[2])


def _blackboard(text):
    head, found, rest = text.partition("_attempt_")
    person = head.rpartition("_")[2]
    return Named("Blackboard", person, person, rest.partition("_")[2]) if found and person != head and person else None


def _gradescope(text):
    head, _, key = text.partition("_")
    return Named("Gradescope", "", key) if head.casefold() == "submission" and key.isdecimal() else None


def _canvas(text):
    person, *parts = text.split("_")
    parts = parts[1:] if parts[:1] == ["LATE"] else parts
    numbers = len(parts) > 2 and all(part.isdecimal() and len(part) >= SHORTEST_NUMBER for part in parts[:2])
    if not numbers or not person.isalnum() or person != person.lower():
        return None
    return Named("Canvas", person, parts[0], "_".join(parts[2:]))


def persons_in_ilias(text: str) -> tuple[str, ...]:
    """Whose folder it would be if ILIAS had named it: the name, and the login; nothing if it cannot be one."""
    *names, number = text.split("_")
    if len(names) < 2 or not number.isdecimal() or not all(names):
        return ()
    return (f"{names[0]}, {names[1]}", *names[2:])
