"""Lesson 11's real model: MiniLM, a small BERT that turns a sentence into a vector. Weights on request, code our own.

The model is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), by Wang et al. 2020, "MiniLM". Fetch it with
`python -m course_utils.get_model minilm`; without it there are the stored maps of eight sentences.
"""

from .encoder import Encoder, look
from .files import is_fetched
from .reader import Reader, minilm
from .stored import Measured, stored_maps, stored_order

__all__ = ["Encoder", "Measured", "Reader", "is_fetched", "look", "minilm", "stored_maps", "stored_order"]
