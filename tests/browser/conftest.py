"""One JupyterLab and one browser for all browser tests, over a learner's copy of the lessons."""

import os
import shutil

import nbformat
import pytest
from lab import find_chromium, lab_in, open_browser
from quick_training import with_quick_training

import notebooks


@pytest.fixture(scope="package")
def browser():
    if not find_chromium():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium or Chrome is on the PATH: nothing was tried in a browser")
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def lab(browser, tmp_path_factory):
    copy = tmp_path_factory.mktemp("learner") / "notebooks"
    shutil.copytree(notebooks.LESSONS, copy)
    for path in copy.glob("[0-9]*.ipynb"):
        nbformat.write(with_quick_training(nbformat.read(path, as_version=4)), path)
    with lab_in(browser, copy) as lab:
        yield lab


@pytest.fixture(scope="module")
def lesson(lab, request):
    """The CELLS of a test file, run in a notebook of their own. At its end nothing may have gone wrong there."""
    name = request.module.__name__.removeprefix("test_").removesuffix("_in_browser").replace("_", "-")
    lesson = lab.open_cells(name, *request.module.CELLS)
    yield lesson
    wrong = [*lesson.errors(), *lab.problems]
    lesson.close()
    assert wrong == []
