"""Whose a notebook is: what its path says, the list of the class if there is one, and the student named inside it.

A student is who the list says. Without a list it is who the path says; where a platform has written the path and hides
or shortens the name, it is the student to whom the notebook was handed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .file_names import Form, Part
from .roster import Roster, letters, turned, words

BY_LIST, BY_PATH, BY_NOTEBOOK, BY_PERSON = "list", "path", "notebook", "person"


@dataclass(frozen=True)
class Identity:
    """student: the name.  known_by: one of the four above.  origin: what the path alone calls them.

    copies: numbers in the marks of a copy; of two files that are equally old the higher is the later one.
    notes: sentences for the instructor.
    """

    student: str
    known_by: str
    origin: str
    copies: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NamePath:
    """The names in the path of a file, from outside to inside, its own last."""

    parts: tuple[Part, ...]

    @cached_property
    def telling(self) -> list[Part]:
        """Those that may name the student. What a platform has written ends them, for students name the rest."""
        found = []
        for part in self.parts:
            if part.usual.person or part.platform:
                found.append(part)
            if part.platform:
                break
        return found

    @cached_property
    def forms(self) -> list[tuple[Part, Form]]:
        """Each way to read a name in it, the likeliest first."""
        return [(part, form) for part in self.telling for form in part.forms if form.person]

    def origin(self, whole=False) -> str:
        """What to call a student of whom there is no more. A platform's number keeps two of one name apart.

        whole: with what may be the marks of a copy.
        """
        if not self.telling:
            return ""
        part = self.telling[0]
        person = (part.forms[0] if whole else part.usual).person
        if not part.platform:
            return person
        return f"{person} ({part.key})" if person and person != part.key else person or part.text.strip(" _")

    def copies(self, part=None, form=None) -> tuple[int, ...]:
        """The marks of a copy in the file's name, if this is the form in which the name is read."""
        return form.copies if part is self.parts[-1] else self.parts[-1].usual.copies


def identify(path: NamePath, roster: Roster | None = None, owner: str = "") -> Identity:
    """owner: the student named inside the notebook, "" if there is none."""
    return _on_list(path, roster, owner) if roster else _without_list(path, owner)


def _on_list(path, roster, owner):
    for part, form in path.forms:
        if name := roster.exact(form.person):
            return Identity(name, BY_LIST, name, path.copies(part, form))
    listed = roster.exact(owner)
    for part, form in path.forms:
        meant = roster.meant(form.person, part.platform == "Canvas")
        alone = meant if len(meant) == 1 else roster.numbered(meant, part.key)
        if name := listed if listed in meant else min(alone) if len(alone) == 1 else None:
            return Identity(name, BY_LIST, name, path.copies(part, form))
    if listed:
        return Identity(listed, BY_NOTEBOOK, path.origin(whole=True), path.copies(), _another_name(path, listed))
    name = path.origin(whole=True) or owner
    return Identity(name, BY_PATH, name, path.copies(), (_not_on_list(path, roster, name),))


def _not_on_list(path, roster, name):
    meant = {one for _, form in path.forms for one in roster.meant(form.person)}
    return f"{name} is not on the list of students." + (f" Is it {' or '.join(sorted(meant))}?" if meant else "")


def _without_list(path, owner):
    wanted, run_together = words(owner), turned(owner)
    for part, form in path.forms if wanted else ():
        if words(form.person) == wanted or part.platform == "Canvas" and letters(form.person) in run_together:
            return Identity(owner, BY_PATH, owner, path.copies(part, form))
    if owner and (not path.telling or path.telling[0].platform):
        return Identity(owner, BY_NOTEBOOK, path.origin(), path.copies(), _another_name(path, owner))
    return Identity(path.origin(), BY_PATH, path.origin(), path.copies())


def _another_name(path, owner):
    """A sentence if the path gives another name than the notebook. Blackboard's is a login, which is no name."""
    said = path.telling[0] if path.telling else None
    if not said or not said.usual.person or said.platform == "Blackboard" or words(said.usual.person) == words(owner):
        return ()
    return (f"Counted as {owner}'s, who is named inside the notebook; the file's name says {said.usual.person}.",)
