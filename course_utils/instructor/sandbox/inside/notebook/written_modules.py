"""Modules that a notebook writes with `%%writefile` and imports. No file is written here: they are kept in memory."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import linecache
import sys

from .magics import written_file


def files_written(cells) -> dict[str, str]:
    """{name of a module: its text} of the files of Python that the cells write; of one written twice the last."""
    found = {}
    for cell in cells:
        written = written_file(cell.source) if cell.kind == "code" else None
        if written:
            name, text, added = written
            found[name] = found.get(name, "") + text if added else text
    return found


def provide(files):
    """From now on these can be imported."""
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, Finder)]
    if files:
        sys.meta_path.insert(0, Finder(files))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the modules, and the folders that some of them lie in."""

    def __init__(self, files):
        self.files = files
        self.folders = {name[:end] for name in files for end, letter in enumerate(name) if letter == "."}

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.files and fullname not in self.folders:
            return None
        package = self.is_package(fullname)
        return importlib.machinery.ModuleSpec(fullname, self, origin=self._file(fullname), is_package=package)

    def is_package(self, fullname):
        return fullname in self.folders

    def get_source(self, fullname):
        text = self.files.get(fullname, "")
        lines = text.splitlines(keepends=True)  # so that a message can quote them
        linecache.cache[self._file(fullname)] = (len(text), None, lines, self._file(fullname))
        return text

    def get_code(self, fullname):
        return compile(self.get_source(fullname), self._file(fullname), "exec")

    def _file(self, fullname):
        return fullname.replace(".", "/") + ".py"
