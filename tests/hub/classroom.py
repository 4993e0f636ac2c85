"""What a class does at the hub with lesson 02, and what an instructor does with what it has handed in."""

import csv
import subprocess
import sys
from pathlib import Path

import example_class
from learner import Learner
from links import hub_link

from course_utils.instructor.__main__ import main

LESSON = example_class.LESSON
COLLECT = Path(__file__).parents[2] / "deploy/collect.py"
# What the learners answer, in turn: right, clumsy and wrong, and nothing that hurts a kernel.
CHANGES = [
    example_class.all_right, example_class.half, example_class.library_call, example_class.untouched,
    example_class.in_a_new_cell, example_class.reference_called, example_class.check_deleted,
    example_class.made_by_exec, example_class.library_call_refused, example_class.syntax_error,
]  # fmt: skip


def link_to_lesson(hub):
    """The nbgitpuller link that an instructor would give out."""
    return hub_link(hub.url, f"notebooks/{LESSON}.ipynb", hub.repository)


def come_in(hub, number):
    """(the Learner of this number, who has logged in and pulled; the path of the lesson that has opened)."""
    learner = Learner(hub.url, name_of(number))
    assert learner.log_in(f"secret of {learner.name}") == 302
    return learner, learner.pull(link_to_lesson(hub))


def name_of(number):
    return f"learner{number:02}"


def change_of(number):
    """What this learner does with a notebook in which everything is right."""
    return CHANGES[number % len(CHANGES)]


def makes_errors(number):
    """Does a cell of theirs end with an error? A wrong answer does not: the lesson goes on."""
    return change_of(number) is example_class.syntax_error


def answered(notebook, number):
    """The notebook that was pulled, with this learner's answers."""
    example_class.filled_in(notebook)
    change_of(number)(notebook)
    return notebook


def run_all(kernel, notebook):
    """Run it top to bottom, its outputs put into it. Returns the names of the errors."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = kernel.run(cell.source)
    outputs = (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)
    return [output.ename for output in outputs if output.output_type == "error"]


def totals(hub, folder, count):
    """{learner: points without the text}, after the commands of deploy/README.md."""
    done = subprocess.run([sys.executable, COLLECT, hub.hand_in, folder / "submitted"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (folder / "class.csv").write_text("login\n" + "".join(f"{name_of(number)}\n" for number in range(count)))
    listed = ["--students", str(folder / "class.csv")]
    assert main(["grade", str(folder / "submitted"), "--out", str(folder / "results"), "--seed", "90731", *listed]) == 0
    assert main(["report", str(folder / "results"), *listed]) == 0
    with open(folder / "results/report/gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: float(row["total"]) for row in csv.DictReader(file)}, done.stderr


def fair_totals(count):
    """What a person would give them."""
    return {name_of(n): example_class.fair(example_class.LOST[change_of(n)]) for n in range(count)}
