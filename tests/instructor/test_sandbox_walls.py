"""Promise: in the sandbox there is what Python needs and no more, wherever the class and the course lie."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sandboxes import BWRAP, WHY_NOT

from course_utils.instructor.sandbox import bubblewrap, image

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not BWRAP, reason=f"isolation is not tested: {WHY_NOT}")]


def inside(source, hidden=(), shown=()):
    """What a program without any lock of its own, which prints JSON, finds in there."""
    command = [*bubblewrap.walls(BWRAP, hidden, shown), "-I", "-S", "-c", f"import json, os, sys\n{source}"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def is_there(path, **more):
    return inside(f"print(json.dumps(os.path.exists({str(path)!r})))", **more)


def files_in(folder, hidden):
    return inside(f"print(json.dumps([file for *_, files in os.walk({str(folder)!r}) for file in files]))", hidden)


@pytest.fixture(params=["below the environment", "beside its libraries", "among its libraries", "below /usr"])
def place(request):
    """A new folder where Python or the system has its own."""
    above = {
        "below the environment": Path(sys.prefix, "src"),
        "beside its libraries": Path(sys.prefix, "lib", "class of mine"),
        "among its libraries": bubblewrap.libraries()[0],
        "below /usr": Path("/usr/lib"),
    }[request.param]
    new = not above.exists()
    try:
        above.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=above))
    except OSError:
        pytest.skip(f"nothing can be put into {above}")
    yield folder
    shutil.rmtree(above if new else folder)


@pytest.fixture
def class_folder(place):
    for name in ("submitted/anna.ipynb", "results/anna.json", "class.csv"):
        (place / "class" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "class" / name).write_text("secret", encoding="utf-8")
    return place / "class"


@pytest.mark.parametrize("given", ["submitted", "submitted/anna.ipynb results", "results class.csv"])
def test_no_class_is_there(class_folder, given):
    hidden = image.around([class_folder / name for name in given.split()])
    assert files_in(class_folder, hidden) == []
    assert inside("import ctypes; print(json.dumps(True))", hidden=hidden)  # Python is still whole


def test_a_link_does_not_lead_to_it(class_folder, tmp_path):
    (tmp_path / "link").symlink_to(class_folder)
    hidden = image.around([tmp_path / "link" / "submitted"])
    for path in (class_folder / "submitted/anna.ipynb", tmp_path / "link/submitted/anna.ipynb"):
        assert not is_there(path, hidden=hidden)


def test_no_course_is_there_if_it_is_installed_below_the_environment(place, monkeypatch):
    """As `pip install -e git+…` puts it, into src, or as a copy of the repository among the libraries."""
    for name in ("course_utils/model/attention.py", "notebooks/01.ipynb", "tests/right_answers/lesson_02.py", ".git/a"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("secret", encoding="utf-8")
    monkeypatch.setattr(image, "PACKAGE", place / "course_utils")
    assert files_in(place, image._course()) == []


def test_this_course_is_not_there():
    for path in (image.PACKAGE / "model", image.PACKAGE.parent / "notebooks", image.PACKAGE.parent / "tests"):
        assert not is_there(path, hidden=image._course())


@pytest.mark.parametrize("path", ["/home", "/root", "/etc/passwd", "/usr/bin", "/usr/share", "/usr/src", "/sys"])
def test_nothing_of_the_machine_is_there(path):
    if any(folder.is_relative_to(path) for folder in bubblewrap.visible()):
        pytest.skip("Python lies below it")
    assert not is_there(path)


WRITABLE = """
found = []
for folder, folders, files in os.walk("/"):
    if folder.startswith("/proc") or folder.count("/") > 3:
        folders[:] = []
        continue
    try:
        os.mkdir(os.path.join(folder, "new"))
        found.append(folder)
    except OSError:
        pass
for path in ("/proc/sys/kernel/core_pattern", "/proc/self/oom_score_adj", "/proc/1/oom_score_adj", "/proc/self/comm"):
    try:
        os.close(os.open(path, os.O_WRONLY))
        found.append(path)
    except OSError:
        pass
print(json.dumps(found))
"""


def test_nothing_can_be_written(class_folder):
    assert inside(WRITABLE, hidden=image.around([class_folder])) == []


def test_it_would_be_found(tmp_path):
    assert is_there(tmp_path, shown=[(tmp_path, str(tmp_path))])
    assert os.access(tmp_path, os.W_OK)
