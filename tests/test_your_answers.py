"""Promise: a lesson goes on with the reader's own answers of others, where they are right, and says whose it has."""

import json

import pytest
import torch

import notebooks
from course_utils.exercises import exercise, your_answers

HELPER = """def helper(scores):
    e = (scores - scores.amax(-1, keepdim=True)).exp()
    return e / e.sum(-1, keepdim=True)"""
CELLS = [
    "import math",
    "SCALE = 0.5",
    "raise SystemExit",
    "1 +",
    "torch.never_run()",
    "import torch",
    "def softmax(scores):\n    return helper(scores)",
    HELPER,
    "def attention(Q, K, V):\n    weights = softmax(Q @ K.mT * SCALE)\n    return weights @ V, weights",
]


@pytest.fixture
def folder(tmp_path):
    """A folder with lesson 02, in which softmax is right, by way of a helper, and attention wrong; and a broken 03."""
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in CELLS]
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": "no code"}, *cells]})
    (tmp_path / "02_softmax_attention.ipynb").write_text(text)
    (tmp_path / "03_multi_head.ipynb").write_text("{")
    return tmp_path


def test_right_ones_are_taken_and_others_are_the_courses(folder, capsys):
    softmax, attention, split_heads = your_answers("softmax", "attention", "split_heads", folder=folder)
    assert softmax.__module__ == "02_softmax_attention"
    assert attention is exercise("attention").reference and split_heads is exercise("split_heads").reference
    said = capsys.readouterr().out.splitlines()
    for line, whose in zip(said, ("yours", "not right yet", "no such notebook"), strict=True):
        assert whose in line
    torch.testing.assert_close(softmax(torch.tensor([[0.0, 1.0]])), torch.tensor([[0.0, 1.0]]).softmax(-1))


def test_a_right_one_uses_the_courses_own_of_what_is_missing(tmp_path):
    source = "def attention(Q, K, V):\n    w = softmax(Q @ K.mT / Q.shape[-1] ** 0.5)\n    return w @ V, w"
    stub = "def softmax(scores):\n    ..."
    cells = [{"cell_type": "code", "source": text} for text in (stub, source)]
    (tmp_path / "02_softmax_attention.ipynb").write_text(json.dumps({"cells": cells}))
    _, attention = your_answers("softmax", "attention", folder=tmp_path)
    assert attention.__module__ == "02_softmax_attention"


def test_solved_lessons_give_every_piece(tmp_path, capsys):
    wanted = ["softmax", "attention", "split_heads", "merge_heads", "masked_attention", "causal_mask", "layer_norm"]
    for path in notebooks.LESSONS.glob("0[2-7]_*.ipynb"):
        notebooks.write(notebooks.solve(notebooks.read(path)), tmp_path / path.name)
    your_answers(*wanted, folder=tmp_path)
    assert [line.split()[-1] for line in capsys.readouterr().out.splitlines()] == ["yours"] * len(wanted)
