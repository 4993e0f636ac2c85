"""Runs the real nbgrader on a course of our own, with its own SQLite gradebook."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat

from course_utils.instructor import lessons
from course_utils.instructor.__main__ import main
from course_utils.instructor.release.nbgrader_source import place

ESSAYS_TO_READ = """
select student_id, count(*) from grade
join submitted_notebook on grade.notebook_id = submitted_notebook.id
join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
where grade.needs_manual_grade group by student_id
"""


class Course:
    """A folder with source/, and what nbgrader makes of it."""

    def __init__(self, folder, lesson):
        self.folder, self.lesson = Path(folder), lesson

    def nbgrader(self, *arguments):
        """Run a command; AssertionError with what it said if it fails."""
        beside = str(Path(sys.executable).parent)  # nbgrader calls alembic by its name
        env = {**os.environ, "PATH": os.pathsep.join([beside, os.environ["PATH"]]), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-4000:]

    def release(self, seed, *more):
        """From our command line to the notebook that students get. more: arguments for `assign`.

        The experiments of the lesson, which nothing is asked about, are left out: nbgrader would run them.
        """
        assert main(["assign", self.lesson, "--out", str(self.folder), "--nbgrader", "--seed", str(seed), *more]) == 0
        path = place(self.lesson, self.folder)
        notebook = nbformat.read(path, as_version=4)
        imports = next(cell for cell in notebook.cells if cell.cell_type == "code")
        notebook.cells = [imports, *(cell for cell in notebook.cells if "course" in cell.metadata)]
        lessons.write(notebook, path)
        self.nbgrader("generate_assignment", self.lesson)

    def released(self):
        """The notebook that students get."""
        return nbformat.read(self.folder / "release" / self.lesson / f"{self.lesson}.ipynb", as_version=4)

    def submit(self, student, notebook):
        """Hand it in."""
        path = self.folder / "submitted" / student / self.lesson / f"{self.lesson}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")  # nbformat.write would mend the id of a copied cell

    def scores(self):
        """{student: points so far}, from `nbgrader export`."""
        self.nbgrader("export")
        with open(self.folder / "grades.csv", newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}

    def to_read(self):
        """{student: how many cells wait for a person}."""
        gradebook = sqlite3.connect(self.folder / "gradebook.db")
        try:
            return dict(gradebook.execute(ESSAYS_TO_READ).fetchall())
        finally:
            gradebook.close()

    def feedback(self, student):
        """The HTML page that nbgrader wrote."""
        return (self.folder / "feedback" / student / self.lesson / f"{self.lesson}.html").read_text(encoding="utf-8")
