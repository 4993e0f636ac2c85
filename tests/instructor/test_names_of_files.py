"""Promise: in instructor/ two files of one name mean the same, and what crosses a command line says its types."""

import ast
from collections import defaultdict
from pathlib import Path

import course_utils.instructor as package

FOLDER = Path(package.__file__).parent
SAME_MEANING = {"__init__", "__main__", "command"}  # a package, the way in, what a command takes and does


def test_no_two_files_of_one_name():
    found = defaultdict(list)
    for path in FOLDER.rglob("*.py"):
        found[path.stem].append(path)
    assert {name for name, paths in found.items() if len(paths) > 1} <= SAME_MEANING


def test_what_a_command_calls_says_its_types():
    """All public functions of the modules that read lists, plans and submissions, and keep results."""
    told = 0
    for path in [*FOLDER.glob("*.py"), *FOLDER.rglob("*command.py"), *(FOLDER / "submissions").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.col_offset == 0:
                arguments = [*node.args.args, *node.args.kwonlyargs]
                untold = [one.arg for one in arguments if one.annotation is None]
                assert not untold and node.returns, f"{path.name}: {node.name} {untold}"
                told += 1
    assert told > 40
