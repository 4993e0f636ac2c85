"""Pytest within a test: over notebooks of the test's own, with the course's conftest.py."""

import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent


def run_pytest(folder, *options):
    """Run all notebooks in the folder; gives the finished process, with what it printed."""
    shutil.copy(TESTS.parent / "conftest.py", folder)
    always = ["-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "-o", f"pythonpath={TESTS}"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *always, *options], cwd=folder, capture_output=True, text=True
    )
