"""Which results count: one for each student and lesson, by one spelling of each name, and none of a file that has gone.

Everything is decided here and not while grading, so that a class graded in batches comes out as one graded in one go.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .submissions.identity import BY_NOTEBOOK
from .submissions.roster import Roster
from .variants import same_name

if TYPE_CHECKING:
    from .results import Graded

REPEAT = "More than one notebook of this student"


@dataclass
class Standing:
    """counting: one for each student and lesson.  replaced: by a later one.  gone: without a file now."""

    counting: list[Graded]
    replaced: list[Graded] = field(default_factory=list)
    gone: list[Graded] = field(default_factory=list)


def standing(graded: list[Graded], roster: Roster | None = None) -> Standing:
    """roster: the class, for the spelling of names; else they are spelled as most results have it."""
    there, gone = _without_gone(graded)
    found = Standing([], gone=gone)
    for group in _groups(_spelled(_kept_apart(there), roster)).values():
        *earlier, latest = sorted(group, key=_age)
        found.counting.append(latest)
        found.replaced += earlier
    found.counting.sort(key=lambda one: (one.student, one.lesson))
    return found


def with_repeats(found: Standing) -> list[Graded]:
    """The results that count, with a flag on each that has replaced another."""
    counts = Counter(map(_key, (*found.counting, *found.replaced)))
    return [
        replace(one, flags=[*one.flags, f"{REPEAT} ({counts[_key(one)]} for this lesson); this one counts."])
        if counts[_key(one)] > 1
        else one
        for one in found.counting
    ]


def _age(one):
    """Of two files that are equally old, as after unpacking, the one with the higher mark of a copy is the later."""
    return one.modified, one.copies, one.submission


def _groups(graded):
    groups = defaultdict(list)
    for one in graded:
        groups[_key(one)].append(one)
    return groups


def _key(one):
    return same_name(one.student), one.lesson


def _without_gone(graded):
    """(those whose files are there, those whose files are not). A file that nobody can look for is there.

    A result has lost its file if one of the same content lies elsewhere now, as after renaming a folder, or if others
    of its folder and lesson are there. A folder that was emptied for the next lesson takes no result away.
    """
    lost = {id(one) for one in graded if one.place and not os.path.lexists(one.place)}
    there = [one for one in graded if id(one) not in lost]
    contents = {(one.content, one.lesson) for one in there}
    folders = {(one.root, one.lesson) for one in there if Path(one.root).is_dir()}
    gone = [
        one for one in graded
        if id(one) in lost and ((one.content, one.lesson) in contents or (one.root, one.lesson) in folders)
    ]  # fmt: skip
    left_out = set(map(id, gone))
    return [one for one in graded if id(one) not in left_out], gone


def _kept_apart(graded):
    """A notebook that only says itself whose it is stays by itself where there is another of that student."""
    origins = {key: {_origin(one) for one in group} for key, group in _groups(graded).items()}
    return [_by_origin(one) if _is_doubtful(one, origins[_key(one)]) else one for one in graded]


def _origin(one):
    return same_name(one.origin if one.known_by == BY_NOTEBOOK else one.student)


def _is_doubtful(one, origins):
    return one.known_by == BY_NOTEBOOK and len(origins) > 1 and one.origin


def _by_origin(one):
    flag = f"The notebook says that it is {one.student}'s, and so does another; counted by the name of its file."
    return replace(one, student=one.origin, flags=[*one.flags, flag])


def _spelled(graded, roster):
    """The same with one spelling for each student."""
    spellings = defaultdict(list)
    for one in graded:
        spellings[same_name(one.student)].append(one.student)
    usual = {key: max(sorted(names), key=names.count) for key, names in spellings.items()}
    listed = _listed(usual, roster) if roster else {}
    return [replace(one, student=listed.get(key, usual[key])) for one in graded for key in [same_name(one.student)]]


def _listed(usual, roster):
    """{key: name in the list}. Two who may both be one of the list stay two, unless they are written as he is."""
    found = {key: roster.exact(name) or roster.meant_alone(name) for key, name in usual.items()}
    counts = Counter(found.values())
    return {key: name for key, name in found.items() if name and (counts[name] == 1 or roster.exact(usual[key]))}
