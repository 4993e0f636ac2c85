"""What can be said of a wrong answer that is no known mistake: whole families of them, by what they have in common."""

from __future__ import annotations

import re

import numpy as np

from .comparing import same
from .patterns import pattern
from .raised import Raised
from .reading import answer_to
from .running import TimeUp

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
BY_KIND = {
    "layout": (
        "order in memory",
        "This needs numbers that lie in memory in order, and those of a transposed view do not. Call `.contiguous()` "
        "first, or use `.reshape` in place of `.view`.",
    ),
    "truth": (
        "one True or False of many numbers",
        "Python's own `if`, `and`, `max` and `min` ask for one True or False, and get a whole tensor. Use what works "
        "number by number, such as torch.where or torch.maximum.",
    ),
    "number type": (
        "types of numbers",
        "This does not work with that type of numbers, or with two types at once: make them one, for example with "
        "`.float()`.",
    ),
    "call": (
        "a call with other arguments",
        "A function is called with more arguments, or fewer, than it takes. The text under `def` says what belongs between its brackets.",
    ),
    "IndexError": (
        "an index past the end",
        "An index goes past the end of an axis or a list. Each loop counts to the size of the axis that it walks along, and "
        "counting begins at 0: the last of n is n - 1.",
    ),
}
OTHER_ARGUMENTS = r"positional argument|unexpected keyword argument|missing \d+ required"
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


def advice(exercise, tried, tries, again):
    """(name, one sentence) of the family that a wrong answer belongs to; of either there may be none. again: see judge."""
    late = [done for done in tries if isinstance(done.error, TimeUp)]
    if late:
        return SAME_AGAIN if late[0].recursive else TOO_SLOW
    if again and _changes(exercise, tried, again()):
        return CHANGES
    if any("dimension choice" in text for done in tries for text in done.warned):
        return NO_DIM
    first = next(one for one in tried if one.is_wrong)
    kind = _kind(first.got.cause)
    return BY_KIND.get(kind) or _about_axes(tried, kind) or _by_rule(exercise, first) or _by_result(exercise, tried, first)


def _changes(exercise, tried, repeated):
    """True if the same arguments give another result the second time."""
    for one, done in zip(tried, repeated):
        if done.error is None and not one.got.problem:
            answer = answer_to(exercise, one.case, done.value, one.right)
            if not same(answer, one.got):
                return True
    return False


def _kind(cause):
    """What an error is about; "" if there was none."""
    if not isinstance(cause, Raised):
        return ""
    return "call" if cause.name == "TypeError" and re.search(OTHER_ARGUMENTS, cause.text) else cause.kind


def _about_axes(tried, kind):
    """Is it right for some numbers of axes and wrong for the others, or does it stop at an axis that is not there?"""
    wrong, right = (sorted({one.right.arrays[0].ndim for one in tried if one.is_wrong is bad}) for bad in (True, False))
    if len({*wrong, *right}) == 1:
        return None
    if right and not set(right) & set(wrong):
        fact = f"Right for results with {_listed(right)} axes, wrong for {_listed(wrong)}: there may be any number in front."
    elif kind == "number of axes":
        fact = "There may be any number of axes in front."
    else:
        return None
    return "a fixed number of axes", f"{fact} {FROM_THE_END}"


def _listed(numbers):
    return " and ".join(map(str, numbers))


def _by_rule(exercise, one):
    """The rule of the exercise that the numbers break."""
    got, right = one.got.arrays, one.right.arrays
    if not one.got.problem and all(a.shape == b.shape and not np.isnan(a).any() for a, b in zip(got, right)):
        for holds, sentence in exercise.rules:
            if not holds(*got):
                return "breaks a rule", sentence
    return None


def _by_result(exercise, tried, one):
    """What is wrong with what came back: it is no numbers, or they have something in common with the right ones."""
    cause = one.got.cause
    if one.got.problem:
        return (None if isinstance(cause, Raised) else NO_NUMBERS[cause[0]]), ""
    return pattern(exercise, tried) or (None, "")
