"""The command line: one module per command, which says what it takes (`add_arguments`) and does it (`run`)."""

from __future__ import annotations

import argparse
import sys

import course_utils.instructor as package

from .grade import command as grade
from .release import command as assign
from .release import lesson_command as lesson
from .report import command as report

COMMANDS = {"assign": assign, "grade": grade, "report": report, "lesson": lesson}


def parser() -> argparse.ArgumentParser:
    """The whole command line. The first line of a command's docstring is its summary, the whole of it its --help."""
    top = argparse.ArgumentParser(prog="python -m course_utils.instructor", description=package.__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.__doc__.splitlines()[0],
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 something to look at, 2 wrong use."""
    options = parser().parse_args(arguments)
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
