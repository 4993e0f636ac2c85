"""Promise: what is collected for grading is each learner's own plain notebook, and the time that it came."""

import os
import time

import collect
import pytest
from example_class import LESSON, hand_in

from course_utils.instructor.submissions.submission import collected_by_nbgrader, handed_in

FILE = f"{LESSON}.ipynb"


@pytest.fixture
def learners(tmp_path):
    """(the folder with everybody's, where it is collected), Ann's and Bo's notebook in it."""
    for name in ("ann", "bo"):
        hand_in(tmp_path / "hand-in" / name / FILE)
    return tmp_path / "hand-in", tmp_path / "submitted"


def test_each_is_graded_as_its_learners(learners):
    hand_in(learners[0] / "ann" / f"{LESSON}-Copy1.ipynb")
    hand_in(learners[0] / "bo" / "my homework.ipynb")
    assert collect.collect(*learners) == []
    found = handed_in([learners[1]]).submissions
    assert sorted((one.student, one.lesson or "") for one in found) == [
        ("ann", LESSON), ("ann", LESSON), ("bo", ""), ("bo", LESSON)
    ]  # fmt: skip


def test_the_time_cannot_be_set_back(learners):
    os.utime(learners[0] / "ann" / FILE, (0, 0))
    collect.collect(*learners)
    copy = learners[1] / "ann" / LESSON / FILE
    assert abs(collected_by_nbgrader(copy) - time.time()) < 60
    assert collected_by_nbgrader(copy) == pytest.approx(copy.stat().st_mtime, abs=1e-3)


def test_a_link_is_not_followed(learners):
    ann, bo = (learners[0] / name for name in ("ann", "bo"))
    (ann / "bos.ipynb").symlink_to(bo / FILE)
    (ann / "folder.ipynb").symlink_to(bo)
    assert collect.collect(*learners) == [f"ann/{name}.ipynb is not taken: a link." for name in ("bos", "folder")]
    assert len(list(learners[1].rglob("*.ipynb"))) == 2


def test_what_is_no_notebook_is_named_and_keeps_nobody_waiting(learners, monkeypatch):
    monkeypatch.setattr(collect, "LARGEST", 10_000_000)
    ann = learners[0] / "ann"
    (ann / "essay.docx").write_text("Word")
    (ann / "folder.ipynb").mkdir()
    os.mkfifo(ann / "pipe.ipynb")
    with open(ann / "sparse.ipynb", "w") as file:
        file.truncate(collect.LARGEST + 1)
    (ann / ".ipynb_checkpoints").mkdir()
    said = {"essay.docx": "no notebook", "folder.ipynb": "Is a directory", "pipe.ipynb": "no plain file"}
    said["sparse.ipynb"] = "too large"
    assert collect.collect(*learners) == [f"ann/{name} is not taken: {why}." for name, why in said.items()]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give a file away")
def test_anothers_file_is_not_taken(learners):
    os.chown(learners[0] / "ann" / FILE, 52001, 52001)
    assert collect.collect(*learners) == [f"ann/{FILE} is not taken: another person's file."]
