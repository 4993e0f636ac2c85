"""Promise: who leaves to the library what is to be written is flagged, also where running code cannot be watched."""

import json
import os

import pytest
from example_class import answer
from odd_answers import lean

from course_utils.exercises import exercise
from course_utils.instructor import results
from course_utils.instructor.__main__ import main
from course_utils.instructor.grade.library_calls import shortcuts

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("warm_sandboxes")]
OWN = "exps = (scores - scores.max(-1, keepdim=True).values).exp()\nreturn exps / exps.sum(-1, keepdim=True)"
SNEAKY = {
    "log": "return scores.log_softmax(-1).exp()",
    "aten": "return torch.ops.aten._softmax.default(scores, -1, False)",
    "unwatched": "with torch._C.DisableTorchFunction():\n    return scores.softmax(-1)",
    "pool": "from concurrent.futures import ThreadPoolExecutor\n"
    "return ThreadPoolExecutor(1).submit(torch.Tensor.softmax, scores, -1).result()",
    "looked_up": 'return getattr(torch.nn, "LogSoftmax")(-1)(scores).exp()',
    "helper": "return helper(scores)",
}
HONEST = {
    "plain": OWN,
    "says_so": f'"""My softmax, without torch.softmax."""\n# F.softmax would do it\n{OWN}',
    "own_helper": "return my_softmax(scores)",
}
HELPERS = f"""def helper(x):
    return torch.nn.functional.log_softmax(x, -1).exp()


def my_softmax(scores):
    {OWN}
""".replace("\nreturn", "\n    return")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shortcuts")
    (folder / "in").mkdir()
    for student, body in (SNEAKY | HONEST).items():
        notebook = lean()
        lines = body.replace("\n", "\n    ")
        answer(notebook, "softmax", f"{HELPERS}\n\n\ndef softmax(scores):\n    {lines}")
        (folder / "in" / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert main(["grade", str(folder / "in"), "--out", str(folder / "out"), "--seed", "3"]) == 0
    return {one.student: one for one in results.read_all(folder / "out")}


@pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew")
@pytest.mark.parametrize("student", SNEAKY)
def test_a_shortcut_is_flagged_or_refused(graded, student):
    mark = next(mark for mark in graded[student].exercises if mark.name == "softmax")
    flagged = any(flag.startswith("softmax: its source names") for flag in graded[student].flags)
    assert flagged or mark.mistake == "library call"


@pytest.mark.skipif(os.name != "posix", reason="without fork every submission starts Python anew")
@pytest.mark.parametrize("student", HONEST)
def test_who_has_written_it_is_not(graded, student):
    assert graded[student].flags == [] and not [m for m in graded[student].exercises if m.score == 0]


@pytest.mark.parametrize(
    ("name", "uses", "seen"),
    [
        ("softmax", ["Softmax", "log_softmax", "max", "exp", "_softmax"], ["Softmax", "log_softmax", "_softmax"]),
        ("layer_norm", ["LayerNorm", "norm", "mean", "native_layer_norm"], ["LayerNorm", "native_layer_norm"]),
        ("multi_head_attention", ["MultiheadAttention", "attention", "head"], ["MultiheadAttention"]),
        ("attention", ["softmax", "scaled_dot_product_attention", "Thread"], []),  # it may
        ("softmax_shift", ["softmax"], []),
    ],
)
def test_which_names_are_seen(name, uses, seen):
    assert shortcuts(exercise(name), uses) == seen
