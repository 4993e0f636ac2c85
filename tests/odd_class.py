"""Odd but honest: what students hand in who have understood it and do not do as the notebook expects.

Each function changes a copy of lesson 02 in which everything is right, without its experiments; its name is the
student's. `LOST` says which exercises a fair person would give nothing for. Odd files are in odd_files.py.
"""

import copy

import nbformat
from example_class import RIGHT, answer, cell_of
from odd_answers import ANSWERS, STUB, check_of, code, handed_over, lean


def letter_in_the_check(notebook):
    answer(notebook, "softmax_shift", "softmax_shift = ...")
    check_of(notebook, "softmax_shift", 'check("c", "softmax_shift")')


def checked_under_another_name(notebook):
    import_ = "from course_utils.exercises import check as verify"
    code(notebook, import_, before=cell_of(notebook, "answer", "attention"))
    handed_over("attention = verify(my_attention, name='attention')")(notebook)


def checked_in_a_loop(notebook):
    handed_over("for name, fn in {'attention': my_attention}.items():\n    check(fn, name)")(notebook)


def helper_s_name_used_again(notebook):
    scaled = RIGHT.replace("/ math.sqrt(K.shape[-1])", "* scale(K)")
    answer(notebook, "attention", f"scale = lambda K: K.shape[-1] ** -0.5\n\n{scaled}")
    code(notebook, "scale = 3.0")


def helper_is_a_loop_s_variable_later(notebook):
    answer(notebook, "attention", "axis = -1\n\n" + RIGHT.replace("K.shape[-1]", "K.shape[axis]"))
    code(notebook, "for axis in range(2):\n    print(axis)")


def helper_stands_below(notebook):
    """Run from below, as one does."""
    answer(notebook, "attention", RIGHT.replace("math.sqrt(K.shape[-1])", "root_of(K)"))
    code(notebook, "def root_of(K):\n    return math.sqrt(K.shape[-1])")


def checks_deleted(notebook):
    for name in ("softmax_shift", "softmax", "score_spread", "attention"):
        notebook.cells.remove(cell_of(notebook, "check", name))


def checks_not_assigned(notebook):
    for name in ("softmax", "attention"):
        check_of(notebook, name, f"check({name})")


def upside_down(notebook):
    notebook.cells.reverse()


def all_in_one_cell(notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cells[0].source = "\n\n\n".join(cell.source for cell in cells)
    notebook.cells = [cell for cell in notebook.cells if cell not in cells[1:]]


def blank_copied_below(notebook):
    code(notebook, STUB, after=cell_of(notebook, "check", "attention"))


def tried_something_afterwards(notebook):
    code(notebook, "def attention(Q, K, V):\n    return Q, K", after=cell_of(notebook, "check", "attention"))


def a_draft_above(notebook):
    code(notebook, "def attention(Q, K, V):\n    return Q", before=cell_of(notebook, "answer", "attention"))


def stops_in_between(notebook):
    code(notebook, "nothing_of_this_name", before=cell_of(notebook, "answer", "attention"))


def own_softmax_in_attention(notebook):
    """The exercise softmax is wrong, and attention does not need it."""
    answer(notebook, "softmax", "def softmax(scores):\n    return scores.exp()")
    lines = ("def soft(x, dim):", "e = (x - x.amax(dim, keepdim=True)).exp()", "return e / e.sum(dim, keepdim=True)")
    with_own = RIGHT.replace("softmax(", "soft(").replace("]))", "]), dim=-1)")
    answer(notebook, "attention", "\n    ".join(lines) + "\n\n\n" + with_own)


def changed_their_mind(notebook):
    answer(notebook, "softmax_shift", 'softmax_shift = "a"')
    code(notebook, 'softmax_shift = "c"\ncheck(softmax_shift, "softmax_shift")')


def changed_their_mind_for_the_worse(notebook):
    code(notebook, 'softmax_shift = "a"')
    code(notebook, "score_spread = 64.0", after=cell_of(notebook, "check", "score_spread"))


def fenced_in_a_text(notebook):
    text = nbformat.v4.new_markdown_cell(f"This is mine:\n\n```python\n{RIGHT}\n```\n")
    notebook.cells.insert(notebook.cells.index(cell_of(notebook, "answer", "attention")), text)
    answer(notebook, "attention", STUB)


def copies_of_everything(notebook):
    notebook.cells += copy.deepcopy(notebook.cells)


STUDENTS = {
    **ANSWERS,
    **{change.__name__: change for change in (
        letter_in_the_check, checked_under_another_name, checked_in_a_loop, helper_s_name_used_again,
        helper_is_a_loop_s_variable_later, helper_stands_below, checks_deleted, checks_not_assigned, upside_down,
        all_in_one_cell, blank_copied_below, tried_something_afterwards, a_draft_above, stops_in_between,
        own_softmax_in_attention, changed_their_mind, changed_their_mind_for_the_worse, fenced_in_a_text,
        copies_of_everything,
    )},
}  # fmt: skip
LOST = {
    "own_softmax_in_attention": {"softmax"},
    "changed_their_mind_for_the_worse": {"softmax_shift", "score_spread"},
    **dict.fromkeys(
        ("became_text", "became_raw", "fenced_in_a_text", "under_a_capital", "module_not_there", "name_not_there"),
        {"attention"},
    ),
}


def notebooks():
    """{student: notebook}."""
    found = {}
    for student, change in STUDENTS.items():
        found[student] = lean()
        change(found[student])
    return found
