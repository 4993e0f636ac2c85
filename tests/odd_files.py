"""Files of notebooks as other programs write them; each holds the solved lesson, and is worth full marks.

`FORMATS` has for each a function from the lesson, as nbformat has it, to the bytes of the file.
"""

import json

import nbformat
from example_class import answer
from odd_answers import code, lean

COLAB = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
DATABRICKS = {"application/vnd.databricks.v1+notebook": {"language": "python", "notebookName": "hw"}}


def stored(notebook):
    return json.dumps(notebook).encode()


def changed(change):
    def make(notebook):
        change(notebook)
        return stored(notebook)

    return make


def each_source(change):
    def make(notebook):
        for cell in notebook.cells:
            cell.source = change(cell.source)
        return stored(notebook)

    return make


def without_metadata(notebook, minor=0):
    notebook.metadata, notebook.nbformat_minor = nbformat.NotebookNode(), minor
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        del cell["id"]


def vs_code(notebook):
    without_metadata(notebook, 2)
    for cell in notebook.cells:
        cell.metadata = {"vscode": {"languageId": "python" if cell.cell_type == "code" else "markdown"}}


def colab(notebook):
    without_metadata(notebook)
    notebook.metadata = COLAB
    code(notebook, "!pip install -q something\n%matplotlib inline\nfrom google.colab import drive", notebook.cells[0])
    answer_of = {name: f'#@title mine\n{name} = {value} #@param ["a", "c"]' for name, value in
                 (("softmax_shift", '"c"'), ("score_spread", "8"))}  # fmt: skip
    for cell in notebook.cells:
        for name, source in answer_of.items():
            if cell.cell_type == "code" and cell.source.startswith(f"{name} ="):
                cell.source = source


def databricks(notebook):
    without_metadata(notebook)
    notebook.metadata = DATABRICKS
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = f"%python\n{cell.source}"
        else:
            cell.cell_type, cell.source = "code", f"%md\n{cell.source}"
            cell.outputs, cell.execution_count = [], None


def version_3(notebook):
    cells = [
        {"cell_type": "code", "input": cell.source.splitlines(keepends=True), "outputs": [], "language": "python"}
        if cell.cell_type == "code"
        else {"cell_type": cell.cell_type, "source": cell.source}
        for cell in notebook.cells
    ]
    sheets = [{"cells": cells[:5]}, {"cells": cells[5:], "metadata": {}}]
    return stored({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets})


def outputs_of_20_megabytes(notebook):
    for cell in notebook.cells[:2]:
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", text="line\n" * 4_000_000)]


def with_odd_cells(notebook):
    """What is no cell, and cells with what does not belong there."""
    odd = [None, 3, "cell", [], {}, {"cell_type": "code"}, {"cell_type": "code", "source": None}, {"source": 3}]
    odd += [{"cell_type": "heading", "level": 2, "source": "Mine"}, {"cell_type": "code", "source": "x = '\ud800'"}]
    return stored({**notebook, "cells": [*odd, *notebook.cells, *odd]})


def written_in_windows(notebook):
    answer(notebook, "score_spread", "# größer\nscore_spread = 8")
    return json.dumps(notebook, ensure_ascii=False).encode("cp1252", "replace")


FORMATS = {
    "vs_code": changed(vs_code),
    "colab": changed(colab),
    "databricks": changed(databricks),
    "version_3": version_3,
    "version_4_0": changed(without_metadata),
    "outputs_of_20_megabytes": changed(outputs_of_20_megabytes),
    "windows_line_ends": each_source(lambda text: text.replace("\n", "\r\n")),
    "old_mac_line_ends": each_source(lambda text: text.replace("\n", "\r")),
    "lists_of_lines": lambda notebook: nbformat.writes(notebook).encode(),
    "byte_order_mark": lambda notebook: b"\xef\xbb\xbf" + stored(notebook),
    "powershell": lambda notebook: json.dumps(notebook).encode("utf-16"),
    "utf_32": lambda notebook: json.dumps(notebook).encode("utf-32"),
    "written_in_windows": written_in_windows,
    "with_odd_cells": with_odd_cells,
    "trailing_spaces": lambda notebook: stored(notebook) + b"\n\n   ",
    "form_feeds_and_separators": each_source(lambda text: text + "\n# \u2028 \x0c \x85 end"),
}


def files():
    """{student: bytes}."""
    return {student: make(lean()) for student, make in FORMATS.items()}
