"""A widget's JavaScript and CSS as anywidget takes them: one text each, made of the files in static/."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static"
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def module(name):
    """One ES module of static/NAME.js and of all that it imports; its default export is that file's.

    Browsers load it from a Blob, where no import can be resolved. Each file becomes a function with the names that it
    exports as its result, so that no name of one file can meet a name of another.
    """
    parts = [_as_function(one) for one in _imported_first(name)]
    return "".join(parts) + f"export default ${name}.default_;\n"


def stylesheet(*names):
    """shared.css, then the named files."""
    return "\n".join(_source(name) for name in ("shared.css", *names))


def _source(name):
    return (STATIC / name).read_text(encoding="utf-8")


def _imported_first(name, found=()):
    """This file's name behind those of the files that it needs, each once."""
    for _, needed in IMPORT.findall(_source(f"{name}.js")):
        if needed not in found:
            found = _imported_first(needed, found)
    return (*found, name)


def _as_function(name):
    text = _source(f"{name}.js")
    text = IMPORT.sub(r"const \1 = $\2;\n", text).replace("\nexport default ", "\nexport const default_ = ")
    body = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f"const ${name} = (() => {{\n{body}return {{ {', '.join(EXPORT.findall(text))} }};\n}})();\n"
