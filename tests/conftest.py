"""The website, built once from the stored notebooks for all tests that look at its pages."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder with the pages."""
    if not (ROOT / "node_modules/katex").is_dir() or not shutil.which("node"):
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("the website needs Node and `npm ci`")
    out = tmp_path_factory.mktemp("website")
    command = [sys.executable, str(ROOT / "website/build.py"), "--from-notebooks", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return out
