"""Slips with an argument: another one is used in its place, it is transposed, it is not used at all."""

import inspect
from itertools import chain, combinations, product

from ..engine import Mistake
from .wording import listed


def confused(reference, names, at_most=None, without=()):
    """A Mistake for each way to use some of the arguments `names` where others of them belong.

    names: as in "W_Q W_K W_V".  at_most: how many of them are wrong at once; all, unless given.  without: the names
    of those that are told better by another Mistake.
    """
    group = names.split()
    for used in product(group, repeat=len(group)):
        wrong = [(have, want) for have, want in zip(used, group) if have != want]
        if 0 < len(wrong) <= (at_most or len(group)):
            name = ", ".join(f"{have} for {want}" for have, want in wrong)
            if name not in without:
                yield Mistake(name, _with_arguments(reference, dict(zip(group, used))), _confusion(wrong))


def _confusion(wrong):
    if len(wrong) == 2 and wrong[0] == wrong[1][::-1]:
        return f"{listed(sorted(wrong[0], key=[want for _, want in wrong].index))} have changed places."
    places = {}
    for have, want in wrong:
        places.setdefault(have, []).append(want)
    return " ".join(f"{have} is used where {listed(wants)} belong{'s' if len(wants) == 1 else ''}." for have, wants in places.items())


def flipped(reference, names, hint):
    """A Mistake for each choice of the arguments `names` that may be transposed. hint: what to do, with {names}."""
    group = names.split()
    for some in _subsets(group):
        text = f"{listed(some)} {'is' if len(some) == 1 else 'are'} transposed. {hint}"
        yield Mistake(f"{', '.join(some)} transposed", changed(reference, {name: lambda x: x.T for name in some}), text)


def unused(reference, neutral):
    """A Mistake for each choice of arguments that are not used. neutral: name -> what stands in its place."""
    for some in _subsets(list(neutral)):
        text = f"{listed(some)} {'is' if len(some) == 1 else 'are'} not used."
        yield Mistake(f"{', '.join(some)} not used", changed(reference, {name: neutral[name] for name in some}), text)


def changed(reference, changes):
    """`reference` of arguments some of which are changed before. changes: name -> change."""
    names = list(inspect.signature(reference).parameters)
    return lambda *args: reference(*(changes.get(name, lambda x: x)(arg) for name, arg in zip(names, args)))


def _with_arguments(reference, source):
    names = list(inspect.signature(reference).parameters)

    def wrong(*args):
        given = dict(zip(names, args))
        return reference(*(given[source.get(name, name)] for name in names))

    return wrong


def _subsets(group):
    return chain.from_iterable(combinations(group, size) for size in range(1, len(group) + 1))
