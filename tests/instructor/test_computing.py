"""Promise: with several workers each answer is judged as it is with one, whatever torch does for another meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import torch

from course_utils.exercises import exercise
from course_utils.exercises.engine.running import run_cases
from course_utils.instructor.grade.torch_lock import cases_of, judged

NAMES = ("masked_attention", "padding_mask", "attention", "sinusoidal_positions")
ROUNDS = 6


def tried(name):
    """The exercise, and what the course's own answer gives."""
    asked = exercise(name)
    return asked, run_cases(asked.reference, cases_of(asked, 1), 30)[0]


def judge_one(asked, done):
    """(status, dtypes of the numbers in the cases)."""
    cases = cases_of(asked, 1)
    tensors = [arg for case in cases for arg in case.args if isinstance(arg, torch.Tensor)]
    dtypes = {tensor.dtype for tensor in tensors if tensor.is_floating_point()}
    return judged(asked, cases, done, lambda: [])[0], dtypes


def test_threads_do_not_change_each_other_s_numbers():
    with ThreadPoolExecutor(len(NAMES)) as pool:
        found = list(pool.map(judge_one, *zip(*[tried(name) for name in NAMES] * ROUNDS)))
    assert {status for status, _ in found} == {"pass"}
    assert set().union(*(dtypes for _, dtypes in found)) == {torch.float32}


def test_who_waits_for_the_sandbox_lets_others_compute():
    asked = exercise("softmax")
    cases = cases_of(asked, 1)
    done, _ = run_cases(lambda scores: scores + 1, cases, 30)
    seen = []
    judged(asked, cases, done, lambda: seen.append(len(cases_of(asked, 2))) or [])
    assert seen == [len(cases)]
