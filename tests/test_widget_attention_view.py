"""Promise: AttentionView shows the right weights in every engine, and can be moved and read from Python."""

import base64

import numpy as np
import pytest
import torch
from javascript import evaluate

from course_utils.model.attention import attention
from course_utils.widgets import AttentionView
from course_utils.widgets.given import unpack

WORDS = ["the", "cat", "sat"]
KEYS = ["on", "the", "river", "bank"]
generator = torch.Generator().manual_seed(0)
Q, K, V = (torch.randn(2, rows, width, generator=generator) for rows, width in [(3, 5), (4, 5), (4, 6)])
SQUARE_K, SQUARE_V = K[:, :3], V[:, :3]


def by_loops(Q, K, temperature=1.0, causal=False):
    """Weights of one head, number by number."""
    weights = np.zeros((len(Q), len(K)))
    for i, q in enumerate(Q):
        allowed = range(i + 1) if causal else range(len(K))
        exps = {j: np.exp(float(q @ K[j]) / len(q) ** 0.5 / temperature) for j in allowed}
        for j in allowed:
            weights[i, j] = exps[j] / sum(exps.values())
    return weights


def masked_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(-2, -1) / K.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return scores.softmax(-1) @ V, scores.softmax(-1)


def in_javascript(view):
    """What the browser makes of the bytes it is sent."""
    scores = f"numbers.floats(new DataView(Uint8Array.from({list(view.score_bytes)}).buffer))"
    settings = f"{list(view.shape)}, {view.temperature}, {str(view.causal).lower()}"
    weights = f"[...attention_maths.attentionWeights({scores}, {settings})]"
    shown = evaluate(weights, "attention_maths", "numbers")
    return np.reshape(shown, view.shape)


@pytest.fixture(params=["browser", "kernel"])
def view(request):
    if request.param == "browser":
        return AttentionView(Q, SQUARE_K, tokens=WORDS)
    return AttentionView(Q, SQUARE_K, SQUARE_V, tokens=WORDS, compute=masked_attention)


# ---------- the weights ----------


@pytest.mark.parametrize("temperature", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("causal", [False, True])
def test_weights_equal_loops(view, temperature, causal):
    view.temperature, view.causal = temperature, causal
    expected = [by_loops(q, k, temperature, causal) for q, k in zip(Q, SQUARE_K, strict=True)]
    np.testing.assert_allclose(view.weights, expected, atol=1e-6)


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("causal", [False, True])
def test_browser_and_python_agree(temperature, causal):
    view = AttentionView(Q, SQUARE_K, temperature=temperature, causal=causal)
    np.testing.assert_allclose(in_javascript(view), view.weights, atol=1e-6)


def test_browser_and_python_agree_at_large_scores():
    view = AttentionView([[30.0, 0.0]], [[30.0, 1.0], [29.99, 0.0], [-30.0, 0.0]])
    assert view.scores.max() > 600
    np.testing.assert_allclose(in_javascript(view)[0], view.weights, atol=1e-4)


def test_own_function_is_run_again_at_every_step():
    temperatures = []

    def spy(queries, keys, values):
        temperatures.append(float(Q[0, 0, 0] / queries[0, 0, 0]))
        return attention(queries, keys, values)

    view = AttentionView(Q, K, V, compute=spy)
    view.temperature = 5.0
    assert temperatures == pytest.approx([1.0, 5.0])
    np.testing.assert_allclose(unpack(view.result["weights"], *view.shape), view.weights, atol=1e-7)


def test_own_function_may_spoil_its_arguments():
    def spoils(queries, keys, values):
        result = attention(queries, keys, values)
        keys.zero_()
        return result

    view = AttentionView(Q, K, V, compute=spoils)
    view.temperature = 2.0
    assert torch.count_nonzero(K) == K.numel()
    np.testing.assert_allclose(view.weights, AttentionView(Q, K, temperature=2.0).weights, atol=1e-6)


def test_weights_alone_are_shown_as_they_are():
    view = AttentionView(weights=[[0.25, 0.75], [1.0, 0.0]])
    np.testing.assert_array_equal(unpack(view.result["weights"], 2, 2), [[0.25, 0.75], [1.0, 0.0]])
    assert view.scores is None and not view.can_mask


def test_shape_is_that_of_the_input():
    assert AttentionView(Q, K).weights.shape == AttentionView(Q, K).scores.shape == (2, 3, 4)
    assert AttentionView(Q[0], K[0]).weights.shape == AttentionView(Q[0], K[0]).scores.shape == (3, 4)


@pytest.mark.parametrize("kind", [torch.Tensor.numpy, torch.Tensor.tolist, torch.Tensor.bfloat16, torch.Tensor.double])
def test_every_kind_of_matrix(kind):
    view = AttentionView(kind(Q), kind(K))
    np.testing.assert_allclose(view.weights, AttentionView(Q, K).weights, atol=0.01)


def test_tensors_in_training_and_turned_ones():
    learned = K.transpose(-2, -1).contiguous().requires_grad_()
    view = AttentionView(Q, learned.transpose(-2, -1), V, compute=attention)
    assert view.problem == ""
    np.testing.assert_allclose(view.weights, AttentionView(Q, K).weights, atol=1e-6)


def test_numpy_function_gets_numpy():
    def in_numpy(Q, K, V, mask):
        assert all(isinstance(M, np.ndarray) for M in (Q, K, V, mask))
        return V, np.where(mask, 0.5, 0.0)

    view = AttentionView(*(M[0].numpy() for M in (Q, SQUARE_K, SQUARE_V)), compute=in_numpy, causal=True)
    np.testing.assert_array_equal(view.weights, 0.5 * np.tri(3))


# ---------- moved from Python ----------


def test_causal_box_only_where_it_means_something():
    assert AttentionView(Q, SQUARE_K).can_mask
    assert not AttentionView(Q, K).can_mask
    assert not AttentionView(Q, SQUARE_K, SQUARE_V, compute=attention).can_mask
    assert AttentionView(Q, SQUARE_K, SQUARE_V, compute=masked_attention).can_mask
    with pytest.raises(ValueError, match="has an argument mask"):
        AttentionView(Q, SQUARE_K, SQUARE_V, compute=attention, causal=True)


@pytest.mark.parametrize("name, good, bad, sentence", [
    ("temperature", 0.1, 0, "from 0.1 to 10"), ("temperature", 10, 10.5, "from 0.1 to 10"),
    ("head", 1, 2, "from 0 to 1"), ("head", None, -1, "from 0 to 1"), ("query", 2, 3, "from 0 to 2"),
])  # fmt: skip
def test_state_has_limits(view, name, good, bad, sentence):
    setattr(view, name, good)
    with pytest.raises(ValueError, match=sentence):
        setattr(view, name, bad)
    assert getattr(view, name) == good


def test_a_number_that_is_none(view):
    with pytest.raises(ValueError, match="temperature"):
        view.temperature = float("nan")


# ---------- shown without a browser ----------


def test_repr_is_short_and_never_changes():
    view = AttentionView(Q, K)
    assert repr(view) == "AttentionView(heads=2, queries=3, keys=4, temperature=1.0, causal=False)"
    assert repr(AttentionView(weights=np.eye(3))) == "AttentionView(heads=1, queries=3, keys=3)"


def test_output_holds_the_widget_a_picture_and_its_repr(view):
    data, _ = view._repr_mimebundle_()
    assert data["text/plain"] == repr(view)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == view.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")


def test_picture_shows_the_present_weights():
    view = AttentionView(Q, K, tokens=WORDS, key_tokens=KEYS, head=1, temperature=0.3)
    (axes,) = [axes for axes in view.picture().axes if axes.get_title()]
    np.testing.assert_array_equal(axes.images[0].get_array(), view.weights[1])
    assert axes.images[0].get_clim() == (0, 1)
    assert [label.get_text() for label in axes.get_xticklabels()] == KEYS
    assert [label.get_text() for label in axes.get_yticklabels()] == WORDS
    view.head = None
    assert [axes.get_title() for axes in view.picture().axes if axes.get_title()] == ["head 0", "head 1"]


def test_picture_leaves_out_words_where_there_are_many():
    axes = AttentionView(torch.ones(64, 2), torch.ones(64, 2)).picture().axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [str(i) for i in range(0, 64, 3)]
