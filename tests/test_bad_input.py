"""Promise: bad input shows one sentence and the reader's own line, never a traceback from inside course_utils."""

import numpy as np
import pytest
import torch

from course_utils.data import embed
from course_utils.errors import InputError
from course_utils.plots import heatmap, show
from course_utils.training import train
from course_utils.widgets import AttentionView, MatrixPipeline, QueryPlane

X, W = np.eye(3), np.ones((3, 2))
NAN = np.full((3, 3), np.nan)


@pytest.mark.parametrize(
    "call",
    [
        lambda: embed(""),
        lambda: embed("cat " * 500),
        lambda: embed("the 😀 sat"),
        lambda: embed("<img src=x onerror=alert(1)>"),
        lambda: embed(7),
        lambda: AttentionView(X, X[:, :2]),
        lambda: AttentionView(NAN, X),
        lambda: AttentionView(X, X, tokens="cat " * 500),
        lambda: AttentionView(X, X, tokens=""),
        lambda: AttentionView([["a", "b"]], X),
        lambda: AttentionView(X, X, temperature=-1),
        lambda: MatrixPipeline(NAN, W, W, W),
        lambda: MatrixPipeline(X, W[:2], W, W),
        lambda: MatrixPipeline([["one"]], W, W, W),
        lambda: MatrixPipeline(np.zeros((500, 3)), W, W, W),
        lambda: QueryPlane(X, ["a", "b", "c"]),
        lambda: QueryPlane(X[:, :2], ["a"]),
        lambda: QueryPlane(X[:, :2], q=("left", 0)),
        lambda: heatmap([[2.0]]),
        lambda: show(heatmap([[1.0]]), ""),
        lambda: train([torch.ones(1, requires_grad=True)], iter([]), lambda model, batch: model[0].sum(), 1),
    ],
)
def test_one_sentence_and_the_readers_line(call):
    with pytest.raises(InputError) as raised:
        call()
    *where, sentence = raised.value._render_traceback_()
    assert all("test_bad_input" not in line and "course_utils" not in line for line in where)
    assert len(where) == 1 and "call()" in where[0] or "lambda" in where[0]
    assert "\n" not in sentence and len(sentence) < 300


def test_a_setting_that_cannot_be_leaves_the_old_one():
    view = AttentionView(X, X, tokens="<b>cat</b> 😀 sat")
    with pytest.raises(InputError):
        view.temperature = 1000
    assert view.temperature == 1.0 and view.tokens[0] == "<b>cat</b>"
