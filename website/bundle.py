"""Scripts and stylesheets of the pages: classic scripts, for a page opened from a folder may not import modules.

Each file of JavaScript becomes a function that gives what the file exports, kept under its name in window.course.parts;
what several scripts need stands once, in shared.js.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from course_utils import widgets
from course_utils.widgets.esm import STATIC as WIDGETS
from course_utils.widgets.esm import as_function, imported_first

STATIC = Path(__file__).parent / "static"
COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)  # on lines of their own
SPACES = re.compile(r"^[ \t]+", re.MULTILINE)  # no text in these files goes over several lines


def scripts(kinds) -> dict[str, str]:
    """{file name: script} for pages with widgets of these classes: shared.js first, page.js, and one for each class."""
    needs = {f"widgets/{kind}.js": imported_first(WIDGETS / f"{module_of(kind)}.js") for kind in kinds}
    needs["page.js"] = imported_first(STATIC / "page.js")
    uses = Counter(file for files in needs.values() for file in files)
    shared = [file for file in dict.fromkeys(file for files in needs.values() for file in files) if uses[file] > 1]
    made = {"shared.js": "(window.course ??= {}).parts = {};\n" + "".join(map(as_part, shared))}
    for name, files in needs.items():
        made[name] = "".join(as_part(file) for file in files if file not in shared)
    for kind in kinds:
        made[f"widgets/{kind}.js"] += f"(window.course.kinds ??= {{}}).{kind} = {part(module_of(kind))}.default_;\n"
    return made


def stylesheet(kind: str) -> str:
    """A widget's stylesheet."""
    return str(getattr(widgets, kind)._css)


def module_of(kind: str) -> str:
    """attention_view for AttentionView: the name of its module."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


def part(name: str) -> str:
    """Where a file's exports are kept. No two files may have one name."""
    return f"window.course.parts.{name}"


def as_part(file: Path) -> str:
    """The file, with its exports among the parts, and without comments and spaces that only its readers need."""
    return SPACES.sub("", COMMENT.sub("", as_function(file, part)))
