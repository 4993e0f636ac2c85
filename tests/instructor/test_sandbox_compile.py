"""Promise: an answer that is handed to torch.compile is graded like any other, though nothing is compiled inside."""

import os

import pytest
from example_class import answer, body, fair, hand_in

from course_utils.instructor import results
from course_utils.instructor.__main__ import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("warm_sandboxes"),
    pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew"),
]
RIGHT = "weights = softmax(Q @ K.transpose(-2, -1) / math.sqrt(K.shape[-1]))\nreturn weights @ V, weights"
WRONG = RIGHT.replace(" / math.sqrt(K.shape[-1])", "")
FORMS = {
    "decorated": "@torch.compile\n{}",
    "with_a_backend": "@torch.compile(backend='eager', fullgraph=True)\n{}",
    "afterwards": "{}\nattention = torch.compile(attention)",
    "imported": "from torch import compile as fast\n@fast\n{}",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compiled")
    for name, form in FORMS.items():
        for kind, lines in (("right", RIGHT), ("wrong", WRONG)):
            source = form.format(body("attention", lines))
            change = lambda notebook, source=source: answer(notebook, "attention", source)  # noqa: E731
            hand_in(folder / "submitted" / f"{name}_{kind}.ipynb", change)
    assert main(["grade", str(folder / "submitted"), "--out", str(folder / "out"), "--seed", "5"]) == 0
    return {one.student: one for one in results.read_all(folder / "out")}


@pytest.mark.parametrize("name", FORMS)
def test_it_gets_what_it_is_worth(graded, name):
    points = {kind: sum(mark.score or 0 for mark in graded[f"{name}_{kind}"].exercises) for kind in ("right", "wrong")}
    assert points == {"right": fair(set()), "wrong": fair({"attention"})}
    assert next(mark for mark in graded[f"{name}_wrong"].exercises if mark.name == "attention").mistake == "no scaling"
