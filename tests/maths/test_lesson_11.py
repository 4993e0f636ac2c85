"""Promise: lesson 11's functions do what loops, matrices and a search through all sets do."""

from itertools import combinations

import torch

from course_utils.exercises.keep_heads import keep_heads, toy
from course_utils.model.looking_inside import previous_token_score, without_head
from course_utils.model.multi_head import merge_heads


def normal(*shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def test_previous_token_score_is_the_mean_of_the_weights_one_back():
    weights = normal(3, 7, 7).softmax(-1)
    by_hand = [sum(table[i, i - 1] for i in range(1, 7)) / 6 for table in weights]
    assert torch.allclose(previous_token_score(weights), torch.stack(by_hand))
    assert torch.allclose(previous_token_score(weights[None]), previous_token_score(weights)[None])


def test_a_head_that_is_off_is_the_same_as_its_rows_of_w_o_being_zero():
    found, W_O = normal(2, 3, 5, 4), normal(12, 12)
    without_rows = W_O.clone()
    without_rows[4:8] = 0
    out = merge_heads(without_head(found, 1)) @ W_O
    assert torch.allclose(out, merge_heads(found) @ without_rows, atol=1e-5)


def test_the_heads_that_stay_are_nearly_the_best_of_all_sets():
    for seed in range(5):
        cosine_of = toy(seed, 10, (2, 2, 2), 0.001, 0.06)
        best = max(map(cosine_of, combinations(range(10), 5)))
        assert cosine_of(keep_heads(cosine_of, 10, 5)) > best - 0.005
