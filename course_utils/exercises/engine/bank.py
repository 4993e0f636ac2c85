"""The exercises that there are: one module each, of the course and perhaps of a folder of the instructor's own."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import sys
from functools import cache
from pathlib import Path

from ...errors import InputError
from .handed_in import text_of

BANK = "course_utils.exercises"


@cache
def names() -> tuple[str, ...]:
    """The names of all exercises, in the order of the alphabet: one module of the bank each.

    A module whose name begins with a low line is a helper of others.
    """
    found = pkgutil.iter_modules(_package().__path__)
    return tuple(sorted(module.name for module in found if not module.ispkg and not module.name.startswith("_")))


def exercise(name):
    """The Exercise, Prediction, Choice or Essay of that name; KeyError with near names if there is none."""
    if not isinstance(name, str) or name not in names():
        near = difflib.get_close_matches(text_of(name), names(), n=3) or names()
        raise KeyError(f"there is no exercise {text_of(name)!r}; do you mean {', '.join(near)}?")
    return importlib.import_module(f"{BANK}.{name}").EXERCISE


def exercises_from(folder: str | Path) -> tuple[str, ...]:
    """From now on the exercises of this folder are known beside the course's own. Returns their names.

    folder: holds modules in the form of the course's, NAME.py with an EXERCISE of that name. They are read anew each
    time, and those of another folder are known no longer. InputError says what is wrong with one.
    """
    folder = Path(folder).resolve()
    only_the_courses_own()
    found = sorted(module.name for module in pkgutil.iter_modules([str(folder)]))
    taken = {module.name for module in pkgutil.iter_modules(_package().__path__)}.intersection(found)
    if not found:
        raise InputError(f"There are no exercises in {folder}: put modules such as my_exercise.py into it.")
    if taken:
        raise InputError(f"{folder / min(taken)}.py has the name of a part of the course: call it otherwise.")
    _package().__path__.append(str(folder))
    importlib.invalidate_caches()
    names.cache_clear()
    own = tuple(name for name in found if name in names())
    for name in own:
        _prove(name, folder)
    return own


def only_the_courses_own() -> None:
    """Forget the exercises of whatever folder was named before."""
    package, places = _package(), _package().__path__
    for name in [module.name for module in pkgutil.iter_modules(places[1:])]:
        sys.modules.pop(f"{BANK}.{name}", None)
        vars(package).pop(name, None)
    del places[1:]
    names.cache_clear()


def own_folder() -> Path | None:
    """The folder that was named last, None if there are only the course's own exercises."""
    return next(map(Path, _package().__path__[1:]), None)


def _package():
    return importlib.import_module(BANK)


def _prove(name, folder):
    """InputError unless the module can be read and holds the exercise that it is called like."""
    try:
        called = exercise(name).name
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    else:
        if called == name:
            return
        why = f"its exercise is called {called!r}, and the module must be called like it"
    only_the_courses_own()
    raise InputError(f"The exercise {folder / name}.py cannot be used: {why}.") from None
