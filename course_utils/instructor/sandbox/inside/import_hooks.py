"""What a notebook gets when it imports course_utils inside the sandbox: the same names, without the answers.

`check` hands its argument back, widgets and figures do nothing, the data are the real ones. A function that an earlier
lesson has taught can be called: the grader computes it outside. The answers of the lesson itself cannot.
"""

from __future__ import annotations

import builtins
import functools
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Mapping

REAL = {"data", "errors"}  # parts of the package without an answer in them; the sandbox has their files


class Anything:
    """Stands for a part of the course that plays no role in grading: may be called, looked into and iterated."""

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self

    def __iter__(self):
        return iter(())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __mro_entries__(self, bases):
        return ()


class Withheld(Anything):
    """The course's own answer to an exercise that is being graded."""

    def __init__(self, name, notice):
        self._name, self._notice = name, notice

    def __call__(self, *args, **kwargs):
        self._notice(self._name)
        raise ImportError(f"the course's own {self._name} is not there while {self._name} is graded: write it yourself")


class Part(types.ModuleType):
    """A module of the course: every name that is asked for is there."""

    def __init__(self, name, lookup):
        super().__init__(name)
        self.__path__, self._lookup = [], lookup

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._lookup(name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers `import course_utils.…` with a Part, but for the REAL parts."""

    def __init__(self, lookup, home):
        self.lookup, self.home = lookup, home

    def find_spec(self, fullname, path=None, target=None):
        first, *rest = fullname.split(".")
        if first != "course_utils" or rest and rest[0] in REAL:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return Part(spec.name, self.lookup)

    def exec_module(self, module):
        if module.__name__ == "course_utils":
            module.__path__ = self.home


@functools.cache
def modules_of_the_course() -> tuple[str, ...]:
    """Those imported so far. Looked for once, before there is a child: each name that a child looks at is copied."""
    return tuple(name for name in sys.modules if name.split(".")[0] == "course_utils")


def install(answers: set[str], given: Mapping[str, Callable], notice: Callable[[str], None]) -> None:
    """From now on `import course_utils` finds the stand-ins.

    answers: names of the lesson's exercises.  given: name -> function, what may be called.  notice(name): called when
    one of the answers is used.
    """

    def lookup(name):
        if name in answers:
            return Withheld(name, notice)
        return given.get(name) or special.get(name) or ANYTHING

    special = {"check": check, "exercise": lookup}
    finder = Finder(lookup, list(sys.modules["course_utils"].__path__))
    for name in modules_of_the_course():
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, finder)
    builtins.display, builtins.get_ipython = ANYTHING, ANYTHING


handed_to_check: dict[str, object] = {}  # the last answer to each exercise, when all cells run


def check(answer: object = None, name: object = None, seed: object = 0) -> object:
    """The lesson's check: it notes what it is handed, and grading happens elsewhere."""
    handed_to_check[str(name or getattr(answer, "__name__", ""))] = answer
    return answer


ANYTHING = Anything()
