"""Promise: the page answers as the kernel does: after each change every trait is the same, numbers to 1e-4."""

import base64
import json
import math
import random
from pathlib import Path

import numpy as np
import probe
import pytest
import torch
from javascript import node

from course_utils import widgets
from course_utils.data import SENTENCE, embed
from course_utils.data.alphabet import END, LETTERS, PHONES, START
from course_utils.g2p.checkpoint import load
from course_utils.g2p.task import readable
from course_utils.minilm import stored_maps
from course_utils.model.attention import attention, project, soft_lookup
from course_utils.model.decoding import watch
from course_utils.model.feed_forward import feed_forward
from course_utils.model.layer_norm import layer_norm
from course_utils.model.masks import masked_attention
from course_utils.model.multi_head import multi_head_attention
from course_utils.model.positions import rotate_by_position, sinusoidal_positions
from course_utils.model.sampling import next_probabilities
from course_utils.widgets.base import CourseWidget
from course_utils.words.checkpoint import load as load_writer

TWIN = Path(__file__).with_name("twin.mjs")
chance = random.Random(0)


def matrices(*shape, seed=1):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) / 4


def attention_view():
    tokens, X = embed(SENTENCE)
    Q, K, V = project(X, *matrices(3, 16, 8))
    view = widgets.AttentionView(Q=Q, K=K, V=V, tokens=tokens, compute=masked_if_asked)
    settings = [{"temperature": t} for t in (0.1, 0.25, 0.5, 2.0, 5.0, 10.0)]
    return view, None, [*settings, {"causal": True}, {"temperature": 1.0}, {"causal": False}, {"query": 3}, {"head": 0}]


def masked_if_asked(Q, K, V, mask=None):
    return attention(Q, K, V) if mask is None else masked_attention(Q, K, V, mask)


def query_plane():
    K = [[1.0, 0.2], [-0.5, 1.0], [0.3, -0.8]]
    view = widgets.QueryPlane(K=torch.tensor(K), tokens=["cat", "bank", "river"], compute=soft_lookup)
    moves = [{"q_vector": [chance.uniform(-2, 2), chance.uniform(-2, 2)]} for _ in range(6)]
    K[1] = [2.0, 0.1]
    others = [{"temperature": 0.2}, {"temperature": 7.0}, {"key_vectors": K}, {"selected": 2}]
    return view, None, moves + others


def mask_view():
    tokens, X = embed(SENTENCE)
    Q, K, V = project(X, *matrices(3, 16, 8))
    view = widgets.MaskView(Q, K, V, tokens=tokens, compute=masked_attention)
    cells = [[[0, 0]], [[0, 0], [3, 2]], [[0, column] for column in range(9)], []]
    changes = [{"causal": True}, *({"forbidden": some} for some in cells), {"length": 5}, {"causal": False}]
    return view, None, [*changes, {"length": 1}, {"length": 9}, {"forbidden": [[8, 8], [1, 7]]}]


def matrix_pipeline():
    X = torch.tensor([[1, 0, 0, 0], [0, 1, 0.3, 0.3], [0, 0.2, 1, 0]])
    views = torch.eye(4, 3)
    view = widgets.MatrixPipeline(X, views, views, views, tokens=["cat", "bank", "river"], compute=masked_if_asked)
    changes = []
    for i in range(8):
        inputs = json.loads(json.dumps(view.inputs))
        inputs[("X", "W_Q", "W_K", "W_V")[i % 4]][i % 3][i % 3] = round(chance.uniform(-2, 2), 2)
        changes.append({"inputs": inputs})
    return view, None, [*changes, {"causal": True}, {"scale": False}, {"causal": False}]


def heads_view():
    tokens, X = embed(SENTENCE)
    Ws = matrices(4, 16, 16)
    view = widgets.HeadsView(multi_head_attention, X, *Ws, tokens=tokens)
    kept = dict(zip(("X", "W_Q", "W_K", "W_V", "W_O"), (X, *Ws)))
    return view, kept, [{"n_heads": n} for n in (2, 4, 8, 16, 1, 8, 2)] + [{"query": n} for n in (1, 5, 8)]


def heads_map():
    maps = stored_maps()
    view = widgets.HeadsMap(lambda sentence: maps[sentence], list(maps), own=False)
    sentences = [{"sentence": sentence} for sentence in maps]
    return view, probe.maps(view), [*sentences[::-1], {"layer": 5}, {"head": 11}, *sentences[:2]]


def shuffle_view():
    tokens, X = embed(SENTENCE)
    Ws, positions = matrices(3, 16, 8), sinusoidal_positions(9, 16)
    view = widgets.ShuffleView(lambda X: attention(*project(X, *Ws)), X, tokens, positions=positions)
    orders = [{"order": chance.sample(range(9), 9)} for _ in range(4)]
    kept = {"X": X, "positions": positions, **dict(zip(("W_Q", "W_K", "W_V"), Ws))}
    return view, kept, [*orders, {"with_positions": True}, *orders, {"with_positions": False}]


def turn_view():
    view = widgets.TurnView(rotate_by_position, [1.0, 0.5], [0.5, 1.0])
    moves = [{name: [chance.uniform(-2, 2), chance.uniform(-2, 2)]} for name in "qkqkqk"]
    moves = [{name: [round(x, 4) for x in arrow] for name, arrow in move.items()} for move in moves]
    return view, None, [*moves, *({"pair": pair} for pair in (0, 1, 2, 3)), {"position": 9}, {"distance": 20}]


def block_view():
    tokens, X = embed(SENTENCE)
    Ws, W_1, W_2 = matrices(4, 16, 16), matrices(16, 64, seed=2), matrices(64, 16, seed=3)
    b_1, b_2, gain, bias = matrices(64, seed=4), matrices(16, seed=5), 1 + matrices(16, seed=6), matrices(16, seed=7)
    view = widgets.BlockView(
        attention=lambda X: multi_head_attention(X[None], *Ws, n_heads=2)[0][0],
        feed_forward=lambda X: feed_forward(X, W_1, b_1, W_2, b_2),
        layer_norm=lambda X: layer_norm(X, gain, bias), X=X, tokens=tokens,
    )  # fmt: skip
    parts = dict(W_1=W_1, b_1=b_1, W_2=W_2, b_2=b_2, gain=gain, bias=bias)
    kept = {"X": X, **dict(zip(("W_Q", "W_K", "W_V", "W_O"), Ws)), "n_heads": 2, **parts}
    offs = [["norm_1"], ["attention"], ["norm_1", "norm_2"], ["add_1"], ["feed_forward"], ["add_1", "add_2"], []]
    return view, kept, [{"order": "post-LN"}, {"blocks": 6}, *({"off": off} for off in offs), {"order": "pre-LN"}]


def vanishing_view():
    W_hh = matrices(6, 6)

    def sizes(W):
        return torch.stack([torch.linalg.matrix_power(W, n).norm() for n in range(20)])

    view = widgets.VanishingView(sizes, W_hh)
    radii = [round(0.1 + 0.05 * i, 2) for i in range(59)]
    kept = probe.recorded(view, "radius", radii)
    return view, kept, [{"radius": radius} for radius in radii[::6]] + [{"back": 3}, {"back": 19}]


def decode_view():
    reader = load()

    def write(text, width):
        return watch(reader, torch.tensor(LETTERS.encode(readable(text))), START, END, max_length=32, width=width)

    view = widgets.DecodeView(write, "nation", LETTERS.symbols, PHONES.symbols, widths=(1, 4))
    typed = "bank", "Thought", " knight ", "", "naïve", "a" * 21, "b" * 30, "it's", "xyzzy"
    texts = [{"text": text} for text in typed]
    kept = probe.model(reader, LETTERS, longest=32, most_letters=20)
    return view, kept, [*texts, {"width": 4}, {"draft": 2}, {"draft": 0}, {"text": "quay"}, {"step": 1}, {"width": 1}]


def sample_view():
    writer = load_writer()

    @torch.no_grad()
    def next_scores(symbols):
        return writer(torch.tensor([symbols]))[0, -1]

    view = widgets.SampleView(next_probabilities, next_scores, LETTERS.symbols, start=START, end=END, text="ban")
    knobs = [{"temperature": 0.3}, {"top_k": 4}, {"top_p": 0.6}, {"temperature": 3.0}, {"top_k": 29}, {"top_p": 1.0}]
    words = [{"dice": [chance.random() for _ in range(3 * 21)]} for _ in range(2)]
    written = LETTERS.encode("through")
    texts = [{"written": written[:n]} for n in (0, 1, 5, 8)]
    return view, probe.language_model(writer), [*knobs, *words, *texts, {"top_k": 1}, words[0], {"dice": []}]


MADE = {
    "AttentionView": attention_view, "BlockView": block_view, "DecodeView": decode_view, "HeadsMap": heads_map,
    "HeadsView": heads_view, "MaskView": mask_view, "MatrixPipeline": matrix_pipeline, "QueryPlane": query_plane,
    "SampleView": sample_view,
    "ShuffleView": shuffle_view, "TurnView": turn_view, "VanishingView": vanishing_view,
}  # fmt: skip


def test_every_class_that_observes_something_is_here():
    classes = [thing for thing in vars(widgets).values() if isinstance(thing, type) and issubclass(thing, CourseWidget)]
    assert {one.__name__ for one in classes if one.OBSERVES} == set(MADE)


def state_of(view):
    return json.loads(probe.state_of(view, lambda widget: None))["state"]


@pytest.mark.parametrize("name", MADE)
def test_page_and_kernel_agree(name):
    view, kept, changes = MADE[name]()
    assert len(changes) >= 10
    stored, expected = json.loads(probe.state_of(view, lambda widget: kept)), []
    for change in changes:
        for trait, value in change.items():
            setattr(view, trait, value)
        expected.append(state_of(view))
    for change, page, kernel in zip(changes, states_on_the_page(stored, changes), expected, strict=True):
        compare(page, kernel, f"{name} after {change}")


def states_on_the_page(stored, changes):
    """The state after each change of a model that the page has revived."""
    return json.loads(node(str(TWIN), given=json.dumps([{"stored": stored, "changes": changes}])))[0]


def compare(page, kernel, where):
    """The same structure and texts; numbers to 1e-4, of the largest where they are large."""
    if isinstance(kernel, dict) and set(kernel) == {"b64"}:
        ours, theirs = (np.frombuffer(base64.b64decode(one["b64"]), "<f4") for one in (page, kernel))
        size = max(1, np.abs(np.nan_to_num(theirs)).max(initial=0))
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4 * size, err_msg=where)
    elif isinstance(kernel, dict):
        assert page.keys() == kernel.keys(), where
        for key in kernel:
            compare(page[key], kernel[key], f"{where}: {key}")
    elif isinstance(kernel, list):
        assert len(page) == len(kernel), where
        for i, (ours, theirs) in enumerate(zip(page, kernel)):
            compare(ours, theirs, f"{where}[{i}]")
    elif isinstance(kernel, float):
        assert math.isclose(page, kernel, rel_tol=1e-4, abs_tol=1e-4), where
    else:
        assert page == kernel, where
