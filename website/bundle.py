"""Scripts and stylesheets of the pages: classic scripts, for a page opened from a folder may not import modules."""

from __future__ import annotations

import re
from pathlib import Path

from course_utils import widgets

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import (\{[^}]*\}) from "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def script(name: str) -> str:
    """One script of static/NAME.js and all that it imports: each file a function that gives what it exports."""
    files = _imported_first(STATIC / f"{name}.js")
    names = {file: f"part_{number}_{file.stem}" for number, file in enumerate(files)}
    return "(() => {\n" + "".join(_as_function(file, names) for file in files) + "})();\n"


def widget(kind: str) -> str:
    """A widget's module as a script that registers it with the host."""
    body, _, last = str(getattr(widgets, kind)._esm).rpartition("export default ")
    return f"((window.course ??= {{}}).kinds ??= {{}}).{kind} = (() => {{\n{body}return {last.strip()}\n}})();\n"


def stylesheet(kind: str) -> str:
    """A widget's stylesheet."""
    return str(getattr(widgets, kind)._css)


def _imported_first(file: Path, found=()) -> tuple[Path, ...]:
    """This file behind those that it needs, each once."""
    for _, needed in IMPORT.findall(file.read_text(encoding="utf-8")):
        path = (file.parent / needed).resolve()
        if path not in found:
            found = _imported_first(path, found)
    return (*found, file)


def _as_function(file: Path, names: dict) -> str:
    source = file.read_text(encoding="utf-8").replace("\nexport default ", "\nexport const default_ = ")
    exported = ", ".join(EXPORT.findall(source))
    source = IMPORT.sub(lambda found: f"const {found[1]} = {names[(file.parent / found[2]).resolve()]};\n", source)
    body = re.sub(r"^export ", "", source, flags=re.MULTILINE)
    return f"const {names[file]} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"
