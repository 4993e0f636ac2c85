"""Promise: every lesson has the same parts in the same places, and is stored as a learner should find it."""

import ast
import re

import pytest
from solved_lessons import LESSONS

import notebooks
from course_utils.exercises.engine import Choice, Essay, Exercise, Prediction

LINES_PER_CELL = 25
CELLS_WITHOUT_COMPARISON = 2  # tagged nbval-ignore-output: they print a time, or what else differs by nature
FORBIDDEN = ("sys.path", "pip install", "urlopen", "urlretrieve", "import requests", "wget", "curl ", "torch.hub")
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def lesson(path):
    return notebooks.read(path)


def code_cells(lesson):
    return [cell for cell in lesson.cells if cell.cell_type == "code"]


def prose(lesson):
    return "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")


def is_import(statement):
    return isinstance(statement, ast.Import | ast.ImportFrom)


def test_first_cell_promises(lesson, path):
    first = lesson.cells[0].source
    assert re.match(rf"# {path.stem[:2]} · \S.*\n\n\S", first), "title, then one sentence of promise"
    aims = re.search(r"\*\*You will be able to\*\*:?\n((?:\n?[*-] .*)+)", first)
    assert aims and len(re.findall(r"^[*-] ", aims[1], re.MULTILINE)) == 3, "three verbs"
    assert "**Before this**" in first and re.search(r"\*\*Time\*\*.*\d+ min", first)


def test_all_imports_stand_in_the_second_cell(lesson):
    """With them may stand only how many digits torch prints."""
    assert lesson.cells[1].cell_type == "code"
    first, *others = [ast.parse(cell.source) for cell in code_cells(lesson)]
    rest = [ast.unparse(statement) for statement in first.body if not is_import(statement)]
    assert [statement for statement in rest if not statement.startswith("torch.set_printoptions(")] == []
    assert [ast.unparse(node) for cell in others for node in ast.walk(cell) if is_import(node)] == []


def test_cells_are_short(lesson):
    assert [cell.source for cell in code_cells(lesson) if len(cell.source.splitlines()) > LINES_PER_CELL] == []


def test_asks_in_four_ways(lesson):
    asked = {type(asked) for _, _, asked in notebooks.marked_cells(lesson)}
    assert asked == {Exercise, Prediction, Choice, Essay}


def test_shows_a_mistake_and_ends_with_a_recap(lesson):
    assert re.search(r"^##+ .*Where it goes wrong", prose(lesson), re.MULTILINE)
    last = lesson.cells[-1].source
    assert last.startswith("## Recap") and last.count("?") >= 2, "one line per aim, two open questions"


def test_leads_to_the_next_lesson(lesson, path):
    following = path.parent.glob(f"{int(path.stem[:2]) + 1:02}_*.ipynb")
    assert [other.name for other in following if f"({other.name})" not in lesson.cells[-1].source] == []


def test_links_and_pictures_are_there(lesson, path):
    targets = [target for _, target in MARKDOWN_IMAGE.findall(prose(lesson))]
    assert not [target for target in targets if re.match(r"\w+:", target)], "no remote picture"
    targets += [link for link in re.findall(r"\]\(([^)#]+)\)", prose(lesson)) if not re.match(r"\w+:", link)]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_picture_has_words(lesson):
    outputs = [output.get("data", {}) for cell in code_cells(lesson) for output in cell.outputs]
    tags = IMAGE_TAG.findall(prose(lesson) + "".join(data.get("text/html", "") for data in outputs))
    assert [tag[:200] for tag in tags if not re.search(r"""alt=(["']).*?\w.*?\1""", tag)] == []
    assert [target for words, target in MARKDOWN_IMAGE.findall(prose(lesson)) if not words.strip()] == []
    pictures = [data for data in outputs if "image/png" in data or "<img" in data.get("text/html", "")]
    words = [data.get("text/plain", "").strip() for data in pictures]
    assert [text for text in words if not text or text.startswith("<Figure")] == []


def test_was_run_once_from_top_to_bottom(lesson):
    counts = [cell.execution_count for cell in code_cells(lesson)]
    assert counts == list(range(1, len(counts) + 1))
    assert not [cell.source for cell in code_cells(lesson) for out in cell.outputs if out.output_type == "error"]
    assert "widgets" not in lesson.metadata, "GitHub refuses such notebooks"


def test_nothing_is_solved(lesson):
    checks = [cell for cell in code_cells(lesson) if "check" in cell.metadata.get("course", {})]
    said = [cell.outputs[-1].data["text/plain"] for cell in checks]
    assert said and all(re.match(r"○ \w+: not (started|answered yet)", line) for line in said), said


def test_nothing_is_fetched(lesson):
    assert [word for word in FORBIDDEN for cell in code_cells(lesson) if word in cell.source] == []


def test_few_cells_escape_comparison(lesson):
    escaped = [cell for cell in code_cells(lesson) if "nbval-ignore-output" in cell.metadata.get("tags", [])]
    assert len(escaped) <= CELLS_WITHOUT_COMPARISON
    assert "NBVAL_" not in "".join(cell.source for cell in code_cells(lesson))
    assert "nbval-skip" not in str([cell.metadata for cell in lesson.cells])
