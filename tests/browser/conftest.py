"""One JupyterLab and one browser for all browser tests, over a learner's copy of the lessons."""

import os
import shutil

import pytest
from lab import find_chromium, open_lab

import notebooks


@pytest.fixture(scope="package")
def lab(tmp_path_factory):
    if not find_chromium():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("no Chromium or Chrome is on the PATH: the lessons were not tried in a browser")
    copy = tmp_path_factory.mktemp("learner") / "notebooks"
    shutil.copytree(notebooks.LESSONS, copy)
    with open_lab(copy) as lab:
        yield lab
