"""What only IPython understands in a cell, taken out of it or carried out: magics, shell lines, files that cells write.

Every line is looked at once, from the left: no line, however odd, takes long.
"""

from __future__ import annotations

from pathlib import PurePosixPath

RUNS_ITS_BODY = ("%%time", "%%timeit", "%%capture", "%%prun")  # cell magics with Python below them
ANOTHER_LANGUAGE = ("%sql", "%sh", "%scala", "%r", "%fs")  # in Databricks, for the whole cell
WRITES_ITS_BODY = ("%%writefile", "%%file")


def without_magics(source) -> str:
    """The same lines, with what only IPython understands replaced by what does nothing, or by the Python in it."""
    lines = source.split("\n")
    first = _first_line(lines)
    magic = "" if first is None else _word(lines[first])
    if magic in RUNS_ITS_BODY:
        lines[first] = ""
    elif magic.startswith("%%") or magic in ANOTHER_LANGUAGE:
        return "\n" * (len(lines) - 1)
    return "\n".join(map(_without_magic, lines))


def _without_magic(line):
    code = line.lstrip()
    indent, target, assigned, value = line[: len(line) - len(code)], *code.partition("=")
    if code.startswith("%time "):
        return f"{indent}{code.removeprefix('%time ').lstrip()}"
    if code[:1] in ("!", "?") or code[:1] == "%" and code[1:2] not in ("", " ", "="):  # a line may go on with "% b"
        return f"{indent}pass"
    if assigned and value.lstrip().startswith(("%", "!")) and _may_be_assigned_to(target):
        value = value.lstrip()
        return f"{indent}{target}= {value.removeprefix('%time ') if value.startswith('%time ') else None}"
    if code.rstrip().endswith("?") and not any(sign in code for sign in "#'\""):  # help?
        return f"{indent}pass"
    return line


def _may_be_assigned_to(target):
    return all(part.strip().isidentifier() for part in target.split(","))


def written_file(source) -> tuple[str, str, bool] | None:
    """(name of a module, its text, True if it is added to what is there) for a cell that writes a file of Python."""
    lines = source.split("\n")
    first = _first_line(lines)
    if first is None or _word(lines[first]) not in WRITES_ITS_BODY:
        return None
    *options, name = lines[first].split()[1:] or [""]
    module = module_name(name.strip("'\""))
    return (module, "\n".join(lines[first + 1 :]) + "\n", "-a" in options) if module else None


def module_name(path) -> str:
    """What to import a file by: "att.py" is att, "models/att.py" is models.att; "" if it is no file of Python."""
    path = PurePosixPath(path.replace("\\", "/"))
    inside = not path.is_absolute() and ".." not in path.parts
    parts = path.with_suffix("").parts if inside else (path.stem,)
    return ".".join(parts) if path.suffix == ".py" and all(part.isidentifier() for part in parts) else ""


def with_files_run(source, files) -> str:
    """The same with each line `%run x.py` replaced by the file that a cell has written. files: name -> text."""
    if "%run" not in source:
        return source
    return "\n".join(_run(line, files) for line in source.split("\n"))


def _run(line, files):
    words = line.split()
    module = module_name(words[-1].strip("'\"")) if words[:1] == ["%run"] and words[1:] and line[0] == "%" else ""
    return files.get(module, line).rstrip("\n")


def _first_line(lines):
    """The number of the first line with anything on it, None if there is none."""
    return next((number for number, line in enumerate(lines) if line.strip()), None)


def _word(line):
    return line.split(None, 1)[0]
