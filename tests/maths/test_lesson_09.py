"""Promise: lesson 09's maths is right: the distance, the rates, the loss, the learning rate and the batches."""

import functools
import math
import random
from collections import Counter

import pytest
import torch

from course_utils.data.alphabet import END, LETTERS, PAD, PHONES
from course_utils.data.batches import Bucketed, collate
from course_utils.errors import InputError
from course_utils.g2p.task import loss_of, make_model
from course_utils.model.schedule import warmup
from course_utils.model.scoring import edit_distance, error_rates


def by_recursion(a, b):
    """Edit distance straight from its definition, from the last symbols backwards."""

    @functools.cache
    def distance(i, j):
        if i == 0 or j == 0:
            return i + j
        return min(distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (a[i - 1] != b[j - 1]))

    return distance(len(a), len(b))


def some_words(count, most=7):
    chance = random.Random(0)
    return ["".join(chance.choices("abc", k=chance.randrange(most + 1))) for _ in range(count)]


def test_edit_distance_is_the_fewest_edits():
    words = some_words(60)
    for a, b in zip(words, reversed(words)):
        assert edit_distance(a, b) == by_recursion(a, b)
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("flaw", "lawn") == 2


def test_edit_distance_is_a_distance():
    a_few = some_words(12)
    for a in a_few:
        for b in a_few:
            assert (edit_distance(a, b) == 0) == (a == b)
            assert edit_distance(a, b) == edit_distance(b, a)
            assert all(edit_distance(a, c) <= edit_distance(a, b) + edit_distance(b, c) for c in a_few)


def test_error_rates_count_the_nearest_way_and_all_phones():
    written = ["ab", "xyz", ""]
    allowed = [("abcd", "b"), ("xyz",), ("pq",)]
    # 1 edit of 1 phone, 0 of 3, 2 of 2
    assert error_rates(written, allowed) == (3 / 6, 2 / 3)


def test_warmup_rises_to_its_top_and_falls_like_a_root():
    rates = [warmup(step, 512, 4000) for step in range(1, 20_001)]
    assert rates.index(max(rates)) == 4000 - 1
    assert max(rates) == pytest.approx(1 / math.sqrt(512 * 4000))
    assert rates[999] == pytest.approx(max(rates) / 4)
    assert rates[15_999] == pytest.approx(max(rates) / 2)


BATCH = collate([("cat", ("K", "AE", "T")), ("box", ("B", "AA", "K", "S")), ("knight", ("N", "AY", "T"))])


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_loss_is_the_mean_over_what_is_no_padding(smoothing):
    model = make_model(16, 2, 1)
    scores = model(BATCH.letters, torch.nn.functional.pad(BATCH.phones, (1, -1), value=1), BATCH.mask)
    logs = scores.log_softmax(-1).tolist()
    of_places = [
        -(1 - smoothing) * row[place][right] - smoothing * sum(row[place]) / len(PHONES)
        for row, phones in zip(logs, BATCH.phones.tolist())
        for place, right in enumerate(phones)
        if right != PAD
    ]
    assert len(of_places) == 4 + 5 + 4  # phones, and END
    assert loss_of(model, BATCH, smoothing).item() == pytest.approx(sum(of_places) / len(of_places), rel=1e-5)


def test_a_word_is_read_alike_alone_and_in_company():
    model = make_model(16, 2, 2).eval()
    alone = collate([("cat", ("K", "AE", "T"))])
    in_company = model(BATCH.letters, BATCH.phones, BATCH.mask)[0, :4]
    torch.testing.assert_close(model(alone.letters, alone.phones)[0], in_company)


def some_pairs():
    chance = random.Random(1)
    letters = ["".join(chance.choices("abcde", k=chance.randrange(2, 12))) for _ in range(500)]
    return [(word, ("K",) * chance.randrange(1, 9)) for word in letters]


def in_words(batch):
    """The pairs of a batch."""
    return [
        ("".join(LETTERS.decode(word)), tuple(PHONES.decode(sound))) for word, sound in zip(batch.letters, batch.phones)
    ]


def test_batches_hold_every_pair_once_in_an_epoch():
    batches = Bucketed(some_pairs(), size=32, seed=3)
    for first in (1, 1 + batches.per_epoch):
        found = [pair for step in range(first, first + batches.per_epoch) for pair in in_words(batches(step))]
        assert Counter(found) == Counter(some_pairs())


def test_batches_are_of_one_length_in_another_order_each_epoch_and_always_the_same():
    batches = Bucketed(some_pairs(), size=32, seed=3)
    first, later = in_words(batches(1)), in_words(batches(1 + batches.per_epoch))
    assert first != later
    assert in_words(batches(1)) == first, "whatever was asked for in between"
    lengths = [len(word) for word, _ in first]
    assert max(lengths) - min(lengths) <= 1


def test_rows_end_with_end_then_padding_and_the_mask_hides_the_padding():
    assert BATCH.letters[0].tolist() == [*LETTERS.encode("cat"), PAD, PAD, PAD]
    assert LETTERS.encode("cat")[-1] == END
    assert BATCH.mask.sum(dim=1).tolist() == [4, 4, 7]


@pytest.mark.parametrize("symbols", ["naïve", "a b", ["<end>"], ["·"], "A"])
def test_what_is_no_letter_is_named(symbols):
    with pytest.raises(InputError, match="is not one of the 26 symbols"):
        LETTERS.encode(symbols)
