"""Promise: no notebook stops `grade` or `report`: no bytes, no code, no name, no message, no depth, no size."""

import json
import time

import pytest
from example_results import graded, small_class, text, write_class, wrong
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.instructor.__main__ import main
from course_utils.instructor.report import similar_code
from course_utils.instructor.sandbox.inside.notebook.cells import NoNotebook, read_cells
from course_utils.instructor.sandbox.inside.notebook.notebook import Notebook

pytestmark = pytest.mark.slow
NAMES = ["softmax", "attention", "softmax_shift"]
ESSAYS = {"why_scale": ("Why is it *divided*?", "*Your answer: double-click here and write.*")}
ANY_TEXT = st.text(st.characters(), max_size=200)  # halves of letters too
WORDS = [
    *"():=,.!?#@*%\"[{\\\t\n\0", "def ", "softmax", "attention", "check", "==", "...", "    ", "'''",
    "%%writefile", " a.py", "import ", "from ", "lambda", "exec", "```", "f'",
]  # fmt: skip
CODE = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=30,
)
SOURCE = CODE | ANY_TEXT | st.lists(CODE, max_size=3)
CELL = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw", "odd"]), "source": SOURCE},
    optional={"metadata": JSON, "id": JSON, "input": JSON, "outputs": JSON},
)
ODD = {
    "a sum": "x = " + "+".join("1" * 900),
    "a long sum": "x = " + "+".join("1" * 20_000),
    "minus": "x = " + "-" * 5000 + "1",
    "dots": "x = y" + ".a" * 5000,
    "brackets": "x = " + "[" * 5000,
    "closed": "x = " + "(" * 150 + ")" * 150,
    "lambdas": "x = " + "lambda: " * 3000 + "1",
    "ors": "x = " + "a or " * 20_000 + "a",
    "conditions": "x = " + "1 if 1 else " * 3000 + "1",
    "nested ifs": "".join(f"{' ' * i}if x:\n" for i in range(95)) + " " * 95 + "x",
    "stairs": "\n".join(" " * i + "x" for i in range(2000)),
    "decorators": "@a\n" * 3000 + "def f(): pass",
    "at signs": "@\n" * 50_000 + "x",
    "spaces": " " * 200_000 + "x",
    "spaces and a sign": "x" + " " * 200_000 + "!",
    "lines": "\n" * 200_000 + "x = = 1",
    "equals": "= " * 100_000,
    "colons": "x:" * 100_000,
    "questions": "? " * 100_000,
    "percents": "% " * 100_000,
    "quotes": "'" * 100_001,
    "backslashes": "x = \\\n" * 20_000,
    "form feeds": "\x0c" * 10_000,
    "fences": "```\n" * 50_000,
    "f-string": "f'" + "{" * 3000,
    "number": "x = " + "9" * 100_000,
    "one word": "x" * 1_000_000,
    "names": "\n".join(f"a{i} = a{i + 1}" for i in range(20_000)),
    "written": "%%writefile a.py\n" + "(" * 100_000,
    "null": "x = '\0'",
    "half a letter": "x = '\ud800'",
}


def notebook_of(cells):
    return json.dumps({"cells": cells, "metadata": {"course": {"student": "Ada"}}, "nbformat": 4}).encode()


def overview(data):
    """What the grader is told of a notebook, as it is sent."""
    return json.dumps(Notebook(data).overview(NAMES, ESSAYS))


@given(st.binary(max_size=300))
def test_any_bytes(data):
    try:
        read_cells(data)
    except NoNotebook as why:
        assert str(why).endswith(".")


@given(JSON)
def test_any_json(content):
    try:
        Notebook(json.dumps(content).encode()).overview(NAMES, ESSAYS)
    except NoNotebook as why:
        assert str(why).endswith(".")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CELL, max_size=6))
def test_any_cells(cells):
    assert "answers" in overview(notebook_of(cells))


@pytest.mark.parametrize("kind", ["code", "markdown"])
@pytest.mark.parametrize("name", ODD)
def test_no_code_stops_the_reading_of_the_rest(name, kind):
    right = {"cell_type": "code", "source": "def softmax(scores):\n    return scores"}
    started = time.process_time()
    told = json.loads(overview(notebook_of([{"cell_type": kind, "source": ODD[name]}, right])))
    assert told["answers"]["softmax"]["tried"] == [right["source"]]
    assert time.process_time() - started < 20


@pytest.mark.parametrize("terms", [400, 900, 2500])
def test_what_python_itself_can_run_is_found(terms):
    source = f"def softmax(scores):\n    x = {'+'.join('1' * terms)}\n    return x"
    notebook = Notebook(notebook_of([{"cell_type": "code", "source": source}]))
    notebook.expect(["softmax"])
    assert notebook.value("softmax", 0)(None) == terms


def report(folder, class_):
    """The exit status, and that every page is there."""
    write_class(folder, class_)
    status = main(["report", str(folder)])
    assert len(list((folder / "report/feedback").iterdir())) == len({one.student for one in class_})
    assert (folder / "report/class.html").exists() and (folder / "report/gradebook.csv").exists()
    return status


@pytest.mark.parametrize("name", ODD)
def test_no_answer_stops_the_report(tmp_path, name):
    answer = ODD[name][:20_000]
    class_ = [graded(student, wrong("softmax", "axis 1", answer), text(answer)) for student in ("Ada", "Bob")]
    started = time.process_time()
    assert report(tmp_path / "out", class_) in (0, 1)
    assert time.process_time() - started < 20


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(student=ANY_TEXT, answer=CODE | ANY_TEXT, message=ANY_TEXT, flag=ANY_TEXT, file=ANY_TEXT)
def test_no_name_and_no_message_stops_the_report(tmp_path_factory, student, answer, message, flag, file):
    mark = wrong("softmax", "axis 1", answer)
    mark.message = message
    odd = graded(student, mark, text(answer), flags=[flag], submission=file, problem=message, missing=[flag])
    assert report(tmp_path_factory.mktemp("fuzz"), [*small_class(), odd]) == 1


@given(CODE | ANY_TEXT)
def test_any_two_codes_can_be_compared(source):
    assert similar_code._bare(source) == similar_code._bare(source)
