"""Promise: the repository's address stands in one place, and Binder's small build is the course's own torch."""

import subprocess
from pathlib import Path

import links

ROOT = Path(__file__).parent.parent


def test_readme_has_the_links():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lesson = links.colab("01_queries_keys_values")
    for link in (links.website(), links.binder(), links.codespaces(), lesson, links.colab_cell()):
        assert link in readme


def test_nobody_else_knows_the_address():
    owner_and_name = links.repository().removeprefix("https://github.com/")
    search = ["git", "grep", "-l", owner_and_name]
    found = subprocess.run(search, cwd=ROOT, capture_output=True, text=True).stdout
    assert set(found.split()) <= {"README.md", "pyproject.toml"}


def test_the_lesson_that_is_opened_exists():
    assert links.binder().rpartition("/")[2] in {path.name for path in (ROOT / "notebooks").iterdir()}


def test_binder_has_the_pinned_torch():
    pinned = (ROOT / "requirements.txt").read_text().split()
    binder = (ROOT / "binder/requirements.txt").read_text().split()
    assert [line.replace("+cpu", "") in pinned for line in binder if line.startswith("torch==")] == [True]
