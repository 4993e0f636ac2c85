"""Promise: lesson 11's encoder is BERT's, from the lessons' own parts; what is stored is what the model gives."""

import numpy as np
import pytest
import torch

from course_utils.errors import InputError
from course_utils.minilm import Encoder, Reader, is_fetched, look, minilm, reader, stored_maps, stored_order
from course_utils.minilm.stored import MAPS, Measured
from course_utils.minilm.wordpiece import WordPiece, words

needs_the_model = pytest.mark.skipif(not is_fetched(), reason="python -m course_utils.get_model minilm")
VOCABULARY = "[PAD] [UNK] [CLS] [SEP] the cat sat un ##believ ##able ##s cafe 我 , ! $ 5 ' s b < > 10 ##0".split()


def random_encoder(**sizes):
    torch.manual_seed(0)
    usual = {"n_pieces": len(VOCABULARY), "d_model": 24, "n_heads": 3, "d_ff": 40, "n_layers": 2, "longest": 40}
    encoder = Encoder(**(usual | sizes)).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    return encoder


def torchs_own(encoder):
    """torch's nn.TransformerEncoder with the same numbers."""
    d_model, d_ff = encoder.layers[0].widen.in_features, encoder.layers[0].widen.out_features
    layer = torch.nn.TransformerEncoderLayer(
        d_model, encoder.n_heads, d_ff, activation="gelu", batch_first=True, layer_norm_eps=1e-12
    )
    copy = torch.nn.TransformerEncoder(layer, len(encoder.layers), enable_nested_tensor=False).eval()
    for ours, theirs in zip(encoder.layers, copy.layers, strict=True):
        views = (ours.query, ours.key, ours.value)
        theirs.load_state_dict({
            "self_attn.in_proj_weight": torch.cat([view.weight for view in views]),
            "self_attn.in_proj_bias": torch.cat([view.bias for view in views]),
            "self_attn.out_proj.weight": ours.output.weight, "self_attn.out_proj.bias": ours.output.bias,
            "linear1.weight": ours.widen.weight, "linear1.bias": ours.widen.bias,
            "linear2.weight": ours.narrow.weight, "linear2.bias": ours.narrow.bias,
            "norm1.weight": ours.norm_1.gain, "norm1.bias": ours.norm_1.bias,
            "norm2.weight": ours.norm_2.gain, "norm2.bias": ours.norm_2.bias,
        })  # fmt: skip
    return copy


@torch.inference_mode()
def largest_difference(encoder, pieces, mask):
    theirs = torchs_own(encoder)(encoder.embed(pieces), src_key_padding_mask=~mask)
    return (encoder(pieces, mask)[0] - theirs)[mask].abs().max()


def test_random_weights_give_what_torchs_encoder_gives():
    pieces = torch.randint(len(VOCABULARY), (4, 11), generator=torch.Generator().manual_seed(1))
    mask = torch.arange(11) < torch.tensor([11, 7, 1, 9])[:, None]
    assert largest_difference(random_encoder(), pieces, mask) < 1e-5


@needs_the_model
def test_the_real_weights_give_what_torchs_encoder_gives():
    pieces = torch.randint(999, 30000, (3, 17), generator=torch.Generator().manual_seed(1))
    mask = torch.arange(17) < torch.tensor([17, 9, 13])[:, None]
    assert largest_difference(minilm().encoder, pieces, mask) < 1e-5


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("The cat sat", "the cat sat"),
        ("unbelievables", "un ##believ ##able ##s"),
        ("Café", "cafe"),
        ("cat's $5, THE!", "cat ' s $ 5 , the !"),
        ("我cat我", "我 cat 我"),
        ("<b>cat</b>", "< b > cat < [UNK] b >"),
        ("xyz 🙂 catx", "[UNK] [UNK] [UNK]"),
        ("cat\u200b\x00\tsat\n the", "cat sat the"),
        ("100", "10 ##0"),
        ("a" * 101, "[UNK]"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_words_are_cut_into_known_pieces(text, pieces):
    assert WordPiece(VOCABULARY).tokens(text) == ["[CLS]", *pieces.split(), "[SEP]"]


def test_words_are_lower_case_without_accents_and_marks_stand_alone():
    assert list(words("Ünïcode, don't—Æ 東京x")) == ["unicode", ",", "don", "'", "t", "—", "æ", "東", "京", "x"]


def test_a_sentence_has_the_same_vector_alone_and_among_longer_ones():
    made = Reader(random_encoder(), WordPiece(VOCABULARY))
    alone, among = made.vectors(["the cat sat"]), made.vectors(["the cat sat", "the cat , the cat , the cat ! " * 3])
    assert torch.allclose(alone[0], among[0], atol=1e-6) and torch.allclose(among.norm(dim=-1), torch.ones(2))


def test_another_way_to_look_changes_the_model_and_only_while_it_is_handed_over():
    made = Reader(random_encoder(), WordPiece(VOCABULARY))
    asked = []

    def nowhere(Q, K, V, mask, layer):
        asked.append((layer, tuple(Q.shape), tuple(mask.shape)))
        found, weights = look(Q, K, V, mask, layer)
        return 0 * found, 0 * weights

    before = made.weights("the cat sat")
    assert (made.weights("the cat sat", nowhere) == 0).all()
    assert asked == [(layer, (1, 3, 5, 8), (1, 1, 1, 5)) for layer in (0, 1)]
    assert torch.equal(made.weights("the cat sat"), before) and torch.allclose(before.sum(-1), torch.tensor(1.0))


def test_a_sentence_that_is_too_long_gets_one_sentence():
    made = Reader(random_encoder(), WordPiece(VOCABULARY))
    with pytest.raises(InputError, match="has 602 pieces; this model reads at most 40"):
        made.weights("cat " * 600)


def test_threads_are_as_before():
    before = torch.get_num_threads()
    Reader(random_encoder(), WordPiece(VOCABULARY)).weights("the cat")
    assert torch.get_num_threads() == before


@pytest.mark.parametrize("content", [None, b"", b"not a model", b"\x08" + bytes(20)])
def test_without_the_files_or_with_broken_ones_one_sentence_says_how_to_get_them(content, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_MODELS", str(tmp_path))
    reader.minilm.cache_clear()
    if content is not None:
        (tmp_path / "minilm").mkdir()
        for name in ("model.safetensors", "vocab.txt"):
            (tmp_path / "minilm" / name).write_bytes(content)
    with pytest.raises(InputError, match="python -m course_utils.get_model minilm$"):
        minilm()
    reader.minilm.cache_clear()


def test_the_stored_maps_are_small_whole_and_say_what_they_are():
    assert MAPS.stat().st_size < 100_000
    maps = stored_maps()
    assert len(maps) == 8
    for sentence, (tokens, weights) in maps.items():
        assert weights.shape == (6, 12, len(tokens), len(tokens)), sentence
        assert tokens[0] == "[CLS]" and tokens[-1] == "[SEP]"
        np.testing.assert_allclose(weights.sum(-1), 1, atol=0.03)


@needs_the_model
def test_the_stored_maps_are_the_models():
    for sentence, (tokens, weights) in stored_maps().items():
        assert minilm().tokens(sentence) == tokens
        assert (minilm().weights(sentence) - weights).abs().max() < 0.5 / 255 + 1e-4


def test_the_stored_order_has_every_head_once():
    assert sorted(stored_order()) == list(range(72))


def test_a_number_is_measured_where_the_model_is_and_stored_elsewhere(monkeypatch):
    monkeypatch.setattr("course_utils.minilm.stored.is_fetched", lambda: False)
    there = Measured()("[CLS] zeroed", lambda: 1 / 0)
    assert 0.9 < there < 1
    monkeypatch.setattr("course_utils.minilm.stored.is_fetched", lambda: True)
    measured = Measured()
    assert measured("[CLS] zeroed", lambda: torch.tensor([0.123456, 2.0])) == [0.1235, 2.0]
    assert measured.taken == {"[CLS] zeroed": [0.1235, 2.0]}
