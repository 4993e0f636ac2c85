"""The command line: one module per command, which says what it takes (`add_arguments`) and does it (`run`).

Only the module that is asked for is imported, since each brings libraries that the others do without.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable

import course_utils.instructor as package

COMMANDS = {
    "assign": "release.command",
    "grade": "grade.command",
    "report": "report.command",
    "lesson": "release.lesson_command",
}


def parser(names: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """The command line with these commands. The first line of one's docstring is its summary, the whole its --help."""
    top = argparse.ArgumentParser(prog="python -m course_utils.instructor", description=package.__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name in names:
        module = importlib.import_module(f"{package.__name__}.{COMMANDS[name]}")
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
    arguments = sys.argv[1:] if arguments is None else arguments
    asked = [name for name in arguments[:1] if name in COMMANDS]
    options = parser(asked or COMMANDS).parse_args(arguments)
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
