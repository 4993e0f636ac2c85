"""Promise: every lesson can be solved. With the references filled in, every check passes and every cell runs."""

import pytest
from solved_lessons import LESSONS, solved

import notebooks

lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@lessons
def test_every_check_passes(path):
    cells, _, _ = solved(path)
    checks = [cell for cell in cells if "check" in cell.metadata.get("course", {})]
    said = [cell.outputs[-1].data["text/plain"] for cell in checks]
    assert said and all(line.startswith("✓") for line in said), said


@lessons
def test_stubs_and_questions_are_the_exercises_own(path):
    assert notebooks.disagreements(notebooks.read(path)) == []
