"""Which folders hold several students' work: those of sections and tutors, which are no student's own.

With a list of the class the names in a folder tell. Without one the shape of the whole does: folders count as sections
only if all that lie side by side look like sections.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..variants import same_name
from .file_names import Part
from .roster import Roster, words

FEWEST_IN_THE_ONLY_ONE = 3  # folders; a single folder with two in it may be a student's, with drafts


def sections(
    paths: Sequence[Sequence[Part]],
    roster: Roster | None = None,
    named: frozenset[str] = frozenset(),
    outside: tuple[str, ...] = (),
) -> set[tuple[str, ...]]:
    """The sections, each as the names of the folders that lead to it.

    paths: for each notebook the parts of its path, outermost first, without folders that are named like a lesson.
    named: folders that a person says to be sections, as `same_name` writes them.
    """
    groups = defaultdict(list)
    for first, *rest in paths:
        if rest:
            groups[first].append(rest)
    if roster:
        chosen = [folder for folder, inside in groups.items() if _holds_several(folder, inside, roster)]
    else:
        beside = any(len(path) == 1 and path[0].usual.person for path in paths)
        chosen = [] if beside or not _all_look_like_sections(groups) else list(groups)
    chosen += [folder for folder, inside in groups.items() if folder not in chosen and _is_sure(folder, inside, named)]
    found = {(*outside, folder.text) for folder in chosen}
    return found.union(*(sections(groups[folder], roster, named, (*outside, folder.text)) for folder in chosen))


def _is_sure(folder, inside, named):
    """Has a person said so, or is it a download, with nothing in it but what a platform has named by students?"""
    return same_name(folder.text) in named or not folder.platform and all(path[0].platform for path in inside)


def _holds_several(folder: Part, inside, roster):
    """Are there two students of the list in it, besides one of whom it may be the own folder?"""
    others = {name for path in inside for name in _listed(path[0], roster)} - _listed(folder, roster)
    return len(others) > 1 and not folder.platform


def _listed(part, roster):
    """Who of the list it names."""
    for form in part.forms:
        meant = roster.meant(form.person, part.platform == "Canvas")
        if len(meant) == 1:
            return meant
    return frozenset()


def _all_look_like_sections(groups):
    """Do they hold folders, or files, that are called differently in each, as students are and drafts are not?"""
    names = {folder: {words(path[0].usual.person) for path in inside} for folder, inside in groups.items()}
    if not all(_may_be_section(folder, inside, names[folder]) for folder, inside in groups.items()):
        return False
    counts = Counter(name for each in names.values() for name in each)
    if len(groups) == 1:
        return len(counts) >= FEWEST_IN_THE_ONLY_ONE and not any(len(path) == 1 for path in next(iter(groups.values())))
    return len(counts) > len(groups) and 2 * sum(count > 1 for count in counts.values()) < len(counts)


def _may_be_section(folder, inside, names):
    """Not if a platform made it, a file in it bears its own name or that of a lesson alone, or there is only a file."""
    files = [path[0] for path in inside if len(path) == 1]
    if folder.platform or not all(names) or files and len(files) < len(inside):
        return False
    own = set(words(folder.usual.person))
    return not files or len(names) > 1 and not any(own & set(name) for name in names)
