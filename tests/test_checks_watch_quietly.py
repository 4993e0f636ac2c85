"""Promise: a check looks on while an answer runs, and neither gets in its way nor changes what it watches."""

import functools

import numpy as np
import torch

from course_utils.exercises import check, exercise


def softmax(scores):
    exps = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    return exps / exps.sum(dim=-1, keepdim=True)


def row_by_row(scores):
    def of_row(row):
        exps = torch.exp(row - row.max())
        return exps / exps.sum()

    return torch.vmap(of_row)(scores.reshape(-1, scores.shape[-1])).reshape(scores.shape)


class Layer(torch.nn.Module):
    def forward(self, scores):
        return softmax(scores)


def status(answer, name="softmax"):
    return exercise(name).check(answer).status


def test_transformed_functions_pass():
    assert status(row_by_row) == "pass"
    assert status(lambda q, K: torch.vmap(lambda k: k @ q)(K), "similarity") == "pass"
    assert status(torch.jit.script(softmax)) == status(Layer()) == status(functools.partial(softmax)) == "pass"


def test_gradients_of_functions_pass():
    def softmax_as_gradient(scores):  # the gradient of log(sum(exp))
        def top_and_log_sum(row):
            return torch.logsumexp(row, dim=-1).sum()

        return torch.func.grad(top_and_log_sum)(scores)

    assert status(softmax_as_gradient) == "pass"


def test_compiled_functions_pass():
    def compiled_within(scores):
        return torch.compile(softmax, backend="eager")(scores)

    assert status(compiled_within) == "pass"
    assert status(torch.compile(softmax, backend="eager")) == status(torch.compile(softmax)) == "pass"


def test_a_compiled_library_call_is_seen():
    assert exercise("softmax").check(torch.compile(lambda scores: torch.softmax(scores, -1))).mistake == "library call"


def test_the_readers_random_numbers_stay():
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    status(lambda scores: torch.randn_like(scores))
    assert torch.equal(torch.rand(2), expected)


def test_arguments_keep_their_strides():
    seen = []

    def padding_mask(lengths, max_length):
        seen.append(lengths.stride())
        return torch.arange(max_length) < lengths[:, None]

    assert status(padding_mask, "padding_mask") == "pass" and (2,) in seen


def test_a_numpy_answer_keeps_its_keyword_arguments(capsys):
    def masked_attention(Q, K, V, mask):
        print("called")
        Q, K, V, mask = map(np.asarray, (Q, K, V, mask))
        scores = np.where(mask, Q @ np.swapaxes(K, -1, -2) / K.shape[-1] ** 0.5, -np.inf)
        exps = np.exp(scores - scores.max(-1, keepdims=True))
        weights = exps / exps.sum(-1, keepdims=True)
        return weights @ V, weights

    goes_on = check(masked_attention)
    assert "called" not in capsys.readouterr().out.splitlines()
    X = torch.rand(3, 4)
    out, weights = goes_on(X, X, V=X, mask=torch.ones(3, 3).tril().bool())
    assert out.dtype == torch.float32 and torch.equal(weights, weights.tril())


def test_an_answer_that_wants_arrays_gets_them_in_the_lesson():
    def softmax_of_arrays(scores):
        exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return exps / exps.sum(axis=-1, keepdims=True)

    goes_on = check(softmax_of_arrays, "softmax")
    assert torch.equal(goes_on(scores=torch.zeros(1, 2, requires_grad=True)), torch.full((1, 2), 0.5))
