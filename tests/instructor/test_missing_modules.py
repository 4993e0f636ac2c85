"""Promise: a module that is missing is said once for the class; once it is installed, it is graded again."""

import sys

import pytest
from example_class import LESSON, RIGHT, answer, fair, hand_in
from example_results import graded, right

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.grade import worker_pool
from course_utils.instructor.report.class_page import class_page, missing_modules

pytestmark = pytest.mark.usefixtures("warm_sandboxes")


def needs_it(notebook):
    answer(notebook, "attention", "import not_there\n\n\n" + RIGHT.replace("V):", "V):\n    not_there.count(Q)", 1))


def test_it_is_said_once_for_the_class():
    class_ = [graded(f"s{i}", right("softmax"), missing=["tqdm"]) for i in range(3)]
    class_ += [graded("z", right("softmax"), missing=["einops", "tqdm"])]
    first, second = missing_modules(class_)
    assert first.startswith("4 notebooks need tqdm, which was not there")
    assert second.startswith("1 notebook needs einops")
    assert class_page(class_).count("need tqdm") == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="without fork every submission starts Python anew")
def test_once_it_is_there_it_is_graded_again(tmp_path, monkeypatch, capsys):
    hand_in(tmp_path / "in" / "ada" / f"{LESSON}.ipynb", needs_it)
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--seed", "1", "--workers", "1"]
    assert main(command) == 0
    (one,) = results.read_all(tmp_path / "out")
    assert sum(mark.score or 0 for mark in one.exercises) == fair({"attention"}) and one.missing == ["not_there"]
    main(["report", str(tmp_path / "out")])
    assert "1 notebook needs not_there" in capsys.readouterr().out
    again = []
    monkeypatch.setattr(worker_pool, "grade", lambda submission, *more: again.append(submission.student) or one)
    assert main(command) == 0 and again == []
    monkeypatch.setattr(worker_pool.importlib.util, "find_spec", lambda name: name == "not_there" or None)
    assert main(command) == 0 and again == ["ada"]


@pytest.mark.parametrize("name", ["", ".", "a.b", "__main__", "x" * 5000, "no such", "\ud800"])
def test_no_name_of_a_module_stops_it(name):
    assert worker_pool._is_installed(name) in (True, False)
