"""A widget's JavaScript and CSS as anywidget takes them: one text each, made of the files in static/."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import (\{[^}]*\}) from "([\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def module(name):
    """One ES module of static/NAME.js and of all that it imports; its default export is that file's.

    Browsers load it from a Blob, where no import can be resolved. Each file becomes a function with the names that it
    exports as its result, so that no name of one file can meet a name of another.
    """
    parts = [f"const {as_function(file, _variable)}" for file in imported_first(STATIC / f"{name}.js")]
    return "".join(parts) + f"export default {_variable(name)}.default_;\n"


def stylesheet(*names):
    """shared.css, then the named files."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("shared.css", *names))


def imported_first(file, found=()):
    """This file behind those that it imports, each once, as paths."""
    for _, needed in IMPORT.findall(file.read_text(encoding="utf-8")):
        path = (file.parent / needed).resolve()
        if path not in found:
            found = imported_first(path, found)
    return (*found, file)


def as_function(file, variable):
    """The file as a function called at once, what it exports assigned to variable(its name), and so for its imports."""
    source = file.read_text(encoding="utf-8").replace("\nexport default ", "\nexport const default_ = ")
    exported = ", ".join(EXPORT.findall(source))
    source = IMPORT.sub(lambda found: f"const {found[1]} = {variable(Path(found[2]).stem)};\n", source)
    body = re.sub(r"^export ", "", source, flags=re.MULTILINE)
    return f"{variable(file.stem)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _variable(name):
    return f"${name}"
