"""Promise: a shape comment is true. The maths runs with every axis a different size, and each comment is compared."""

import sys
from pathlib import Path

import pytest
import torch
from shape_claims import Watch, shapes_of
from solved_lessons import LESSONS, solved

import course_utils.model
from course_utils.exercises import exercise, names
from course_utils.exercises.engine import Exercise
from course_utils.model.blocks import EncoderBlock
from course_utils.model.decoding import Cache, watch, write_greedily
from course_utils.model.language_model import LanguageModel
from course_utils.model.newer_parts import RotaryHeads, SwiGLU
from course_utils.model.recurrent_spellers import BahdanauSpeller, Writing
from course_utils.model.sampling import nucleus, write_many
from course_utils.model.transformer import Transformer

MODEL = sorted(Path(course_utils.model.__file__).parent.glob("*.py"))


def calls():
    """Calls that together reach every shape comment in course_utils/model, with every axis a different size."""
    for asked in map(exercise, names()):
        if isinstance(asked, Exercise):
            for case in asked.cases(seed=0):
                yield lambda asked=asked, case=case: asked.trial(asked.reference, *case.args)
    for norm_first in (True, False):
        yield lambda norm_first=norm_first: EncoderBlock(6, 3, 11, norm_first=norm_first)(torch.ones(4, 5, 6))
    yield from calls_of_writers()
    yield from calls_of_lesson_10()


def calls_of_writers():
    """A Transformer and a recurrent rival: taught with the right answers, writing many at once, writing one by beam."""
    source, target, mask = torch.ones(2, 7, dtype=int), torch.ones(2, 5, dtype=int), torch.ones(2, 7, dtype=bool)
    transformer = Transformer(9, 11, d_model=12, n_heads=3, d_ff=13, n_layers=1)
    speller = BahdanauSpeller(9, 11, d_in=6, d_h=8, d_k=10)
    for model, cache_of in ((transformer, Cache), (speller, Writing)):
        yield lambda model=model: model(source, target, mask)
        yield lambda model=model, cache_of=cache_of: write_greedily(model, source, mask, 1, 2, 3, cache_of)
    yield lambda: watch(transformer, source[0], 1, 2, 4, width=3)


def calls_of_lesson_10():
    """A language model that is asked and that writes, the nucleus, and the newer parts."""
    model = LanguageModel(11, d_model=12, n_heads=3, d_ff=13, n_layers=1)
    yield lambda: model(torch.ones(4, 5, dtype=int))
    yield lambda: nucleus(torch.tensor([0.5, 0.3, 0.2]), 0.6)
    yield lambda: write_many(model, lambda scores: scores.softmax(-1), count=4, start=1, end=2, max_length=3)
    yield lambda: SwiGLU(6, 9)(torch.ones(4, 5, 6))
    yield lambda: RotaryHeads(12, 3)(torch.ones(2, 5, 12))


def watched(files, calls):
    """The Watch of these files during these calls."""
    watch = Watch({str(file) for file in files}.__contains__)
    for file in files:
        watch.read(str(file))
    before = sys.gettrace()
    sys.settrace(watch)
    try:
        for call in calls:
            call()
    finally:
        sys.settrace(before)
    return watch


@pytest.fixture(scope="module")
def model():
    return watched(MODEL, calls())


def test_comments_and_docstrings_of_the_model_are_true(model):
    assert model.complaints == [] and model.misfits == []


def test_comments_of_the_model_are_told_apart(model):
    """A line named here needs one more call in calls(), in which no two axes have the same size."""
    assert [claim.text for claim in model.claims() - model.told_apart] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_comments_of_the_lesson_are_true(path):
    _, complaints, never_ran = solved(path)
    assert complaints == [] and never_ran == []


TRUE = '''
def attention(Q, K):
    """Q: (q_len, d_k).  K: (k_len, d_k).  Returns weights: (q_len, k_len)."""
    scores = Q @ K.T  # (q_len, k_len)
    d_k = K.shape[-1]
    left, right = (
        scores[:, 0],
        scores.flatten(),
    )  # (q_len,), (q_len * k_len,)
    for row in scores:
        row = torch.stack([number + 0 for number in row])  # (k_len,)
    return scores.softmax(-1)[None]  # (1, q_len, k_len)
'''
FALSE = [  # true, false
    ("Q @ K.T  # (q_len, k_len)", "Q @ K.T  # (k_len, q_len)"),
    ("# (q_len,), (q_len * k_len,)", "# (k_len,), (q_len * k_len,)"),
    ("# (q_len,), (q_len * k_len,)", "# (q_len,), (q_len + k_len,)"),
    ("# (q_len,), (q_len * k_len,)", "# (q_len,)"),
    ("in row])  # (k_len,)", "in row])  # (d_k,)"),
    ("# (1, q_len, k_len)", "# (q_len, k_len)"),
    ("# (1, q_len, k_len)", "# (2, q_len, k_len)"),
    ("Returns weights: (q_len, k_len)", "Returns weights: (k_len, q_len)"),
    ("K: (k_len, d_k)", "K: (d_k, k_len)"),
]


@pytest.mark.parametrize("true, false", [("", ""), *FALSE])
def test_a_false_comment_is_found(true, false, tmp_path):
    file = tmp_path / "maths.py"
    file.write_text(TRUE.replace(true, false))
    space = {"torch": torch}
    exec(compile(file.read_text(), file, "exec"), space)
    watch = watched([file], [lambda: space["attention"](torch.zeros(2, 4), torch.zeros(3, 4))])
    assert bool(watch.complaints or watch.misfits) == bool(true)
    assert watch.claims() <= watch.checked


@pytest.mark.parametrize("comment", ["your code here", "(see below)", "(d_v)", "a, b"])
def test_other_comments_are_no_shapes(comment):
    assert shapes_of(comment) == ()
