"""The rest of the class: files that are no notebooks, and students who try what the grader will not have.

`files(folder, ...)` hands all of it in. Every attack gives its author full marks if it works, so a score shows it.
"""

import json
import os

import nbformat
from example_class import EVERYTHING, RIGHT, answer, body, hand_in, solved

SECRET = "torch.manual_seed(4711)  # nobody else knows this line"
CALL = b"calls_the_network"

# Each as the first lines of an attention that is right if they have run.
ATTACKS = {
    "fork_bomb": "import os\nwhile True:\n    os.fork()",
    "starts_programs": "import subprocess\nsubprocess.run(['sleep', '1'], check=True)",
    "kills_the_grader": "import os\nos.kill(os.getppid(), 9)\nos.kill(-1, 9)",
    "takes_all_memory": "torch.ones(10**10)",
    "fills_the_disk": "import tempfile\ntempfile.TemporaryFile().write(bytes(10**6))",
    "recurses": "return attention(Q, K, V)",
    "reads_another_s_file": "if 'def attention' not in open({other!r}).read():\n    raise ValueError",
    "reads_the_course": "import pathlib, course_utils\npathlib.Path({package!r}, 'model/attention.py').read_text()",
    "writes_results": "open({results!r} + '/attacked.json', 'w').write('{{}}')",
    "deletes_another_s_file": "import os\nos.remove({other!r})",
    "calls_the_network": f"import socket\nsocket.create_connection(('127.0.0.1', {{port}}), 3).sendall({CALL})",
}  # fmt: skip
NEED_A_SANDBOX = {"reads_another_s_file", "reads_the_course", "writes_results"}

FORGED = """
import json, os, struct
value = {"value": {"is": True}}
text = json.dumps({"status": "pass", "score": 3, "tries": [value] * 7}).encode()
for number in range(3, 64):
    try:
        os.write(number, struct.pack("!II", len(text), 0) + text)
    except OSError:
        pass
return Q, K
"""
ALWAYS_EQUAL = """
class Right:
    shape = property(lambda self: Q.shape)
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __bool__ = lambda *args: True
    __sub__ = __rsub__ = __abs__ = lambda self, *args: 0.0
    __float__ = lambda self: 8.0
return Right(), Right()
"""


def attack(lines):
    """A change of a notebook: attention begins with these lines."""

    def change(notebook):
        rest = RIGHT.partition("\n")[2].replace("    ", "", 1).replace("\n    ", "\n")
        answer(notebook, "attention", body("attention", f"{lines.strip()}\n{rest}"))

    return change


def secretive(notebook):
    """All right, and with a line that must not get about."""
    notebook.cells.append(nbformat.v4.new_code_cell(SECRET))


def number_that_equals_all(notebook):
    """A prediction that says yes to every comparison."""
    lines = body("attention", ALWAYS_EQUAL).replace("def attention(Q, K, V)", "def made()").replace("Q.shape", "()")
    answer(notebook, "score_spread", f"{lines}\nscore_spread = made()[0]")


def half_a_letter(notebook):
    """Python takes it, UTF-8 does not."""
    answer(notebook, "attention", body("attention", "return '\ud800'"))


def other_lesson(notebook):
    notebook.update(solved("01_queries_keys_values"))


def two_hundred_megabytes(notebook):
    output = nbformat.v4.new_output("stream", text="x" * 200_000_000)
    next(cell for cell in notebook.cells if cell.cell_type == "code").outputs = [output]


def files(folder, sandbox, **places):
    """Hand them all in, without what only a sandbox withstands if there is none. Returns {student: lost}.

    places: other, package, results (paths) and port, for the attacks.
    """
    lost = {}

    def add(student, change, costs):
        hand_in(folder / f"{student}.ipynb", change)
        lost[student] = costs

    for name, lines in ATTACKS.items():
        if sandbox or name not in NEED_A_SANDBOX:
            add(name, attack(lines.format(**places)), {"attention"})
    add("forged_reply", attack(FORGED), {"attention"})
    add("always_equal", attack(ALWAYS_EQUAL), {"attention"})
    add("number_that_equals_all", number_that_equals_all, {"score_spread"})
    add("half_a_letter", half_a_letter, {"attention"})
    add("other_lesson", other_lesson, EVERYTHING)
    add("two_hundred_megabytes", two_hundred_megabytes, set())
    add("secretive", secretive, set())
    return lost | _odd_files(folder)


def _odd_files(folder):
    (folder / "not_json.ipynb").write_text("softmax = 1", encoding="utf-8")
    (folder / "no_cells.ipynb").write_text(json.dumps({"cells": 3}), encoding="utf-8")
    (folder / "empty.ipynb").write_bytes(b"")
    (folder / "link.ipynb").symlink_to(folder / "secretive.ipynb")
    hand_in(folder / "Zoë Müller-Groß_02_softmax_attention (1).ipynb")
    for name, seconds in (("draft", 1e9), ("final", 2e9)):
        hand_in(folder / "twice" / f"{name}.ipynb")
        os.utime(folder / "twice" / f"{name}.ipynb", (seconds, seconds))
    nothing = dict.fromkeys(("not_json", "no_cells", "empty", "link"), EVERYTHING)
    return nothing | {"Zoë Müller-Groß": set(), "twice": set()}
