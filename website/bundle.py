"""Scripts and stylesheets of the pages: classic scripts, for a page opened from a folder may not import modules.

Each file of JavaScript becomes a function that gives what the file exports, kept under its name in window.course.parts;
what several scripts need stands once, in shared.js.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from course_utils import widgets
from course_utils.widgets.esm import EXPORT
from course_utils.widgets.esm import STATIC as WIDGETS

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import (\{[^}]*\}) from "([^"]+)";\n', re.MULTILINE)


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
        part = f"window.course.parts.{module_of(kind)}"
        made[f"widgets/{kind}.js"] += f"(window.course.kinds ??= {{}}).{kind} = {part}.default_;\n"
    return made


def stylesheet(kind: str) -> str:
    """A widget's stylesheet."""
    return str(getattr(widgets, kind)._css)


def module_of(kind: str) -> str:
    """attention_view for AttentionView: the name of its module."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


def imported_first(file: Path, found=()) -> tuple[Path, ...]:
    """This file behind those that it needs, each once."""
    for _, needed in IMPORT.findall(file.read_text(encoding="utf-8")):
        path = (file.parent / needed).resolve()
        if path not in found:
            found = imported_first(path, found)
    return (*found, file)


def as_part(file: Path) -> str:
    """The file as a function that is called at once."""
    source = file.read_text(encoding="utf-8").replace("\nexport default ", "\nexport const default_ = ")
    exported = ", ".join(EXPORT.findall(source))
    source = IMPORT.sub(lambda found: f"const {found[1]} = window.course.parts.{name_of(found[2])};\n", source)
    body = re.sub(r"^export ", "", source, flags=re.MULTILINE)
    return f"window.course.parts.{name_of(file.name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def name_of(file: str) -> str:
    """A file's name among the parts. No two of them may have the same."""
    return Path(file).stem
