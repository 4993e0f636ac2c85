"""One widget of each class, as the lessons show it."""

import math

import torch
from decoder_drafts import view as decode_view

from course_utils.data import SENTENCE, embed
from course_utils.data.alphabet import END, LETTERS, START
from course_utils.data.who_holds_what import two_wishes
from course_utils.minilm import stored_maps
from course_utils.model.attention import attention, project, soft_lookup
from course_utils.model.feed_forward import feed_forward
from course_utils.model.layer_norm import layer_norm
from course_utils.model.masks import masked_attention
from course_utils.model.multi_head import multi_head_attention
from course_utils.model.positions import rotate_by_position, sinusoidal_positions
from course_utils.model.recurrent import run_rnn
from course_utils.model.sampling import next_probabilities
from course_utils.widgets import (
    AttentionView,
    BlockView,
    ClockView,
    HeadsMap,
    HeadsView,
    MaskView,
    MatrixPipeline,
    QueryPlane,
    SampleView,
    ShuffleView,
    TurnView,
    VanishingView,
    WaitingView,
)

TOKENS, X = embed(SENTENCE)


def normal(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


W = normal(3, 16, 8) / 4


def attend(X):
    return attention(*project(X, *W))


def query_plane():
    K = [[1.6, 0.4], [-0.6, 1.5], [0.5, 1.2], [1.2, -1.1], [-1.3, -0.8]]
    return QueryPlane(torch.tensor(K), "cat river bank money music".split(), q=(1.0, 0.5), compute=soft_lookup)


def matrix_pipeline():
    X = torch.tensor([[1, 0, 0, 0], [0, 1, 0.3, 0.3], [0, 0.2, 1, 0]])
    return MatrixPipeline(X, torch.eye(4, 3), torch.eye(4, 3), torch.eye(4, 3), tokens="cat bank river")


def attention_view():
    return AttentionView(*project(X, *W), tokens=TOKENS, compute=attention)


def heads_view():
    tokens, X, *W = two_wishes()
    return HeadsView(multi_head_attention, X, *W, tokens=tokens, n_heads=2, query=2)


def heads_map():
    maps = stored_maps()
    return HeadsMap(lambda sentence: maps[sentence], list(maps), own=False, layer=3, head=1)


def mask_view():
    return MaskView(*project(X, *W), tokens=TOKENS, compute=masked_attention)


def waiting_view():
    states = run_rnn(X, torch.zeros(8), normal(16, 8) / 4, normal(8, 8) / 3, torch.zeros(8))
    return WaitingView(TOKENS, states, attend(X)[1], source=1, target=8)


def vanishing_view():
    length, d_h = 50, 32
    noise, W_in = normal(length, 16).double(), normal(16, d_h).double() / 10

    def gradient_sizes(W_hh):
        start = torch.zeros(d_h).double()
        gradient, sizes = torch.ones_like(start), []
        for h in reversed(run_rnn(noise, start, W_in, W_hh, start)):
            gradient = gradient * (1 - h**2)
            sizes.append((gradient @ W_in.T).norm())
            gradient = gradient @ W_hh.T
        return torch.stack(sizes)

    return VanishingView(gradient_sizes, normal(d_h, d_h).double() / math.sqrt(d_h), radius=0.5, back=45)


def block_view():
    Ws, W_1, W_2 = normal(4, 16, 16) / 4, normal(16, 32) / 4, normal(32, 16) / 6
    return BlockView(
        attention=lambda X: multi_head_attention(X[None], *Ws, n_heads=2)[0][0],
        feed_forward=lambda X: feed_forward(X, W_1, torch.zeros(32), W_2, torch.zeros(16)),
        layer_norm=lambda X: layer_norm(X, torch.ones(16), torch.zeros(16)),
        X=X,
        tokens=TOKENS,
    )


def sample_view():
    table = 2 * normal(len(LETTERS), len(LETTERS))
    return SampleView(
        next_probabilities, lambda symbols: table[symbols[-1]], LETTERS.symbols, start=START, end=END, text="ban"
    )


EXAMPLES = {
    "QueryPlane": query_plane,
    "MatrixPipeline": matrix_pipeline,
    "AttentionView": attention_view,
    "HeadsMap": heads_map,
    "HeadsView": heads_view,
    "ShuffleView": lambda: ShuffleView(attend, X, TOKENS, positions=sinusoidal_positions(len(TOKENS), 16)),
    "ClockView": lambda: ClockView(sinusoidal_positions),
    "TurnView": lambda: TurnView(rotate_by_position, torch.tensor([1.0, 0.5]), torch.tensor([0.8, -0.4])),
    "MaskView": mask_view,
    "WaitingView": waiting_view,
    "VanishingView": vanishing_view,
    "BlockView": block_view,
    "DecodeView": decode_view,
    "SampleView": sample_view,
}
