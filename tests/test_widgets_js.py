"""Promise: each widget's JavaScript does what its tests say; its module stands alone, without imports or downloads."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from javascript import evaluate, node

import course_utils.widgets
from course_utils.widgets.base import CourseWidget

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))
FETCHED = re.compile(r"^\s*import\b.*|@import.*|\bimport\(.*|\bfetch\(.*|https?://(?!www\.w3\.org/2000/svg).*", re.M)
for found in pkgutil.iter_modules(course_utils.widgets.__path__):
    importlib.import_module(f"course_utils.widgets.{found.name}")
WIDGETS = [widget for widget in CourseWidget.__subclasses__() if "_esm" in vars(widget)]


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_javascript(file):
    node("--test", str(file))


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_module_stands_alone(widget):
    assert evaluate(str(widget._esm).replace("export default", "const widget ="), "typeof widget.render") == "function"
    assert FETCHED.findall(str(widget._esm)) == FETCHED.findall(str(widget._css)) == []
