"""MiniLM with its vocabulary: sentences in; tokens, every head's weights and sentence vectors out."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch.nn.functional import normalize

from ..errors import InputError
from .encoder import Encoder, look
from .files import VOCABULARY, WEIGHTS, folder, is_fetched
from .wordpiece import WordPiece

FETCH = "python -m course_utils.get_model minilm"
OURS = {  # names in the file -> names in Encoder
    "embeddings.word_embeddings.": "embedding.", "embeddings.position_embeddings.": "positions.",
    "embeddings.LayerNorm.": "norm.", "encoder.layer.": "layers.",
    ".attention.self.query.": ".query.", ".attention.self.key.": ".key.", ".attention.self.value.": ".value.",
    ".attention.output.dense.": ".output.", ".attention.output.LayerNorm.": ".norm_1.",
    ".intermediate.dense.": ".widen.", ".output.dense.": ".narrow.", ".output.LayerNorm.": ".norm_2.",
    "norm.weight": "norm.gain", "norm_1.weight": "norm_1.gain", "norm_2.weight": "norm_2.gain",
}  # fmt: skip


@contextmanager
def one_thread():
    """Small matrices gain nothing from several threads; on a shared machine these wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


class Reader:
    """A model and its vocabulary. Everything is computed on one thread and without gradients."""

    def __init__(self, encoder, wordpiece):
        self.encoder, self.wordpiece = encoder.eval(), wordpiece

    def tokens(self, sentence):
        """The pieces of a sentence, between [CLS] and [SEP]. InputError if it is too long for the model."""
        tokens, most = self.wordpiece.tokens(sentence), self.encoder.longest
        if len(tokens) > most:
            raise InputError(f"The sentence has {len(tokens)} pieces; this model reads at most {most}.")
        return tokens

    @one_thread()
    @torch.inference_mode()
    def weights(self, sentence, attend=look):
        """Where every head looks: (n_layers, n_heads, length, length)."""
        pieces = torch.tensor([self.wordpiece.numbers(self.tokens(sentence))])  # (1, length)
        return self.encoder(pieces, attend=attend)[1][:, 0]

    @one_thread()
    @torch.inference_mode()
    def vectors(self, sentences, attend=look):
        """One vector for each sentence, the mean over its tokens, of length 1: (n_sentences, d_model)."""
        rows = [torch.tensor(self.wordpiece.numbers(self.tokens(sentence))) for sentence in sentences]
        pieces = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)  # (n_sentences, length)
        mask = torch.arange(pieces.shape[1]) < torch.tensor([len(row) for row in rows])[:, None]
        X, _ = self.encoder(pieces, mask, attend)
        return normalize((X * mask[..., None]).sum(1), dim=-1)


@cache
def minilm():
    """MiniLM as a Reader, loaded once, in under a second. InputError with the command that fetches or mends it."""
    if not is_fetched():
        raise InputError(f"MiniLM is not on this machine. Fetch it in a terminal: {FETCH}")
    try:
        stored = load_file(folder() / WEIGHTS)
        encoder = Encoder()
        encoder.load_state_dict(_in_our_names(stored))
        vocabulary = (folder() / VOCABULARY).read_text(encoding="utf-8").splitlines()
        return Reader(encoder, WordPiece(vocabulary))
    except (SafetensorError, KeyError, RuntimeError, OSError, UnicodeDecodeError):
        raise InputError(f"MiniLM's files are damaged. This mends them, in a terminal: {FETCH}") from None


def _in_our_names(stored):
    """The tensors that Encoder keeps, under its own names."""
    sentence = stored["embeddings.token_type_embeddings.weight"][0]
    kept = {"sentence": sentence}
    for name, tensor in stored.items():
        for theirs, ours in OURS.items():
            name = name.replace(theirs, ours)
        kept[name] = tensor
    return {name: tensor for name, tensor in kept.items() if not name.startswith(("embeddings.", "pooler."))}
