"""A class made by a script: right answers in many forms, common mistakes, blanks, and now and then some trouble.

Lesson 03, which has three exercises, two questions and a text to write.
"""

import inspect
import random
import textwrap

from right_answers import RIGHT

from course_utils.exercises.engine import Exercise
from course_utils.exercises.engine.cells import marked_cells, solution

LESSON = "03_multi_head"
RIGHT_ONES, WRONG_ONES = 0.6, 0.25  # share of the answers; the rest is not started
TROUBLE = 0.02  # share of the students who have some in one exercise
IMPORTS = "import math\nimport numpy as np\nimport torch\nimport torch.nn.functional as F\n\n"
FUNCTIONS = ("split_heads", "merge_heads", "multi_head_attention")
HEADS = "Q, K, V = (split_heads(X @ W, n_heads) for W in (W_Q, W_K, W_V))\n"
WRONG = {
    "split_heads": (
        "return X.reshape(X.shape[0], X.shape[1], n_heads, -1)",
        "return X.reshape(X.shape[0], n_heads, X.shape[1], -1)",
        "return X.reshape(X.shape[0], X.shape[1], -1, n_heads).permute(0, 3, 1, 2)",
    ),
    "merge_heads": (
        "return X.reshape(X.shape[0], X.shape[2], -1)",
        "return X.sum(1)",
        "joined = X.transpose(1, 2).flatten(2)",
    ),
    "multi_head_attention": (
        f"{HEADS}weights = (Q @ K.transpose(-2, -1)).softmax(-1)\nreturn merge_heads(weights @ V) @ W_O, weights",
        f"{HEADS}out, weights = attention(Q, K, V)\nreturn merge_heads(out), weights",
        "out, weights = attention(X @ W_Q, X @ W_K, X @ W_V)\nreturn out @ W_O, weights",
    ),
    "what_is_cut": ('"a"', '"d"'),
    "count_weights": ("8", "4 * 8 * 512"),
}
TROUBLES = ("while True:\n    pass", "return X.reshape(", "import os\nos._exit(0)", "raise RuntimeError('I am stuck')")
TEXTS = ("More heads cost nothing, but each has fewer numbers to look with.", "It overfits. <b>Always.</b>", "")


def fill_in(notebook, number):
    """Answer as the student of this number would, the same each time. Returns what it is worth, without the text."""
    chance, points = random.Random(number), 0
    troubled = chance.choice(FUNCTIONS) if chance.random() < TROUBLE else None
    for cell, kind, asked in marked_cells(notebook):
        if kind == "essay":
            cell.source = chance.choice(TEXTS) or cell.source
        elif kind == "answer":
            source, worth = _answer(asked, chance, asked.name == troubled)
            cell.source, points = source or cell.source, points + worth
    return points


def _answer(asked, chance, troubled):
    """(source of the cell, or None if it stays blank; points)."""
    drawn = chance.random()
    if troubled:
        return _function(asked, chance.choice(TROUBLES)), 0
    if drawn < RIGHT_ONES:
        return _right(asked, chance), asked.points
    if drawn > RIGHT_ONES + WRONG_ONES:
        return None, 0
    wrong = chance.choice(WRONG[asked.name])
    return (_function(asked, wrong) if isinstance(asked, Exercise) else f"{asked.name} = {wrong}"), 0


def _right(asked, chance):
    """The course's own answer, or one of those that the checks are tested with."""
    others = [fn for fn in RIGHT.get(asked.name, ()) if fn.__name__ != "<lambda>"]
    fn = chance.choice([None, *others])
    if fn is None:
        return solution(asked)
    return IMPORTS + inspect.getsource(fn).replace(f"def {fn.__name__}(", f"def {asked.name}(", 1)


def _function(asked, body):
    return f"def {asked.name}({', '.join(asked.parameters)}):\n{textwrap.indent(body, '    ')}"
