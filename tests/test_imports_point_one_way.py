"""Promise: imports point one way, and each part of course_utils stands on few libraries."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import course_utils

PACKAGE = Path(course_utils.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Part -> the parts of course_utils and the libraries it may import; the standard library is free, but not to model.
MAY_IMPORT = {
    "model": {"torch", "math"},
    "exercises": {"errors", "model", "time_limit", "torch", "numpy", "IPython"},
    "errors": set(),
    "time_limit": set(),
    "plots": {"errors", "numpy", "matplotlib", "PIL", "IPython"},
    "widgets": {"errors", "plots", "time_limit", "numpy", "matplotlib", "anywidget", "traitlets"},
    "data": {"errors", "numpy", "torch"},
    "training": {"errors", "torch", "IPython"},
    "g2p": {"errors", "model", "data", "torch", "safetensors"},
    "words": {"errors", "model", "data", "torch", "safetensors"},
    "minilm": {"errors", "model", "numpy", "torch", "safetensors"},
    "get_model": {"errors", "minilm"},
    "instructor": {
        "errors", "exercises", "numpy", "torch", "nbformat", "nbconvert", "nbgrader", "pygments", "jinja2",
        "markupsafe", "copydetect",
    },  # fmt: skip
    "": set(),  # course_utils/__init__.py
}


def part_of(file):
    """The part of course_utils that a file belongs to: "model", "plots", ..."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0].replace("__init__", "")


def imported(file):
    """Names of what a file imports: a part of course_utils, or the first name of a library."""
    home = ("course_utils", *file.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        above = home[: len(home) + 1 - node.level] if getattr(node, "level", 0) else ()
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = [getattr(node, "module", None) or ""]
            for alias in node.names:
                names = [name for name in (*above, *module, alias.name) if name]
                first, second, *_ = (*".".join(names).split("."), "")
                yield second if first == "course_utils" else first


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports(file):
    part = part_of(file)
    free = set() if part == "model" else sys.stdlib_module_names
    assert set(imported(file)) - free - MAY_IMPORT[part] - {part} == set()


def test_whoever_grades_does_not_wait_for_what_only_the_other_commands_use():
    code = "import sys, course_utils.instructor.grade.command; print({'nbformat', 'IPython'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
