"""What can be said of a wrong answer that is no known mistake: whole families of them, by what they have in common."""

from __future__ import annotations

import numpy as np

from .about_errors import about_error, is_about_axes
from .comparing import same
from .known import known_mistakes, may_be_float64
from .other_arguments import other_arguments
from .patterns import listed, pattern, rough_pattern
from .raised import Raised
from .reading import answer_to
from .running import TimeUp
from .where_right import where_right

CHANGES = (
    "another result each time",
    "Your function gives another result each time: is there dropout, a new nn.Linear, a random choice, or something left "
    "from the call before in it? Use only the arguments.",
)
NO_DIM = (
    "softmax without dim",
    "softmax without dim chooses an axis by itself, and not always the last one: write dim=-1.",
)
FROM_THE_END = "Count axes from the end: -1 is the last, -2 the one before; in einsum `...` stands for all in front."
TOO_SLOW = (
    "does not come back",
    "Is there a loop that never ends?",
)
SAME_AGAIN = (
    "works out the same again and again",
    "Does it call itself again and again for what it has worked out already? Keep that, in a table or with functools.cache.",
)
NO_NUMBERS = {
    "nothing": "gives nothing back", "number of results": "number of results", "unreadable": "not only numbers",
    "design": "a design that cannot be tried",
}  # fmt: skip


@np.errstate(all="ignore")  # an answer may hold infinities
def advice(exercise, tried, tries, again):
    """(name, one sentence) of the family that a wrong answer belongs to; of either there may be none. again: see judge."""
    late = [done for done in tries if isinstance(done.error, TimeUp)]
    if late:
        return SAME_AGAIN if late[0].recursive else TOO_SLOW
    if again and _changes(exercise, tried, again()):
        return CHANGES
    if any("dimension choice" in text for done in tries for text in done.warned):
        return NO_DIM
    first, line = next((one, done.line) for one, done in zip(tried, tries) if one.is_wrong)
    cause = first.got.cause
    if isinstance(cause, Raised):
        return _about_axes(tried, is_about_axes(cause, line)) or about_error(cause, line) or (None, "")
    seen = _more_than_asked(exercise, tried, tries)
    if seen or cause:
        return seen or (NO_NUMBERS[cause[0]], "")
    has_shape = all(got.shape == right.shape for got, right in zip(first.got.arrays, first.right.arrays))  # else that tells more
    looks = (
        lambda: _about_parts(exercise, tried, tries, 1),
        lambda: _about_axes(tried),
        lambda: pattern(exercise, tried),
        lambda: has_shape and _about_parts(exercise, tried, tries, 2),
        lambda: has_shape and _about_arguments(exercise, tried, tries),
        lambda: _unused(exercise, tries[0].unused),
        lambda: where_right(exercise, tried),
        lambda: _by_rule(exercise, first),
        lambda: rough_pattern(exercise, tried),
    )
    return next(filter(None, (look() for look in looks)), (None, ""))


def _changes(exercise, tried, repeated):
    """True if the same arguments give another result the second time."""
    for one, done in zip(tried, repeated):
        if done.error is None and not one.got.problem:
            answer = answer_to(exercise, one.case, done.value, one.right)
            if not same(answer, one.got):
                return True
    return False


def _about_axes(tried, lacks_an_axis=False):
    """Is it right for some numbers of axes and wrong for the others, or does it stop at an axis that is not there?"""
    wrong, right = (sorted({one.right.arrays[0].ndim for one in tried if one.is_wrong is bad}) for bad in (True, False))
    enough = sum(not one.is_wrong for one in tried) > len(right)  # one case of a kind may be right by accident
    if enough and right and not set(right) & set(wrong):
        fact = f"Right for results with {listed(right)} axes, wrong for {listed(wrong)}: there may be any number in front."
    elif lacks_an_axis and len({*wrong, *right}) > 1:
        fact = "There may be any number of axes in front."
    elif lacks_an_axis:
        return "an axis that is not there", f"An axis is meant that is not there. {FROM_THE_END}"
    else:
        return None
    return "a fixed number of axes", f"{fact} {FROM_THE_END}"


def _unused(exercise, places):
    """Arguments that are never read."""
    names = [exercise.parameters[place] for place in places if place < len(exercise.parameters)]
    if not names:
        return None
    they = "is" if len(names) == 1 else "are"
    return (
        "an argument unused",
        f"{listed(names)} {they} not used in your function. The text under `def` says what it is for.",
    )


def _about_parts(exercise, tried, tries, at_once):
    """Are so many parts of it others, in every case?"""
    return _like(exercise, tried, tries, exercise.assembly.mistakes(at_once)) if exercise.assembly else None


def _about_arguments(exercise, tried, tries):
    """Is it right for other arguments, in every case?"""
    return _like(exercise, tried, tries, other_arguments(exercise))


def _like(exercise, tried, tries, mistakes):
    """(name, hints) of the first of some mistakes that give the same in every case that can tell."""
    in_float64 = any(may_be_float64(done.value) for done in tries)
    found = known_mistakes(exercise, tried, in_float64, tries[0].arrays, mistakes, needed=1)
    return (found[0].name, " Or: ".join(list(dict.fromkeys(mistake.hint for mistake in found))[:2])) if found else None


def _by_rule(exercise, one):
    """The rule of the exercise that the numbers break."""
    got, right = one.got.arrays, one.right.arrays
    if all(a.shape == b.shape and (exercise.behaviour or not np.isnan(a).any()) for a, b in zip(got, right)):
        for holds, sentence in exercise.rules:
            if not holds(*got):
                return "breaks a rule", sentence
    return None


def _more_than_asked(exercise, tried, tries):
    """Is the right result there, with others beside it?"""
    name, *others = exercise.returns
    pairs = [(one, done.value) for one, done in zip(tried, tries) if one.is_wrong]
    if others or not all(isinstance(value, (tuple, list)) and 1 < len(value) < 5 for _, value in pairs):
        return None
    for place in range(min(len(value) for _, value in pairs)):
        if all(same(answer_to(exercise, one.case, value[place], one.right), one.right) for one, value in pairs):
            return (
                "more than was asked for",
                f"You give back {len(pairs[0][1])} things. One of them is right: give back {name} alone.",
            )
    return None
