"""Promise: of a design it is what it does that counts, not its numbers; and one that cannot be tried is told why."""

import pytest
import torch

from course_utils.exercises import exercise


def turned(d_model, steps):
    """A matrix that turns each clock forward by so many steps."""
    speeds = 10000 ** (-torch.arange(0, d_model, 2) / d_model) * steps
    return torch.block_diag(*(torch.tensor([[s.cos(), -s.sin()], [s.sin(), s.cos()]]) for s in speeds))


@pytest.mark.parametrize("size", [300, 5000])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_designs_with_other_numbers_pass(size, share):
    """One step back, any share of it by the query and the rest by the key."""

    def look_one_back(d_model):
        return size * turned(d_model, -share), turned(d_model, 1 - share)

    assert exercise("look_one_back").check(look_one_back).status == "pass"


@pytest.mark.parametrize(("W_Q", "W_K", "told"), [
    (torch.eye(3), torch.eye(3), "W_Q: expected (d_model, d_k) with d_model = 4, yours is (3, 3)"),
    (torch.eye(4), torch.ones(4), "W_K: expected (d_model, d_k) with d_model = 4, yours is (4,)"),
    (torch.ones(4, 2), torch.ones(4, 3), "need the same d_k, yours are (4, 2) and (4, 3)"),
    (torch.full((4, 4), torch.inf), torch.eye(4), "a NaN or an infinity"),
])  # fmt: skip
def test_a_design_that_cannot_be_tried(W_Q, W_K, told):
    result = exercise("look_one_back").check(lambda d_model: (W_Q, W_K))
    assert result.status == "fail" and told in result.message


@pytest.mark.parametrize(("scale", "told"), [(3, "It should be 0.9 or more"), (-40, "wrong sign")])
def test_what_it_does_is_said(scale, told):
    result = exercise("look_one_back").check(lambda d_model: (turned(d_model, -1), scale * torch.eye(d_model)))
    assert result.status == "fail" and told in result.message


@pytest.mark.parametrize(("mask", "told"), [
    (torch.ones(5).bool(), "expected (q_len, k_len) = (5, 5), yours is (5,)"),
    (torch.full((5, 5), 0.3), "yours has other numbers in it"),
])  # fmt: skip
def test_a_mask_that_makes_no_picture(mask, told):
    result = exercise("packed_mask").check(lambda sentence: mask)
    assert result.status == "fail" and told in result.message
