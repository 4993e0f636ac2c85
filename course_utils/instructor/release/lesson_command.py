"""Begin a lesson of your own, from exercises of your own; see docs/teaching.md.

    lesson 21_dropout --exercises ours
        tries the exercises in the folder ours/, each a module as those of the course are, and says what does not hold;
        then writes 21_dropout.ipynb beside the folder, with a cell to answer in and a check for each exercise

    lesson 21_dropout --exercises ours --asks softmax dropout
        the same with these exercises, in this order; they may be the course's too

Write the text of the lesson around these cells. What stands in the cells is written anew from the exercises when the
lesson is handed out. A plan that says exercises = "ours" and has [lessons."21_dropout"] hands it out with the folder.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...errors import InputError
from ...exercises import exercise
from .. import lessons
from ..wording import counted
from .own_exercises import new_lesson, prove


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", metavar="LESSON", help="its name, two digits first, for example 21_dropout")
    parser.add_argument("--exercises", type=Path, required=True, metavar="DIR", help="your own exercises")
    parser.add_argument("--asks", nargs="+", metavar="EXERCISE", help="what it asks, in order (default: all in DIR)")


def run(options: argparse.Namespace) -> int:
    """Exit status 0, or 2 if it cannot be done."""
    try:
        path, names = _write(options.exercises, options.lesson, options.asks)
    except (InputError, OSError) as problem:
        print(f"lesson: {problem}", file=sys.stderr)
        return 2
    print(f"{path}: {counted(len(names), 'exercise')} ({', '.join(names)})")
    return 0


def _write(folder, lesson, asked):
    path = folder.parent / f"{lesson}.ipynb"
    if path.exists():
        raise InputError(f"{path} is there already.")
    lessons.use(folder, [path])
    own = [file.stem for file in lessons.own_files() if file.suffix == ".py" and not file.stem.startswith("_")]
    prove(own)
    names = asked or own
    try:
        list(map(exercise, names))
    except KeyError as unknown:
        raise InputError(str(unknown.args[0])) from None
    lessons.write(new_lesson(lesson, names), path)
    return path, names
