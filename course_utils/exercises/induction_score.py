"""Lesson 10: does a head look at what followed the same token before?"""

import torch

from ..model.induction import induction_score
from .assemblies.scores import INDUCTION
from .engine import Case, Exercise
from .engine.inputs import random_inputs
from .mistakes.induction_score import MISTAKES


def cases(seed):
    fixed = random_inputs(1)

    def head(*tokens, normal=fixed):
        """Causal weights of one head, no two alike, and these tokens."""
        scores = 4 * normal(len(tokens), len(tokens))
        future = torch.ones(len(tokens), len(tokens)).triu(1).bool()
        return scores.masked_fill(future, -torch.inf).softmax(-1), torch.tensor(tokens)

    chance = torch.randint(4, (9,), generator=torch.Generator().manual_seed(seed)).tolist()
    return [
        Case("tokens 7 5 7: the last position looks back at 5", head(7, 5, 7)),
        Case("7 5 3 7 5: two positions count", head(7, 5, 3, 7, 5)),
        Case("4 6 9 8 4 6 9 8, the second half repeats the first", head(4, 6, 9, 8, 4, 6, 9, 8)),
        Case("a token three times: 2 8 2 9 2", head(2, 8, 2, 9, 2)),
        Case("a token four times, others between", head(1, 6, 1, 7, 5, 1, 6, 1, 4)),
        Case("twice in a row: 3 3", head(3, 3)),
        Case("three in a row among others", head(5, 9, 9, 9, 2, 5)),
        Case("only the last token occurred before", head(0, 1, 2, 3, 4, 1)),
        Case("token 0 counts as any other", head(0, 4, 0, 4, 0)),
        Case("numbers that are no positions", head(90, 31, 55, 31, 90, 55, 31)),
        Case("weights are a transposed view", _turned(*head(6, 2, 8, 6, 2, 8))),
        Case("every weight is equal", (torch.full((5, 5), 0.2), torch.tensor([1, 2, 1, 2, 1]))),
        Case("11 tokens", head(*chance, chance[0], chance[3], normal=random_inputs(seed))),
    ]


def _turned(weights, tokens):
    return weights.T.contiguous().T, tokens


EXERCISE = Exercise(
    name="induction_score",
    lesson="10_language_model",
    reference=induction_score,
    cases=cases,
    mistakes=MISTAKES,
    hints=(
        "Go through the positions from left to right. For each, find the last earlier position j with the same token. If there is one, note weights[i, j + 1]. At the end take the mean of what you noted.",
        "Keep a dictionary last_seen: token → position. Ask it first, and write the present position into it afterwards. A tensor does not work as its key: use tokens.tolist().",
    ),
    points=3,
    minutes=10,
    assembly=INDUCTION,
    returns={"score": ""},
    rules=((lambda score: bool(0 <= score <= 1), "A mean of weights lies between 0 and 1."),),
)  # fmt: skip
