"""A class made by a script: what students really hand in, and what a person would give for it.

Each function changes a copy of lesson 02 in which everything is right; its name is the student's. `LOST` says which
exercises that costs. What is worse than clumsy is in hostile_class.py.
"""

import copy
import json

import nbformat

from course_utils.exercises.engine.cells import marked_cells, solve
from course_utils.instructor.release.handout import handout

LESSON = "02_softmax_attention"
POINTS = {"softmax_shift": 1, "softmax": 2, "score_spread": 1, "attention": 3}
NO_SCALING = "def attention(Q, K, V):\n    weights = softmax(Q @ K.transpose(-2, -1))\n    return weights @ V, weights"
RIGHT = NO_SCALING.replace("-1))", "-1) / math.sqrt(K.shape[-1]))")


def solved(lesson=LESSON):
    """The lesson as it is handed out, with every answer right and a text written."""
    return filled_in(handout(lesson))


def filled_in(notebook):
    """The same from a notebook that was handed out."""
    for cell, kind, _ in marked_cells(solve(notebook)):
        if kind == "essay":
            cell.source = "Without it the softmax saturates, and no gradient comes through."
    return notebook


def cell_of(notebook, kind, name):
    """The cell of an exercise: its "answer", "check", ..."""
    return next(cell for cell, is_kind, asked in marked_cells(notebook) if (is_kind, asked.name) == (kind, name))


def answer(notebook, name, source):
    """Hand in this source."""
    cell_of(notebook, "answer", name).source = source


def body(name, text):
    """A definition of softmax or attention with these lines in it."""
    parameters = {"softmax": "scores", "attention": "Q, K, V"}[name]
    return f"def {name}({parameters}):\n" + "\n".join(f"    {line}" for line in text.splitlines())


def all_right(notebook):
    pass


def half(notebook):
    answer(notebook, "attention", NO_SCALING)


def untouched(notebook):
    notebook.cells = copy.deepcopy(handout(LESSON)).cells


def endless_loop(notebook):
    answer(notebook, "attention", body("attention", "while True:\n    pass"))


def syntax_error(notebook):
    """attention calls softmax all the same: the lesson goes on with the course's own."""
    answer(notebook, "softmax", body("softmax", "exps = scores.exp(\nreturn exps / exps.sum(-1, keepdim=True)"))
    answer(notebook, "attention", RIGHT)


def exception_in_first_cell(notebook):
    next(cell for cell in notebook.cells if cell.cell_type == "code").source += "\n1 / 0"


def check_deleted(notebook):
    half(notebook)
    for name in POINTS:
        notebook.cells.remove(cell_of(notebook, "check", name))


def check_edited(notebook):
    half(notebook)
    cell_of(notebook, "check", "attention").source = "assert True"


def reference_imported(notebook):
    answer(notebook, "attention", "from course_utils.model.attention import attention")


def reference_called(notebook):
    course = "from course_utils.model.attention import attention as course"
    answer(notebook, "attention", f"{course}\n" + body("attention", "return course(Q, K, V)"))


def allclose_patched(notebook):
    patches = "import numpy as np\nnp.allclose = np.isclose = torch.allclose = torch.equal = lambda *a, **k: True\n"
    zeros = "return torch.zeros(*Q.shape[:-1], V.shape[-1]), torch.zeros(*Q.shape[:-1], K.shape[-2])"
    answer(notebook, "attention", patches + body("attention", zeros))


def metadata_stripped(notebook):
    """As another editor leaves it: no marks, no ids."""
    notebook.metadata, notebook.nbformat_minor = nbformat.NotebookNode(), 4
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        del cell["id"]


def cell_copied(notebook):
    cell = cell_of(notebook, "answer", "attention")
    notebook.cells.insert(notebook.cells.index(cell), copy.deepcopy(cell))


def os_exit(notebook):
    answer(notebook, "attention", body("attention", "import os\nos._exit(0)"))


def library_call(notebook):
    """attention may leave the sum to torch."""
    out = "out = torch.nn.functional.scaled_dot_product_attention(Q, K, V)"
    weights = "return out, softmax(Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1]))"
    answer(notebook, "attention", body("attention", f"{out}\n{weights}"))


def library_call_refused(notebook):
    """softmax may not: writing it is the point."""
    answer(notebook, "softmax", body("softmax", "return torch.softmax(scores, -1)"))


def prints_20_megabytes(notebook):
    """At each call."""
    right = "print('x' * 20_000_000)\nexps = (scores - scores.max(-1, keepdim=True).values).exp()"
    answer(notebook, "softmax", body("softmax", f"{right}\nreturn exps / exps.sum(-1, keepdim=True)"))


def in_a_new_cell(notebook):
    source = cell_of(notebook, "answer", "attention").source
    untouched_cell = cell_of(handout(LESSON), "answer", "attention")
    answer(notebook, "attention", untouched_cell.source)
    notebook.cells.append(nbformat.v4.new_code_cell(source))


def needs_what_a_loop_has_made(notebook):
    """A table that is filled at the top level, and a list that is filled under a condition."""
    table = "roots, used = {}, []\nfor size in range(1, 20):\n    roots[size] = math.sqrt(size)\n    if size:\n"
    answer(notebook, "attention", table + "        used.append(size)\n" + RIGHT.replace(
        "math.sqrt(K.shape[-1])", "roots[used[K.shape[-1] - 1]]"
    ))  # fmt: skip


def made_by_exec(notebook):
    """Only running the cells can tell."""
    for name in ("softmax", "attention"):
        answer(notebook, name, f"exec({cell_of(notebook, 'answer', name).source!r})")


EVERYTHING = {*POINTS, "why_scale"}
LOST = {
    all_right: set(),
    half: {"attention"},
    untouched: EVERYTHING,
    endless_loop: {"attention"},
    syntax_error: {"softmax"},
    exception_in_first_cell: set(),
    check_deleted: {"attention"},
    check_edited: {"attention"},
    reference_imported: {"attention"},
    reference_called: {"attention"},
    allclose_patched: {"attention"},
    metadata_stripped: set(),
    cell_copied: set(),
    os_exit: {"attention"},
    library_call: set(),
    library_call_refused: {"softmax"},
    prints_20_megabytes: set(),
    in_a_new_cell: set(),
    needs_what_a_loop_has_made: set(),
    made_by_exec: set(),
}


def fair(lost):
    """Points without the text, which waits for its reader."""
    return sum(points for name, points in POINTS.items() if name not in lost)


def hand_in(path, change=all_right):
    """Change a solved lesson, and hand it in as it is: nbformat would mend what students break."""
    notebook = solved()
    change(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
