"""Promise: a run that was stopped goes on where it was, and only what has changed is graded again."""

import io
import os
import signal
import subprocess
import sys
import time

import pytest
from example_class import LESSON, all_right, endless_loop, fair, half, hand_in

from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.grade.progress import Progress

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]
COUNT = 6


@pytest.fixture
def submitted(tmp_path):
    for number in range(COUNT):
        hand_in(tmp_path / "submitted" / f"s{number}.ipynb", half if number % 2 else all_right)
    return tmp_path / "submitted"


def command(submitted, out, seed=1):
    return ["grade", str(submitted), "--out", str(out), "--seed", str(seed), "--workers", "1"]


def written(out):
    """{file: when it was written}."""
    return {path.name: path.stat().st_mtime_ns for path in out.iterdir()}


def scores(out):
    return {one.student: sum(mark.score or 0 for mark in one.exercises) for one in results.read_all(out)}


def test_stopped_by_ctrl_c_and_taken_up_again(submitted, tmp_path):
    out, again = tmp_path / "results", [*command(submitted, tmp_path / "results"), "--seconds", "2"]
    hand_in(submitted / "slow.ipynb", endless_loop)  # the last of them, so that there is time to stop
    arguments = [sys.executable, "-m", "course_utils.instructor", *again]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, preexec_fn=listen_to_ctrl_c) as grader:
        while grader.poll() is None and not list(out.glob("*.json")):
            time.sleep(0.02)
        grader.send_signal(signal.SIGINT)
        said = grader.communicate()[1]
    kept = written(out)
    assert grader.returncode == 130 and 0 < len(kept) <= COUNT
    assert "stopped; the same command goes on from here" in said and "Traceback" not in said
    assert main(again) == 0
    assert kept.items() <= written(out).items()
    alike = {f"s{number}": fair({"attention"} if number % 2 else {}) for number in range(COUNT)}
    assert scores(out) == {**alike, "slow": fair({"attention"})}


def listen_to_ctrl_c():
    signal.signal(signal.SIGINT, signal.default_int_handler)  # background jobs of a shell ignore it


def test_an_edited_notebook_is_graded_again_and_with_another_seed_everything(submitted, tmp_path):
    out = tmp_path / "results"
    assert main(command(submitted, out)) == 0
    before = written(out)
    hand_in(submitted / "s1.ipynb", all_right)
    assert main(command(submitted, out)) == 0
    then = written(out)
    assert {file.partition(".")[0] for file in then if before[file] != then[file]} == {"s1"}
    assert scores(out)["s1"] == fair(set())
    assert main(command(submitted, out, seed=2)) == 0
    assert all(written(out)[file] != when for file, when in then.items())


def test_a_name_that_is_not_in_the_class_is_flagged(submitted, tmp_path):
    (tmp_path / "class.csv").write_text("student\nS0\ns1\n", encoding="utf-8")
    assert main([*command(submitted, tmp_path / "out"), "--students", str(tmp_path / "class.csv")]) == 0
    flagged = {one.student for one in results.read_all(tmp_path / "out") if one.flags}
    assert flagged == {f"s{number}" for number in range(2, COUNT)}


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("nowhere", [], "There is no"),
        ("submitted", ["--lesson", "77"], "There is no lesson '77'"),
        ("submitted", ["--students", "nowhere.csv"], "cannot be read"),
    ],
)
def test_a_wrong_use_gets_one_sentence(submitted, tmp_path, capsys, name, more, told):
    assert main([*command(tmp_path / name, tmp_path / "out"), *more]) == 2
    said = capsys.readouterr().err.strip()
    assert told in said and "\n" not in said
    assert not (tmp_path / "out").exists()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_a_bar():
    progress = Progress(total=2, already=0, stream=Terminal())
    bars = [progress.stream.getvalue().count("█")]
    for _ in range(2):
        progress.step(results.Graded("Ada", "a.ipynb", "", LESSON))
        bars.append(progress.stream.getvalue().rpartition("\r")[2].count("█"))
    assert bars == [0, 15, 30]


def test_progress_says_how_far_it_is_and_what_is_left(capsys):
    progress = Progress(total=4, already=1)
    progress.step(results.Graded("Ada", "a.ipynb", "", LESSON, problem="The file is empty."))
    progress.end("results in out")
    assert capsys.readouterr().err == "2 of 4 graded (1 of them before), 1 could not be graded: results in out.\n"
