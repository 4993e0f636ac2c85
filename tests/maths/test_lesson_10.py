"""Promise: lesson 10's maths is right: the model, its packed rows, counting, bits, sampling, newer parts, induction."""

import math
from collections import Counter

import pytest
import torch

from course_utils.data.alphabet import END, LETTERS, PAD, START
from course_utils.data.newer_parts import stored_newer_parts
from course_utils.data.pronunciations import split
from course_utils.data.tasks import repeated_batch
from course_utils.model.bits import bits_per_symbol
from course_utils.model.blocks import EncoderBlock
from course_utils.model.induction import induction_score
from course_utils.model.language_model import LanguageModel
from course_utils.model.multi_head import MultiHead
from course_utils.model.newer_parts import SWAPS, GroupedHeads, RMSNorm, RotaryHeads, SwiGLU, cache_bytes
from course_utils.model.sampling import next_probabilities, nucleus, write_many
from course_utils.words.batches import PackedWords, one_a_row, pack
from course_utils.words.checkpoint import load, save
from course_utils.words.counting import CountingModel
from course_utils.words.task import bits_per_letter, invent, loss_of, make_model, rate_at

WORDS = ["cat", "bank", "a", "rivers", "sat", "through"]


def normal(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def test_the_model_is_blocks_of_lesson_07_and_torchs_own_encoder_agrees():
    """torch's TransformerEncoder under a causal mask, pre-LN, with the same numbers, gives the same scores."""
    model = LanguageModel(9, d_model=12, n_heads=3, d_ff=20, n_layers=2)
    assert all(isinstance(block, EncoderBlock) for block in model.blocks)
    layer = torch.nn.TransformerEncoderLayer(12, 3, 20, dropout=0, batch_first=True, norm_first=True)
    twin = torch.nn.TransformerEncoder(layer, 2, norm=torch.nn.LayerNorm(12), enable_nested_tensor=False)
    with torch.no_grad():
        for ours, theirs in zip(model.blocks, twin.layers):
            attention, feed = ours.attention, ours.feed_forward
            theirs.self_attn.in_proj_weight.copy_(torch.cat((attention.W_Q, attention.W_K, attention.W_V), dim=1).T)
            theirs.self_attn.in_proj_bias.zero_()
            theirs.self_attn.out_proj.weight.copy_(attention.W_O.T)
            theirs.self_attn.out_proj.bias.zero_()
            theirs.linear1.weight.copy_(feed.W_1.T), theirs.linear1.bias.copy_(feed.b_1)
            theirs.linear2.weight.copy_(feed.W_2.T), theirs.linear2.bias.copy_(feed.b_2)
    symbols = torch.randint(9, (4, 7), generator=torch.Generator().manual_seed(1))
    X = model.embedding(symbols) * math.sqrt(12) + model.positions[:7]
    future = torch.ones(7, 7).triu(1).bool()
    wanted = twin(X, mask=future) @ model.embedding.weight.T
    torch.testing.assert_close(model(symbols), wanted, atol=1e-5, rtol=1e-4)


def test_no_position_sees_what_comes_after_it():
    model, symbols = make_model(), torch.tensor([[1, 5, 9, 4]])
    changed = torch.tensor([[1, 5, 9, 20]])
    torch.testing.assert_close(model(symbols)[:, :3], model(changed)[:, :3])
    assert not torch.allclose(model(symbols)[:, 3], model(changed)[:, 3])


def test_a_packed_word_is_scored_as_alone():
    model, packed, alone = make_model(), pack([WORDS], length=40), one_a_row(WORDS)
    together, first = model(packed.inputs, packed.mask, packed.places), 0
    for i, word in enumerate(WORDS):
        size = len(word) + 1
        scores = model(alone.inputs, alone.mask, alone.places)[i, :size]
        torch.testing.assert_close(together[0, first : first + size], scores, atol=1e-5, rtol=1e-4)
        assert packed.targets[0, first : first + size].tolist() == LETTERS.encode(word)
        assert packed.inputs[0, first : first + size].tolist() == [START, *LETTERS.encode(word)[:-1]]
        assert packed.places[0, first : first + size].tolist() == list(range(size))
        first += size
    assert (packed.targets[0, first:] == PAD).all()


def test_an_epoch_has_every_word_once_and_a_step_is_always_the_same_batch():
    words = split()["train"][:3000]
    batches = PackedWords(words, rows=20)
    assert Counter(word for row in batches.filled for word in row) == Counter(words)
    first = batches(3).targets
    batches(batches.per_epoch + 3)
    assert torch.equal(batches(3).targets, first)
    assert not torch.equal(batches(batches.per_epoch + 3).targets, first)
    filled = sum((batches(step).targets != PAD).sum().item() for step in range(1, 20))
    assert filled > 0.9 * 19 * 20 * 24


def test_counting_by_hand():
    """Words ab, ab, ac; one letter back, smoothing 2: p(b after a) = (2 + 2 · p(b)) / (3 + 2)."""
    model = CountingModel([[3, 4, 2], [3, 4, 2], [3, 5, 2]], n_symbols=6, back=1, start=1, smoothing=2)
    of_b = (2 + 2 / 6) / (9 + 2)  # nine symbols in all, two of them b
    assert math.isclose(model.next_probabilities([1, 3])[4].item(), (2 + 2 * of_b) / 5, rel_tol=1e-5)
    for sofar in ([1], [1, 3], [1, 5, 5], [1, 4, 4]):
        assert math.isclose(model.next_probabilities(sofar).sum().item(), 1, rel_tol=1e-5)
    assert model.of_word([3, 4, 2]).shape == (3, 6)


def test_bits_are_cross_entropy_in_another_base():
    probabilities, symbols = normal(8, 5).softmax(-1), torch.tensor([0, 4, 2, 2, 1, 3, 0, 1])
    nats = torch.nn.functional.nll_loss(probabilities.log(), symbols)
    assert math.isclose(bits_per_symbol(probabilities, symbols), nats / math.log(2), rel_tol=1e-5)
    assert bits_per_symbol(torch.full((4, 8), 1 / 8), symbols[:4]) == 3
    model, batch = make_model(), one_a_row(WORDS)
    assert math.isclose(bits_per_letter(model, WORDS), loss_of(model, batch).item() / math.log(2), rel_tol=1e-6)


@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("top_k", [None, 1, 3, 9])
def test_next_probabilities_against_the_definition(temperature, top_k):
    scores = normal(9, seed=3)
    powers = (scores.double().softmax(-1) ** (1 / temperature)).tolist()
    best = sorted(range(9), key=lambda i: -scores[i])[: top_k or 9]
    wanted = [powers[i] / sum(powers[j] for j in best) if i in best else 0 for i in range(9)]
    torch.testing.assert_close(next_probabilities(scores, temperature, top_k), torch.tensor(wanted))


def test_the_nucleus_is_the_smallest_set_that_reaches_p():
    probabilities = torch.tensor([0.1, 0.4, 0.2, 0.3])
    for top_p, kept in ((0.3, [1]), (0.4, [1]), (0.5, [1, 3]), (0.75, [1, 2, 3]), (1.0, [0, 1, 2, 3])):
        found = nucleus(probabilities, top_p)
        assert found.nonzero()[:, 0].tolist() == kept and math.isclose(found.sum().item(), 1, rel_tol=1e-6)


def test_writing_ends_at_the_end_and_follows_the_seed():
    table = torch.full((5, 5), -1e9)
    table[1, 3], table[3, 4], table[4, 2] = 0, 0, 0  # start → 3 → 4 → end
    rows = write_many(lambda symbols: table[symbols], lambda s: s.softmax(-1), 3, start=1, end=2, max_length=9)
    assert rows == [[3, 4, 2]] * 3
    model = make_model()
    one, two, other = (invent(model, lambda s: s.softmax(-1), 8, seed) for seed in (1, 1, 2))
    assert one == two != other and all(len(word) <= 21 for word in one)


def test_rms_norm_is_torchs_own_and_grouped_heads_with_all_pairs_are_plain_heads():
    X = normal(2, 5, 12)
    torch.testing.assert_close(RMSNorm(12)(X), X / (X**2).mean(-1, keepdim=True).add(1e-5).sqrt())
    plain, grouped = MultiHead(12, 4), GroupedHeads(12, 4, n_pairs=4)
    grouped.load_state_dict(plain.state_dict())
    torch.testing.assert_close(grouped(X)[0], plain(X)[0])


def test_grouped_heads_share_keys_and_values():
    K, V = GroupedHeads(12, 4, n_pairs=2).keys_values(normal(2, 5, 12))
    assert K.shape == V.shape == (2, 4, 5, 3)
    assert torch.equal(K[:, 0], K[:, 1]) and torch.equal(V[:, 2], V[:, 3]) and not torch.equal(K[:, 1], K[:, 2])


def test_swiglu_by_hand():
    part, X = SwiGLU(4, 6), normal(3, 4)
    gate = X @ part.W_gate
    torch.testing.assert_close(part(X), (gate * gate.sigmoid() * (X @ part.W_1)) @ part.W_2)


def test_rotary_heads_know_distances_only():
    """The same rows, once from position 0 and once behind three others that nobody may look at: the same weights."""
    heads, X = RotaryHeads(12, 3), normal(1, 4, 12)
    shifted = torch.cat((normal(1, 3, 12, seed=1), X), dim=1)
    mask = torch.ones(7, 7, dtype=torch.bool)
    mask[:, :3] = False
    torch.testing.assert_close(heads(shifted, mask=mask)[1][:, :, 3:, 3:], heads(X)[1], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("name", SWAPS)
def test_each_newer_part_trains_in_the_place_of_the_old_one(name):
    model, batch = make_model(), pack([WORDS, WORDS[::-1]], length=40)
    SWAPS[name](model)
    trained = [numbers for numbers in model.parameters() if numbers.requires_grad]
    loss_of(model, batch).backward()
    assert all(numbers.grad is not None and numbers.grad.abs().sum() > 0 for numbers in trained)
    assert cache_bytes(model) == (256 if name.startswith("one pair") else 1024)


def test_swapped_parts_have_the_parameters_that_the_lesson_tells():
    sizes = {}
    for name, swap in SWAPS.items():
        model = make_model()
        swap(model)
        sizes[name] = sum(numbers.numel() for numbers in model.parameters() if numbers.requires_grad)
    plain = sizes["as in 2017"]
    assert sizes["RMSNorm"] == plain - 5 * 64 and sizes["RoPE"] == plain
    assert sizes["no biases"] == plain - 5 * 64 - 2 * (256 + 64)
    assert sizes["one pair of keys, values"] == plain - 2 * 2 * 64 * 48
    assert abs(sizes["SwiGLU"] / plain - 1) < 0.02


def test_induction_score_of_a_perfect_head_is_1_and_of_a_flat_one_its_share():
    rows, known = repeated_batch(torch.Generator().manual_seed(0), size=5)
    for row in rows:
        tokens, perfect = row.tolist(), torch.zeros(32, 32)
        for i in range(32):
            if tokens[i] in tokens[:i]:
                perfect[i, 31 - tokens[:i][::-1].index(tokens[i]) - (31 - i)] = 1
        assert induction_score(perfect, row) == 1
        assert math.isclose(induction_score(torch.full((32, 32), 0.03), row), 0.03, rel_tol=1e-5)


def test_rows_repeat_from_where_they_say():
    rows, known = repeated_batch(torch.Generator().manual_seed(0), size=40)
    for row, knows in zip(rows.tolist(), known.tolist()):
        period = knows.index(True)
        assert 8 <= period <= 16 and len(set(row[:period])) == period
        assert all(row[i] == row[i - period] for i in range(period, 32)) and all(knows[period:])


def test_the_rate_rises_and_comes_to_nearly_0():
    rates = [rate_at(step, 1000, 0.01) for step in range(1, 1001)]
    assert 85 < rates.index(max(rates)) < 100
    assert 0 < rates[-1] < 2e-5 and rates[:80] == sorted(rates[:80])


def test_what_is_stored_comes_back(tmp_path):
    model = make_model()
    save(model, {"d_model": 64, "n_heads": 4, "n_layers": 2}, tmp_path / "words.safetensors")
    again = load(tmp_path / "words.safetensors")
    symbols = torch.tensor([[START, 5, 6, END]])
    torch.testing.assert_close(again(symbols), model(symbols), atol=0.02, rtol=0.02)


def test_the_shipped_model_lies_where_the_lesson_says():
    """Between the counting models that look four and three letters back, 2.97 and 3.13 bits."""
    assert 2.97 < bits_per_letter(load(), split()["validation"]) < 3.10


def test_what_is_stored_of_newer_parts_is_of_these_parts():
    stored = stored_newer_parts()
    assert list(stored) == list(SWAPS)
    for name, one in stored.items():
        model = make_model()
        SWAPS[name](model)
        assert one["cache_bytes"] == cache_bytes(model) and len(one["bits"]) == 3
        assert one["parameters"] == sum(numbers.numel() for numbers in model.parameters() if numbers.requires_grad)
