"""Promise: the Transformer's rivals in lesson 09 are what they are said to be: equal to loops, and blind to padding."""

import pytest
import torch

from course_utils.data.alphabet import END, LETTERS, PHONES, START
from course_utils.data.batches import collate
from course_utils.g2p.task import loss_of, write_all
from course_utils.model.decoding import shift_right
from course_utils.model.recurrent_spellers import BahdanauSpeller, GRUSpeller, Writing
from course_utils.training import train

FEW = [("ox", ["AA", "K", "S"]), ("knights", ["N", "AY", "T", "S"]), ("through", ["TH", "R", "UW"])]
SIZES = len(LETTERS), len(PHONES)
CLOSE = {"rtol": 1e-4, "atol": 1e-5}
BOTH = pytest.mark.parametrize("kind", [GRUSpeller, BahdanauSpeller])


def speller(kind):
    torch.manual_seed(0)
    return kind(*SIZES, d_in=6, d_h=10)


def words():
    """A batch in which words and sounds differ in length."""
    return collate(FEW)


@BOTH
def test_step_by_step_is_the_same_as_all_at_once(kind):
    model, batch = speller(kind), words()
    read = shift_right(batch.phones, START)
    writing = Writing(model, batch.letters, batch.mask)
    steps = torch.stack([writing.next_scores(symbols) for symbols in read.unbind(1)], dim=1)
    torch.testing.assert_close(steps, model(batch.letters, read, batch.mask), **CLOSE)


@BOTH
def test_padding_is_not_read(kind):
    model, batch = speller(kind), words()
    alone = collate(FEW[:1])
    together = model(batch.letters, shift_right(batch.phones, START), batch.mask)[0, : alone.phones.shape[1]]
    torch.testing.assert_close(model(alone.letters, shift_right(alone.phones, START), alone.mask)[0], together, **CLOSE)


@BOTH
def test_no_score_sees_what_is_written_later(kind):
    model, batch = speller(kind), words()
    read = shift_right(batch.phones, START)
    changed = read.clone()
    changed[:, 3:] = END
    before, after = (model(batch.letters, symbols, batch.mask) for symbols in (read, changed))
    torch.testing.assert_close(before[:, :3], after[:, :3], **CLOSE)
    assert not torch.allclose(before[:, 3:], after[:, 3:], **CLOSE)


def test_without_attention_only_the_first_state_goes_across():
    model, batch = speller(GRUSpeller), words()
    state, memory = model.read(batch.letters, batch.mask)
    assert memory is None and state.shape == (1, 3, 10)


def test_additive_attention_equals_loops():
    model, batch = speller(BahdanauSpeller), words()
    state, (K, V, mask) = model.read(batch.letters, batch.mask)
    seen = model.look(state[0], K, V, mask)
    for i, length in enumerate(batch.mask.sum(dim=1).tolist()):
        query = model.W_Q.weight @ state[0, i]
        keys = [model.W_K.weight @ V[i, j] for j in range(length)]
        exps = [torch.exp(model.score.weight[0] @ torch.tanh(query + key)) for key in keys]
        by_hand = sum(exp / sum(exps) * V[i, j] for j, exp in enumerate(exps))
        torch.testing.assert_close(seen[i], by_hand, **CLOSE)


@BOTH
def test_it_learns_a_few_words_by_heart(kind):
    torch.manual_seed(0)
    model = kind(*SIZES, d_in=16, d_h=32)
    train(model, lambda step: words(), loss_of, 120, lr=0.01, progress=False)
    assert write_all(model, [word for word, _ in FEW], Writing) == [phones for _, phones in FEW]
