"""Promise: the Transformer is torch's own with the same numbers, and every way to write with it says the same."""

import itertools
import math

import pytest
import torch
from torchs_own import busy, transformer

from course_utils.model.decoding import (
    Trace,
    beam_search,
    greedy_decode,
    next_scores_of,
    shift_right,
    watch,
    write_greedily,
)
from course_utils.model.masks import causal_mask, padding_mask
from course_utils.model.transformer import Transformer

CLOSE = {"rtol": 0, "atol": 1e-9}
N_SOURCE, N_TARGET, K_LEN, Q_LEN = 9, 7, 6, 5
START, END, MOST = 1, 2, 12
LENGTHS = torch.tensor([4, K_LEN, 1])


def symbols(n, *shape):
    """Numbers of symbols, 3 to n - 1."""
    return torch.randint(3, n, shape, generator=torch.Generator().manual_seed(sum(shape)))


SOURCE, TARGET = symbols(N_SOURCE, 3, K_LEN), symbols(N_TARGET, 3, Q_LEN)
WORDS = padding_mask(LENGTHS, K_LEN)


@pytest.fixture(params=[N_TARGET, None], ids=["two alphabets", "one alphabet"])
def model(request):
    torch.manual_seed(1)  # one of those that write this and that; many, untrained, write one symbol only
    return Transformer(N_SOURCE, request.param, d_model=6, n_heads=3, d_ff=11, n_layers=2).double()


@pytest.mark.filterwarnings("ignore:enable_nested_tensor")  # torch remarks that pre-LN has no nested tensors
@pytest.mark.parametrize("words", [None, WORDS], ids=["no padding", "padding"])
def test_transformer_equals_torch(model, words):
    hidden = None if words is None else ~words
    out = transformer(busy(model))(
        model.embed(model.source_embedding, SOURCE),
        model.embed(model.target_embedding, TARGET),
        tgt_mask=~causal_mask(Q_LEN),
        src_key_padding_mask=hidden,
        memory_key_padding_mask=hidden,
    )
    theirs = out @ model.target_embedding.weight.T
    torch.testing.assert_close(model(SOURCE, TARGET, words), theirs, **CLOSE)


def test_embedding_and_position_by_hand(model):
    embedded = model.embed(model.target_embedding, TARGET, first=3)
    for place, column in itertools.product(range(Q_LEN), range(6)):
        angle = (3 + place) / 10_000 ** (column // 2 * 2 / 6)
        wave = math.cos(angle) if column % 2 else math.sin(angle)
        numbers = model.target_embedding.weight[TARGET[:, place], column] * math.sqrt(6) + wave
        torch.testing.assert_close(embedded[:, place, column], numbers, rtol=0, atol=1e-6)  # positions are float32


def test_no_place_sees_a_later_target_and_every_place_sees_the_source(model):
    before = model(SOURCE, TARGET)
    later, other = TARGET.clone(), SOURCE.clone()
    later[:, 3], other[:, -1] = START, START
    assert (model(SOURCE, later) != before).any(-1).tolist() == [[False, False, False, True, True]] * 3
    assert (model(other, TARGET) != before).any(-1).all()


def test_shift_right_equals_a_loop():
    targets = symbols(N_TARGET, 2, 3, Q_LEN)
    for row, inputs in zip(targets.flatten(0, 1).tolist(), shift_right(targets, START).flatten(0, 1).tolist()):
        assert inputs == [START if i == 0 else row[i - 1] for i in range(Q_LEN)]
    assert shift_right(targets[0, 0, :1], END).tolist() == [END]


def up_to_end(row):
    return row[: row.index(END) + 1] if END in row else row


def sources(count=12):
    """Inputs of 1 to K_LEN symbols."""
    generator = torch.Generator().manual_seed(5)
    return [torch.randint(3, N_SOURCE, (1 + i % K_LEN,), generator=generator) for i in range(count)]


def test_cache_writes_what_no_cache_writes(model):
    """Many inputs at once with padding and cache, against one at a time with neither."""
    inputs = sources()
    padded = torch.nn.utils.rnn.pad_sequence(inputs, batch_first=True)
    mask = padding_mask(torch.tensor([len(source) for source in inputs]), padded.shape[1])
    written = write_greedily(model, padded, mask, START, END, MOST).tolist()
    alone = [greedy_decode(next_scores_of(model, source), START, END, MOST) for source in inputs]
    assert [up_to_end(row) for row in written] == alone
    assert len({tuple(row) for row in alone}) > 3, "a model that always writes the same would prove nothing"
    assert 0 < sum(END in row for row in alone) < len(alone)


def test_trace_shows_every_step_as_it_was(model):
    source = sources()[4]
    (trace,) = watch(model, source, START, END, MOST)
    next_scores = next_scores_of(model, source)
    assert trace.written == greedy_decode(next_scores, START, END, MOST)
    steps = [next_scores([START, *trace.written[:i]]).softmax(-1) for i in range(len(trace.written))]
    torch.testing.assert_close(trace.probabilities, torch.stack(steps), **CLOSE)
    whole = sum(step[symbol].log().item() for step, symbol in zip(steps, trace.written))
    assert trace.log_probability == pytest.approx(whole)
    assert trace.weights.shape == (2, 3, len(steps), len(source))
    torch.testing.assert_close(trace.weights.sum(-1), torch.ones_like(trace.weights[..., 0]), **CLOSE)


def test_drafts_come_with_the_probability_that_their_trace_finds(model):
    source = sources()[3]
    drafts = beam_search(next_scores_of(model, source), START, END, MOST, width=4)
    traces = [Trace(model, source, written, START) for written, _ in drafts]
    assert [trace.log_probability for trace in traces] == pytest.approx([total for _, total in drafts])
    assert [trace.written for trace in watch(model, source, START, END, MOST, width=4)] == [
        draft for draft, _ in drafts
    ]


def test_beam_of_1_is_greedy(model):
    for source in sources():
        next_scores = next_scores_of(model, source)
        ((written, _),) = beam_search(next_scores, START, END, MOST, width=1)
        assert written == greedy_decode(next_scores, START, END, MOST)


def two_roads(so_far):
    """After A (3), nothing is sure; after B (4), which is a little less probable, the rest is."""
    rows = {(): {3: 0.6, 4: 0.4}, (3,): {3: 0.5, 4: 0.5}, (4,): {5: 1.0}}
    chances = rows.get(tuple(so_far[1:]), {END: 1.0})
    return torch.tensor([chances.get(symbol, 0.0) for symbol in range(6)]).log()


def test_a_wider_beam_finds_what_is_more_probable_as_a_whole():
    assert greedy_decode(two_roads, START, END, 9) == [3, 3, END]
    (best, total), second = beam_search(two_roads, START, END, 9, width=2)
    assert best == [4, 5, END] and math.exp(total) == pytest.approx(0.4)
    assert second[0] == [3, 3, END] and math.exp(second[1]) == pytest.approx(0.3)


def every_output(vocab, most):
    """All that can be written with at most so many symbols: it ends with END, or is as long as is allowed."""
    others = [symbol for symbol in range(vocab) if symbol != END]
    for length in range(most):
        for beginning in itertools.product(others, repeat=length):
            yield [*beginning, END]
    yield from map(list, itertools.product(others, repeat=most))


@pytest.mark.parametrize("seed", range(3))
def test_the_widest_beam_is_exhaustive_search(seed):
    vocab, most = 4, 3
    table = torch.randn(most, vocab, vocab, generator=torch.Generator().manual_seed(seed))

    def next_scores(so_far):
        return sum(table[place, symbol] for place, symbol in enumerate(so_far))

    def log_probability(written):
        return sum(
            next_scores([START, *written[:i]]).log_softmax(-1)[symbol].item() for i, symbol in enumerate(written)
        )

    found = beam_search(next_scores, START, END, most, width=vocab**most)
    expected = sorted(every_output(vocab, most), key=log_probability, reverse=True)
    assert [written for written, _ in found] == expected
    assert sum(math.exp(total) for _, total in found) == pytest.approx(1)


def test_a_beam_never_gives_more_than_its_width_and_no_draft_twice(model):
    drafts = beam_search(next_scores_of(model, SOURCE[0]), START, END, MOST, width=5)
    assert len(drafts) == len({tuple(written) for written, _ in drafts}) == 5
    assert [total for _, total in drafts] == sorted((total for _, total in drafts), reverse=True)
