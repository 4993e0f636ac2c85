"""Odd but honest answers: what else a right `attention`, or a right number, looks like.

`ANSWERS` has for each a function that changes a copy of lesson 02 in which all is right, without its experiments.
"""


import nbformat
from example_class import RIGHT, answer, cell_of, solved

BODY = RIGHT.partition("\n")[2]
SCORES = "Q @ K.transpose(-2, -1)"
MINE = RIGHT.replace("def attention", "def my_attention")
STUB = "def attention(Q, K, V):\n    ...  # your code here"
AS_FILE = f"import math\nimport torch\n\n{RIGHT.replace('softmax(', 'torch.softmax(').replace(']))', ']), -1)')}"


def lean():
    """The solved lesson: its imports, questions, answers and checks."""
    notebook = solved()
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [cell for cell in notebook.cells if cell is first or cell.metadata.get("course")]
    return notebook


def code(notebook, source, before=None, after=None):
    """A cell of code more, at the end if nothing else is said."""
    place = len(notebook.cells)
    if before or after:
        place = notebook.cells.index(before or after) + bool(after)
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source))


def check_of(notebook, name, source):
    cell_of(notebook, "check", name).source = source


def handed_over(call, definition=MINE):
    """The stub stays blank, and the check is handed something else."""

    def change(notebook):
        answer(notebook, "attention", f"{STUB}\n\n\n{definition}")
        check_of(notebook, "attention", call)

    return change


def answered(source):
    """Another right answer to `attention`."""
    return lambda notebook: answer(notebook, "attention", source)


def named(source):
    """Another right answer that has no name of its own, so that its check is told."""

    def change(notebook):
        answer(notebook, "attention", source)
        check_of(notebook, "attention", 'attention = check(attention, "attention")')

    return change


def number_answered(source):
    return lambda notebook: answer(notebook, "score_spread", source)


def written_to_a_file(last):
    def change(notebook):
        code(notebook, f"%%writefile att.py\n{AS_FILE}", before=cell_of(notebook, "answer", "attention"))
        answer(notebook, "attention", last)

    return change


def became(kind):
    """The answer's cell is no code any more."""

    def change(notebook):
        cell = cell_of(notebook, "answer", "attention")
        cell.cell_type = kind
        cell.pop("outputs", None), cell.pop("execution_count", None)

    return change


LOUD = """import functools


def loud(fn):
    @functools.wraps(fn)
    def wrapped(*args):
        return fn(*args)

    return wrapped
"""
INDENTED = RIGHT.replace("\n", "\n    ")
METHOD = INDENTED.replace("(Q, K, V)", "(self, Q, K, V)")
CALLED = METHOD.replace("def attention", "def __call__")
FORWARD = METHOD.replace("def attention", "def forward")
POWERED = MINE.replace("(Q, K, V)", "(power, Q, K, V)")
TYPED = RIGHT.replace("(Q, K, V)", "(Q: Tensor, K: Tensor, V: T) -> tuple[T, T]")
ROOTS = """def root(n, again=True):
    return other(n) if again else n**0.5


def other(n):
    return root(n, False)
"""


def first_line(line):
    """A right `attention` that begins with this line."""
    return RIGHT.replace("V):", f"V):\n    {line}", 1)


ANSWERS = {
    "own_name": handed_over('attention = check(my_attention, "attention")'),
    "own_name_not_assigned": handed_over('check(my_attention, "attention")'),
    "own_name_printed": handed_over('print(check(my_attention, "attention"))'),
    "a_lambda_is_checked": handed_over('check(lambda Q, K, V: my_attention(Q, K, V), "attention")'),
    "a_method_is_checked": handed_over('check(Mine().attention, "attention")', f"class Mine:\n    {METHOD}"),
    "named_in_the_file": written_to_a_file("from att import attention"),
    "starred_from_the_file": written_to_a_file("from att import *"),
    "attribute_of_the_file": written_to_a_file("import att, importlib\nattention = importlib.reload(att).attention"),
    "file_s_own_check": written_to_a_file("import att\n\ncheck(att.attention)"),
    "file_is_run": written_to_a_file("%run att.py"),
    "class_that_is_called": named(f"class Att:\n    {CALLED}\n\n\nattention = Att()"),
    "module_of_torch": named(f"class Att(torch.nn.Module):\n    {FORWARD}\n\n\nattention = Att()"),
    "static_method": answered(f"class Maths:\n    @staticmethod\n    {INDENTED}\n\n\nattention = Maths.attention"),
    "made_by_a_factory": answered(f"def make(root):\n    {INDENTED}\n    return attention\n\n\nattention = make(2)"),
    "partial": named(f"import functools\n\n{POWERED}\n\n\nattention = functools.partial(my_attention, 0.5)"),
    "decorated": answered(f"{LOUD}\n\n@loud\n{RIGHT}"),
    "wrapped_by_hand": answered(f"{LOUD}\n\n{RIGHT}\n\n\nattention = loud(attention)"),
    "counts_its_calls": answered("calls = 0\n\n\n" + first_line("global calls\n    calls += 1")),
    "keeps_its_weights": answered(first_line("attention.last += [Q]") + "\n\n\nattention.last = []"),
    "star_imports": answered("from math import *\nfrom torch import matmul as mm\n\n" + RIGHT.replace("math.", "")),
    "imports_inside": answered(first_line("import math as m").replace("math.sqrt", "m.sqrt")),
    "optional_import": answered("try:\n    import not_there\nexcept ImportError:\n    not_there = None\n\n\n" + RIGHT),
    "hints_of_types": answered(f"from __future__ import annotations\nfrom torch import Tensor\n\n\n{TYPED}"),
    "under_a_condition": answered(f"if __name__ == '__main__':\n    {INDENTED}"),
    "in_a_try": answered(f"try:\n    {INDENTED}\nexcept Exception:\n    pass"),
    "defaults_from_outside": answered(RIGHT.replace("V):", "V, root=math.sqrt):", 1).replace("math.sqrt(", "root(")),
    "helpers_that_call_each_other": answered(f"{ROOTS}\n\n{RIGHT.replace('math.sqrt', 'root')}"),
    "greek_letters": answered(RIGHT.replace("weights", "α")),
    "timed": answered(f"%%time\n{RIGHT}"),
    "timed_on_a_line": named(f"{MINE}\n\n\n%time attention = my_attention"),
    "shell_and_help_between": answered(f"!echo hello\n{RIGHT}\nattention?\nfiles = !ls"),
    "semicolons": number_answered("import math; score_spread = math.sqrt(64); print(score_spread)"),
    "computed": number_answered("d_k = 64\nscore_spread = d_k**0.5\nd_k = 512"),
    "annotated": number_answered("score_spread: float = 8"),
    "both_at_once": number_answered('softmax_shift, score_spread = "C)", 8.0'),
    "walrus": number_answered("print(score_spread := 8)"),
    "from_torch": number_answered("score_spread = torch.tensor(64.0).sqrt()"),
    "under_a_capital": answered(RIGHT.replace("attention", "Attention")),
    "module_not_there": answered("import not_there\n\n\n" + first_line("not_there.count(Q)")),
    "name_not_there": answered("from not_there import count\n\n\n" + first_line("count(Q)")),
    "became_text": became("markdown"),
    "became_raw": became("raw"),
}
