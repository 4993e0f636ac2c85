"""Promise: the shipped model reads words it has never seen, as well as it is said to."""

from functools import cache

import pytest
import torch

from course_utils.data.alphabet import PHONES
from course_utils.data.pronunciations import NEWER_WORDS, cleaned, pairs, pronunciations, raw_lines, split
from course_utils.errors import InputError
from course_utils.g2p.checkpoint import CHECKPOINT, load
from course_utils.g2p.task import make_model, write_all
from course_utils.model.scoring import error_rates

SOME = 600  # test words; on all 6,000 scripts/evaluate_g2p.py finds WER 26.2 % and PER 6.3 %
WORST_WER, WORST_PER = 0.30, 0.075


@cache
def written():
    """What the shipped model writes for some test words."""
    words = split()["test"][:SOME]
    return dict(zip(words, write_all(load(), words)))


def distance(a, b):
    """Edit distance by its definition: the shorter of three ways to deal with the last symbols."""

    @cache
    def between(i, j):
        if not i or not j:
            return i + j
        return min(between(i - 1, j) + 1, between(i, j - 1) + 1, between(i - 1, j - 1) + (a[i - 1] != b[j - 1]))

    return between(len(a), len(b))


def test_the_parts_are_as_large_as_said_and_share_no_word():
    parts = {name: set(words) for name, words in split().items()}
    assert len(parts["test"]) == 6000 and len(parts["validation"]) == 2000
    assert set.union(*parts.values()) == set(pronunciations()) and len(pronunciations()) > 115_000
    assert sum(map(len, split().values())) == len(pronunciations())


def test_what_is_trained_on_holds_no_word_of_another_part_and_no_newer_one():
    kept_out = {word for name in ("test", "validation", "newer") for word in split()[name]}
    trained = {word for word, _ in pairs("train")}
    assert not trained & kept_out and not trained & set(NEWER_WORDS.read_text(encoding="utf-8").split())


def test_no_other_spelling_of_a_line_brings_a_kept_out_word_back():
    for line in ("Knight N AY1 T", "knight's N AY1 T S", "knight(x) N AY1 T", "kn1ght N AY1 T", "éclair EY0 K L EH1 R"):
        assert cleaned(line) is None
    assert cleaned("knight(2) N AY1 T # a remark") == ("knight", ("N", "AY", "T"))
    listed = {line.partition(" ")[0].partition("(")[0] for line in raw_lines()}
    assert set(pronunciations()) <= listed and all(word.isascii() and word.islower() for word in pronunciations())


def test_every_phone_of_the_dictionary_can_be_written():
    used = {phone for ways in pronunciations().values() for way in ways for phone in way}
    assert used == set(PHONES.symbols[3:])


def test_the_file_is_small_and_makes_the_model():
    assert CHECKPOINT.stat().st_size <= 5_000_000
    model = load()
    assert not model.training and all(matrix.isfinite().all() for matrix in model.parameters())
    assert next(model.parameters()).dtype == torch.float32


def test_the_shipped_model_reads_words_it_has_not_seen():
    per, wer = error_rates(list(written().values()), [pronunciations()[word] for word in written()])
    assert wer <= WORST_WER and per <= WORST_PER


def test_an_independent_scorer_counts_the_same():
    edits = phones = wrong = 0
    for word, said in written().items():
        distances = {way: distance(tuple(said), way) for way in pronunciations()[word]}
        nearest = min(distances, key=lambda way: (distances[way], len(way)))
        edits, phones, wrong = edits + distances[nearest], phones + len(nearest), wrong + (distances[nearest] != 0)
    assert error_rates(list(written().values()), [pronunciations()[word] for word in written()]) == pytest.approx(
        (edits / phones, wrong / len(written()))
    )


def test_a_word_is_read_alike_alone_and_among_others():
    words = ["knight", "internationalization", "through", "ox"]
    assert write_all(load(), words) == [write_all(load(), [word])[0] for word in words]
    assert write_all(load(), ["knight"]) == [["N", "AY", "T"]]


def test_an_untrained_model_does_not_pass_for_a_trained_one():
    words = split()["test"][:50]
    _, wer = error_rates(write_all(make_model(), words), [pronunciations()[word] for word in words])
    assert wer > 0.9


def test_a_file_that_holds_no_model_is_told(tmp_path):
    other = tmp_path / "other"
    with pytest.raises(InputError, match="other holds no letters-to-phones model"):
        load(other)
    other.write_text("no tensors here")
    with pytest.raises(InputError, match="other holds no letters-to-phones model"):
        load(other)
